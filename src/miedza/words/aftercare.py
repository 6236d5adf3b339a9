"""The sentences about a word after the work has ended."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {
    "en": "After the work has ended",
    "pl": "Po zakończeniu współpracy",
    "ru": "После завершения работы",
}

RULE: Forms = {
    "long": {
        "en": "If the client wishes, the practitioner writes {check_in_days} after the end of the "
        "work to ask how things are. These messages never hold an offer or a price, and "
        "they may stay without an answer.",
        "pl": "Jeśli klient sobie tego życzy, po {check_in_days} od zakończenia współpracy osoba "
        "prowadząca pisze z pytaniem, co słychać. W tych wiadomościach nie ma ofert ani cen i nie "
        "trzeba na nie odpowiadać.",
        "ru": "Если клиент этого хочет, через {check_in_days} после завершения работы специалист "
        "пишет, чтобы узнать, как дела. В этих сообщениях нет ни предложений, ни цен, и на "
        "них можно не отвечать.",
    },
    "short": {
        "en": "I ask how you are {check_in_days} after the end, with nothing to sell.",
        "pl": "Po {check_in_days} od zakończenia pytam, co słychać; bez ofert.",
        "ru": "Через {check_in_days} после завершения спрошу, как дела, ничего не предлагая.",
    },
    "line": {
        "en": "If you wish, I write {check_in_days} after we finish to ask how you are, with "
        "nothing to sell.",
        "pl": "Na życzenie napiszę po {check_in_days} od zakończenia z pytaniem, co słychać, bez "
        "żadnych ofert.",
        "ru": "Если хотите, через {check_in_days} после завершения я напишу, чтобы узнать, как у "
        "вас дела, ничего не предлагая.",
    },
}

REASONS: dict[str, Forms] = {}
