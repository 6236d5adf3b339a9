"""The sentences about how we treat each other."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {
    "en": "How we treat each other",
    "pl": "Jak się traktujemy",
    "ru": "Как мы относимся друг к другу",
}

RULE: Forms = {
    "long": {
        "en": "Each side treats the other with respect, in meetings and in writing: without "
        "insults, threats or pressure. Whoever does not feel safe may stop the meeting at "
        "once[end_after_incident?, and each side may end the work after that//].",
        "pl": "Każda ze stron odnosi się do drugiej z szacunkiem, na spotkaniach i w "
        "wiadomościach: bez obelg, gróźb i nacisków. Kto nie czuje się bezpiecznie, może od razu "
        "przerwać spotkanie[end_after_incident?, a potem każda ze stron może zakończyć "
        "współpracę//].",
        "ru": "Каждая сторона относится к другой с уважением, на встречах и в переписке: без "
        "оскорблений, угроз и давления. Тот, кто не чувствует себя в безопасности, может сразу "
        "прервать встречу[end_after_incident?, и после этого каждая сторона может завершить "
        "работу//].",
    },
    "short": {
        "en": "We treat each other with respect; either of us may stop.",
        "pl": "Traktujemy się z szacunkiem; każda ze stron może przerwać spotkanie.",
        "ru": "Относимся друг к другу с уважением; каждый может прервать встречу.",
    },
    "line": {
        "en": "If something does not feel safe, you may stop the meeting at any moment, and so may "
        "I.",
        "pl": "Jeśli coś budzi niepokój, spotkanie można przerwać w każdej chwili; mogę to zrobić "
        "i ja.",
        "ru": "Если вы не чувствуете себя в безопасности, встречу можно прервать в любой момент; "
        "могу это сделать и я.",
    },
}

REASONS: dict[str, Forms] = {
    "incident": {
        "long": {
            "en": "Each side may report anything that should not have happened. A report decides "
            "nothing by itself: a person reads it and hears each side.",
            "pl": "Każda ze stron może zgłosić coś, co nie powinno było się zdarzyć. Samo "
            "zgłoszenie niczego nie przesądza: czyta je człowiek i wysłuchuje każdej ze stron.",
            "ru": "Каждая сторона может сообщить, что случилось то, чего быть не должно. Само "
            "сообщение ничего не решает: его читает человек и выслушивает каждую сторону.",
        },
        "short": {
            "en": "Either of us may report what went wrong; a person reads it.",
            "pl": "Każda ze stron może zgłosić, co się stało; zgłoszenie czyta człowiek.",
            "ru": "Каждый может сообщить, что случилось; сообщение читает человек.",
        },
        "line": {
            "en": "If something happens that should not, you can report it, and a person will read "
            "it.",
            "pl": "Jeśli zdarzy się coś, co nie powinno się zdarzyć, można to zgłosić; przeczyta "
            "to człowiek.",
            "ru": "Если случится что-то недопустимое, об этом можно сообщить; сообщение прочтёт "
            "человек.",
        },
        "reason": {
            "en": "a report, to be looked into",
            "pl": "zgłoszenie, do wyjaśnienia",
            "ru": "сообщение о случившемся, для разбора",
        },
    },
}
