"""The sentences about free meetings, and why one cannot be booked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Free meetings", "pl": "Bezpłatne spotkania", "ru": "Бесплатные встречи"}

RULE: Forms = {
    "long": {
        "en": "A free meeting lasts {minutes:minute|minutes} and is there to get to know each "
        "other. Each person may have {per_person:free meeting|free meetings}; in a calendar month "
        "there is room for {per_month}. From minute {invite_at_minute} on we talk about whether "
        "and how to go on; each side may say no, and neither has to decide on the spot.",
        "pl": "Bezpłatne spotkanie trwa {minutes:minutę|minuty|minut} i służy poznaniu się. Każda "
        "osoba może skorzystać z {per_person:bezpłatnego spotkania|bezpłatnych "
        "spotkań|bezpłatnych spotkań}; w miesiącu kalendarzowym jest miejsce na {per_month:takie "
        "spotkanie|takie spotkania|takich spotkań}, łącznie dla wszystkich. Od "
        "{invite_at_minute}. minuty rozmawiamy o tym, czy i jak pracować dalej; każda ze stron "
        "może odmówić i żadna nie musi decydować od razu.",
        "ru": "Бесплатная встреча длится {minutes:минуту|минуты|минут} и нужна, чтобы "
        "познакомиться. Каждому доступно не больше {per_person:бесплатной встречи|бесплатных "
        "встреч|бесплатных встреч}; в календарном месяце — не больше {per_month} на всех. С "
        "{invite_at_minute}-й минуты говорим о том, продолжать ли и как; каждая сторона может "
        "отказаться, и ни одна не обязана решать сразу.",
    },
    "short": {
        "en": "The free meeting: {minutes:minute|minutes} to get to know each other.",
        "pl": "Bezpłatne spotkanie: {minutes:minuta|minuty|minut}, żeby się poznać.",
        "ru": "Бесплатная встреча: {minutes:минута|минуты|минут}, чтобы познакомиться.",
    },
    "line": {
        "en": "Our free meeting takes {minutes:minute|minutes} and commits neither of us to "
        "anything.",
        "pl": "Bezpłatne spotkanie trwa {minutes:minutę|minuty|minut} i do niczego nie "
        "zobowiązuje.",
        "ru": "Бесплатная встреча длится {minutes:минуту|минуты|минут} и ни к чему не обязывает.",
    },
}

REASONS: dict[str, Forms] = {
    "free_per_person": {
        "long": {
            "en": "Each person may have {per_person:free meeting|free meetings}; cancelled ones do "
            "not count. After that, each side may suggest a paid meeting or leave it there.",
            "pl": "Każda osoba może skorzystać z {per_person:bezpłatnego spotkania|bezpłatnych "
            "spotkań|bezpłatnych spotkań}; odwołane się nie liczą. Potem każda ze stron może "
            "zaproponować spotkanie płatne albo na tym poprzestać.",
            "ru": "Каждому доступно не больше {per_person:бесплатной встречи|бесплатных "
            "встреч|бесплатных встреч}; отменённые не в счёт. Потом каждая сторона может "
            "предложить платную встречу или на этом остановиться.",
        },
        "short": {
            "en": "{per_person:free meeting|free meetings} for each person.",
            "pl": "{per_person:bezpłatne spotkanie|bezpłatne spotkania|bezpłatnych spotkań} na "
            "osobę.",
            "ru": "{per_person:бесплатная встреча|бесплатные встречи|бесплатных встреч} на "
            "человека.",
        },
        "line": {
            "en": "I offer each person {per_person:free meeting|free meetings}; the next one would "
            "be a paid one, if you like.",
            "pl": "Każdej osobie proponuję {per_person:bezpłatne spotkanie|bezpłatne "
            "spotkania|bezpłatnych spotkań}; następne byłoby już płatne.",
            "ru": "Каждому я предлагаю {per_person:бесплатную встречу|бесплатные "
            "встречи|бесплатных встреч}; следующая, если захотите, будет платной.",
        },
        "reason": {
            "en": "free meetings already used",
            "pl": "bezpłatne spotkania już wykorzystane",
            "ru": "бесплатные встречи уже использованы",
        },
    },
    "free_per_month": {
        "long": {
            "en": "There is room for {per_month:free meeting|free meetings} in a calendar month, "
            "for everyone together. When it is taken, each side may suggest a day in another "
            "month.",
            "pl": "W miesiącu kalendarzowym jest miejsce na {per_month:bezpłatne "
            "spotkanie|bezpłatne spotkania|bezpłatnych spotkań}, łącznie dla wszystkich. Gdy "
            "miejsc zabraknie, każda ze stron może zaproponować dzień w innym miesiącu.",
            "ru": "В календарном месяце бывает не больше {per_month:бесплатной встречи|бесплатных "
            "встреч|бесплатных встреч} на всех. Когда мест нет, каждая сторона может предложить "
            "день в другом месяце.",
        },
        "short": {
            "en": "{per_month:free meeting|free meetings} a month.",
            "pl": "{per_month:bezpłatne spotkanie|bezpłatne spotkania|bezpłatnych spotkań} w "
            "miesiącu.",
            "ru": "{per_month:бесплатная встреча|бесплатные встречи|бесплатных встреч} в месяц.",
        },
        "line": {
            "en": "My free meetings for that month are taken; I will gladly see you in another "
            "one.",
            "pl": "W tym miesiącu nie ma już miejsca na bezpłatne spotkania; zapraszam w innym.",
            "ru": "В этом месяце мест для бесплатных встреч уже нет; можно выбрать другой.",
        },
        "reason": {
            "en": "no free meetings left that month",
            "pl": "brak miejsc na bezpłatne spotkania w tym miesiącu",
            "ru": "в этом месяце нет мест для бесплатных встреч",
        },
    },
}
