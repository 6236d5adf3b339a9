"""The sentences about how long data is kept."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Personal data", "pl": "Dane osobowe", "ru": "Персональные данные"}

RULE: Forms = {
    "long": {
        "en": "The client's data serves this work alone. It is kept while the work lasts and for "
        "{retention_years:year|years} after it has ended, then deleted, unless the law asks "
        "for longer. The client may ask at any time to see it, correct it or have a copy.",
        "pl": "Dane klienta służą wyłącznie tej współpracy. Są przechowywane, dopóki ona trwa, i "
        "jeszcze {retention_years:rok|lata|lat} po jej zakończeniu, a potem usuwane, chyba że "
        "prawo wymaga dłuższego okresu. W każdej chwili można poprosić o wgląd, poprawienie lub "
        "kopię.",
        "ru": "Данные клиента нужны только для этой работы. Они хранятся, пока она идёт, и ещё "
        "{retention_years:год|года|лет} после её завершения, а затем удаляются, если закон "
        "не требует большего срока. В любой момент можно попросить показать их, исправить "
        "или прислать копию.",
    },
    "short": {
        "en": "Data is kept for {retention_years:year|years} after the work has ended, then "
        "deleted.",
        "pl": "Dane przechowujemy jeszcze przez {retention_years:rok|lata|lat} po zakończeniu "
        "współpracy.",
        "ru": "Данные храним {retention_years:год|года|лет} после завершения работы, затем "
        "удаляем.",
    },
    "line": {
        "en": "I keep your data for {retention_years:year|years} after our work has ended, and "
        "you may ask to see it at any time.",
        "pl": "Dane przechowuję jeszcze przez {retention_years:rok|lata|lat} po zakończeniu "
        "naszej współpracy; w każdej chwili można poprosić o wgląd.",
        "ru": "Ваши данные я храню {retention_years:год|года|лет} после завершения нашей работы; "
        "вы можете в любой момент попросить их показать.",
    },
}

REASONS: dict[str, Forms] = {}
