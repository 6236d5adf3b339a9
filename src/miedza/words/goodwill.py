"""The sentences about what is forgiven, and the steps after that."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Goodwill", "pl": "Życzliwość", "ru": "Добрая воля"}

RULE: Forms = {
    "long": {
        "en": "{forgiven_phrase} Each time that is not forgiven brings the next step, counted "
        "over {days:day|days}: {ladder}. The steps are the same for both of us.",
        "pl": "{forgiven_phrase} Za każdym razem, który nie został wybaczony, następuje kolejny "
        "krok, licząc w ciągu {days:dnia|dni|dni}: {ladder}. Kroki są te same dla obu stron.",
        "ru": "{forgiven_phrase} Каждый раз, который не прощён, ведёт к следующему шагу, считая "
        "за {days:день|дня|дней}: {ladder}. Шаги одни и те же для обеих сторон.",
    },
    "short": {
        "en": "{forgiven_start}: {ladder}.",
        "pl": "{forgiven_start}: {ladder}.",
        "ru": "{forgiven_start}: {ladder}.",
    },
    "line": {
        "en": "{forgiven_start}: {ladder}; the same holds for me.",
        "pl": "{forgiven_start}: {ladder}; mnie dotyczy to tak samo.",
        "ru": "{forgiven_start}: {ladder}; для меня действует то же самое.",
    },
}

REASONS: dict[str, Forms] = {}
