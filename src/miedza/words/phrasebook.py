"""The parts of sentences from which phrases are made."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from miedza.words.sentence import Texts

AND: Texts = {"en": "and", "pl": "i", "ru": "и"}

DAYS: Mapping[str, Sequence[str]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "pl": ("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
}

TIMES: Mapping[str, Sequence[str]] = {
    "en": ("{number} times", "once", "twice", "{number} times"),
    "pl": ("{number} razy", "raz", "{number:raz|razy|razy}"),
    "ru": ("{number} раз", "один раз", "{number:раз|раза|раз}"),
}
"""How often: never, once, and so on; the last form is for every greater number."""

NOTICE: Mapping[str, Sequence[str]] = {
    "en": ("after the start", "less than an hour before", "{hours:hour|hours} before"),
    "pl": (
        "po rozpoczęciu",
        "niecałą godzinę przed spotkaniem",
        "{hours:godzinę|godziny|godzin} przed spotkaniem",
    ),
    "ru": ("после начала", "меньше чем за час", "за {hours:час|часа|часов}"),
}
"""How long ahead something was said: not ahead at all, hardly, and so many whole hours."""

REQUESTS: Mapping[str, Sequence[str]] = {
    "en": ("one request", "{number:request|requests}", "any number of requests"),
    "pl": ("jednym tematem", "{number:tematem|tematami|tematami}", "dowolną liczbą tematów"),
    "ru": ("одним запросом", "{number:запросом|запросами|запросами}", "любым числом запросов"),
}
"""One, many, no number agreed; in Polish and Russian after "z", "с"."""

TIERS: dict[str, dict[str, str]] = {
    "en": {
        "from": "{hours:hour|hours} or more, ",
        "less": "less than {before:hour|hours}, ",
        "any": "however late, ",
        "none": "nothing",
        "some": "{percent}% of the price",
    },
    "pl": {
        "from": "{hours:godzina|godziny|godzin} lub więcej – ",
        "less": "mniej niż {before:godzina|godziny|godzin} – ",
        "any": "niezależnie od wyprzedzenia – ",
        "none": "bez opłat",
        "some": "{percent}% ceny",
    },
    "ru": {
        "from": "за {hours:час|часа|часов} и раньше — ",
        "less": "меньше чем за {before:час|часа|часов} — ",
        "any": "в любой момент — ",
        "none": "бесплатно",
        "some": "{percent}\N{NO-BREAK SPACE}% стоимости",
    },
}

COSTS: dict[str, dict[str, str]] = {
    "en": {
        "later": "free up to {hours:hour|hours} before, then at most {percent}% of the price",
        "never": "at most {percent}% of the price",
        "always": "free at any time",
    },
    "pl": {
        "later": "bezpłatnie co najmniej {hours:godzinę|godziny|godzin} przed spotkaniem, "
        "później najwyżej {percent}% ceny",
        "never": "najwyżej {percent}% ceny",
        "always": "zawsze bezpłatnie",
    },
    "ru": {
        "later": "бесплатно за {hours:час|часа|часов} и раньше, позже — "
        "до {percent}\N{NO-BREAK SPACE}% стоимости",
        "never": "до {percent}\N{NO-BREAK SPACE}% стоимости",
        "always": "всегда бесплатно",
    },
}
"""What cancelling costs: where it is free in good time, where it never is, where it always is."""

DUE: dict[str, Texts] = {
    "at_booking": {"en": "at booking", "pl": "przy rezerwacji", "ru": "при записи"},
    "before_session": {
        "en": "no later than {hours:hour|hours} before the start",
        "pl": "najpóźniej {hours:godzinę|godziny|godzin} przed spotkaniem",
        "ru": "не позднее чем за {hours:час|часа|часов} до встречи",
    },
    "before_session_at_once": {
        "en": "before the start",
        "pl": "przed rozpoczęciem spotkania",
        "ru": "до начала встречи",
    },
    "after_session": {
        "en": "within {hours:hour|hours} after the end",
        "pl": "w ciągu {hours:godziny|godzin|godzin} po spotkaniu",
        "ru": "в течение {hours:часа|часов|часов} после встречи",
    },
    "after_session_at_once": {
        "en": "right after the meeting",
        "pl": "zaraz po spotkaniu",
        "ru": "сразу после встречи",
    },
}
"""When the price is due; `at_once` stands for no hours."""

UNPAID: dict[str, Texts] = {
    "release": {
        "en": "A place not paid for by then becomes free for others.",
        "pl": "Termin nieopłaconego na czas spotkania znów jest dostępny dla innych.",
        "ru": "Не оплаченное к этому сроку время освобождается для других.",
    },
    "keep": {
        "en": "The place stays booked even if the payment is late.",
        "pl": "Termin pozostaje zarezerwowany także wtedy, gdy płatność się spóźni.",
        "ru": "Время остаётся за клиентом, даже если оплата задержится.",
    },
    "at_booking": {
        "en": "The booking stands even if the payment is late.",
        "pl": "Rezerwacja pozostaje w mocy także wtedy, gdy płatność się spóźni.",
        "ru": "Запись остаётся в силе, даже если оплата задержится.",
    },
    "after_session": {
        "en": "What is not paid by then is still owed.",
        "pl": "Co nie zostanie opłacone w terminie, pozostaje do zapłaty.",
        "ru": "То, что к этому сроку не оплачено, по-прежнему нужно оплатить.",
    },
}

REVIEW: Mapping[str, Sequence[str]] = {
    "en": ("after every meeting", "after every {number:meeting|meetings}"),
    "pl": ("po każdym spotkaniu", "co {number:spotkanie|spotkania|spotkań}"),
    "ru": ("после каждой встречи", "через каждые {number:встречу|встречи|встреч}"),
}

CLOSING: Texts = {
    "en": "The last meeting closes the work: we see what has been reached and what comes next.",
    "pl": "Ostatnie spotkanie zamyka współpracę: patrzymy, co się udało i co dalej.",
    "ru": "Последняя встреча — заключительная: смотрим, что получилось и что дальше.",
}

CAUSES: dict[str, dict[str, str]] = {
    "en": {
        "illness": "illness",
        "emergency": "something serious",
        "technical": "a technical fault",
    },
    "pl": {"illness": "choroba", "emergency": "coś poważnego", "technical": "problem techniczny"},
    "ru": {"illness": "болезнь", "emergency": "что-то серьёзное", "technical": "технический сбой"},
}

CROSSINGS: dict[str, dict[str, str]] = {
    "en": {
        "cancellation": "a late cancellation",
        "missed": "a missed meeting",
        "rescheduling": "a late or extra move",
        "lateness": "coming late",
    },
    "pl": {
        "cancellation": "późne odwołanie",
        "missed": "nieobecność",
        "rescheduling": "zbyt późne lub dodatkowe przełożenie",
        "lateness": "spóźnienie",
    },
    "ru": {
        "cancellation": "поздняя отмена",
        "missed": "неявка",
        "rescheduling": "поздний или дополнительный перенос",
        "lateness": "опоздание",
    },
}
"""What goodwill forgives, by rule."""

LADDER: dict[str, dict[str, str]] = {
    "en": {"remind": "a reminder", "talk": "a talk", "renegotiate": "other terms", "end": "an end"},
    "pl": {
        "remind": "przypomnienie",
        "talk": "rozmowa",
        "renegotiate": "inne ustalenia",
        "end": "zakończenie",
    },
    "ru": {
        "remind": "напоминание",
        "talk": "разговор",
        "renegotiate": "другие условия",
        "end": "завершение",
    },
}

FORGIVEN: Mapping[str, Sequence[str]] = {
    "en": (
        "Nothing is forgiven by rule, but whoever is owed may always let it go.",
        "We forgive each other {times} in any {days:day|days}: {rules}.",
        (
            "We forgive each other {times} in any {days:day|days}, each of these counted "
            "separately: {rules}."
        ),
    ),
    "pl": (
        (
            "Sama zasada niczego nie wybacza, ale strona, której coś się należy, zawsze może "
            "z tego zrezygnować."
        ),
        "Wybaczamy sobie nawzajem {times} w ciągu {days:dnia|dni|dni} w jednej sprawie: {rules}.",
        (
            "Wybaczamy sobie nawzajem {times} w ciągu {days:dnia|dni|dni}, osobno w każdej z tych "
            "spraw: {rules}."
        ),
    ),
    "ru": (
        (
            "Само правило ничего не прощает, но сторона, которой что-то причитается, всегда "
            "может от этого отказаться."
        ),
        "Мы прощаем друг другу {times} за {days:день|дня|дней} вот что: {rules}.",
        (
            "Мы прощаем друг другу {times} за {days:день|дня|дней}, отдельно по каждому "
            "поводу: {rules}."
        ),
    ),
}
"""A sentence: where nothing is forgiven, for one rule, for several."""

FORGIVEN_START: Mapping[str, Sequence[str]] = {
    "en": (
        "When something goes wrong, in turn",
        "Forgiven {times} in {days:day|days}, then",
    ),
    "pl": (
        "Gdy coś pójdzie nie tak, kolejno",
        "Wybaczamy {times} na {days:dzień|dni|dni}, potem",
    ),
    "ru": (
        "Если что-то идёт не так",
        "Прощаем {times} за {days:день|дня|дней}, дальше",
    ),
}
"""The beginning of a sentence that goes on with the ladder: where nothing is forgiven, and else."""

LATER_DAYS: Texts = {
    "en": "{number:day|days}",
    "pl": "{number:dniu|dniach|dniach}",
    "ru": "{number:день|дня|дней}",
}
"""In Polish after "po", in Russian after "через"."""
