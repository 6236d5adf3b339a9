"""The sentences about free meetings, and why one cannot be booked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Free meetings", "pl": "Bezpłatne spotkania", "ru": "Бесплатные встречи"}

RULE: Forms = {
    "long": {
        "en": "[per_person?[per_month?A free meeting lasts {minutes:minute|minutes} and is there "
        "to get to know each other. Each person may have {per_person:free meeting|free meetings}; "
        "in a calendar month there is room for {per_month}. [invite_at_minute?From minute "
        "{invite_at_minute} on//From the first minute] we talk about whether and how to go on; "
        "each side may say no, and neither has to decide on the spot.//There are no free "
        "meetings.]//There are no free meetings.]",
        "pl": "[per_person?[per_month?Bezpłatne spotkanie trwa {minutes:minutę|minuty|minut} i "
        "służy poznaniu się. Każda osoba może skorzystać z {per_person:bezpłatnego "
        "spotkania|bezpłatnych spotkań|bezpłatnych spotkań}; w miesiącu kalendarzowym jest "
        "miejsce na {per_month:takie spotkanie|takie spotkania|takich spotkań}, łącznie dla "
        "wszystkich. [invite_at_minute?Od {invite_at_minute}. minuty//Od pierwszej minuty] "
        "rozmawiamy o tym, czy i jak pracować dalej; każda ze stron może odmówić i żadna nie musi "
        "decydować od razu.//Bezpłatnych spotkań nie ma.]//Bezpłatnych spotkań nie ma.]",
        "ru": "[per_person?[per_month?Бесплатная встреча длится {minutes:минуту|минуты|минут} и "
        "нужна, чтобы познакомиться. Каждому доступно не больше {per_person:бесплатной "
        "встречи|бесплатных встреч|бесплатных встреч}; в календарном месяце — не больше "
        "{per_month} на всех. [invite_at_minute?С {invite_at_minute}-й минуты//С первой минуты] "
        "говорим о том, продолжать ли и как; каждая сторона может отказаться, и ни одна не "
        "обязана решать сразу.//Бесплатных встреч нет.]//Бесплатных встреч нет.]",
    },
    "short": {
        "en": "[per_person?[per_month?The free meeting: {minutes:minute|minutes} to get to know "
        "each other.//There are no free meetings.]//There are no free meetings.]",
        "pl": "[per_person?[per_month?Bezpłatne spotkanie: {minutes:minuta|minuty|minut}, żeby "
        "się poznać.//Bezpłatnych spotkań nie ma.]//Bezpłatnych spotkań nie ma.]",
        "ru": "[per_person?[per_month?Бесплатная встреча: {minutes:минута|минуты|минут}, чтобы "
        "познакомиться.//Бесплатных встреч нет.]//Бесплатных встреч нет.]",
    },
    "line": {
        "en": "[per_person?[per_month?Our free meeting takes {minutes:minute|minutes} and commits "
        "neither of us to anything.//There are no free meetings.]//There are no free meetings.]",
        "pl": "[per_person?[per_month?Bezpłatne spotkanie trwa {minutes:minutę|minuty|minut} i do "
        "niczego nie zobowiązuje.//Bezpłatnych spotkań nie ma.]//Bezpłatnych spotkań nie ma.]",
        "ru": "[per_person?[per_month?Бесплатная встреча длится {minutes:минуту|минуты|минут} и "
        "ни к чему не обязывает.//Бесплатных встреч нет.]//Бесплатных встреч нет.]",
    },
}

REASONS: dict[str, Forms] = {
    "free_per_person": {
        "long": {
            "en": "[per_person?Each person may have {per_person:free meeting|free meetings}; "
            "cancelled ones do not count. After that, each side may suggest a paid meeting or "
            "leave it there.//There are no free meetings.]",
            "pl": "[per_person?Każda osoba może skorzystać z {per_person:bezpłatnego "
            "spotkania|bezpłatnych spotkań|bezpłatnych spotkań}; odwołane się nie liczą. Potem "
            "każda ze stron może zaproponować spotkanie płatne albo na tym "
            "poprzestać.//Bezpłatnych spotkań nie ma.]",
            "ru": "[per_person?Каждому доступно не больше {per_person:бесплатной "
            "встречи|бесплатных встреч|бесплатных встреч}; отменённые не в счёт. Потом каждая "
            "сторона может предложить платную встречу или на этом остановиться.//Бесплатных "
            "встреч нет.]",
        },
        "short": {
            "en": "[per_person?{per_person:free meeting|free meetings} for each person.//There "
            "are no free meetings.]",
            "pl": "[per_person?{per_person:bezpłatne spotkanie|bezpłatne spotkania|bezpłatnych "
            "spotkań} na osobę.//Bezpłatnych spotkań nie ma.]",
            "ru": "[per_person?{per_person:бесплатная встреча|бесплатные встречи|бесплатных "
            "встреч} на человека.//Бесплатных встреч нет.]",
        },
        "line": {
            "en": "[per_person?I offer each person {per_person:free meeting|free meetings}; the "
            "next one would be a paid one, if you like.//There are no free meetings.]",
            "pl": "[per_person?Każdej osobie proponuję {per_person:bezpłatne spotkanie|bezpłatne "
            "spotkania|bezpłatnych spotkań}; następne byłoby już płatne.//Bezpłatnych spotkań nie "
            "ma.]",
            "ru": "[per_person?Каждому я предлагаю {per_person:бесплатную встречу|бесплатные "
            "встречи|бесплатных встреч}; следующая, если захотите, будет платной.//Бесплатных "
            "встреч нет.]",
        },
        "reason": {
            "en": "free meetings already used",
            "pl": "bezpłatne spotkania już wykorzystane",
            "ru": "бесплатные встречи уже использованы",
        },
    },
    "free_per_month": {
        "long": {
            "en": "[per_month?There is room for {per_month:free meeting|free meetings} in a "
            "calendar month, for everyone together. When it is taken, each side may suggest a day "
            "in another month.//There are no free meetings.]",
            "pl": "[per_month?W miesiącu kalendarzowym jest miejsce na {per_month:bezpłatne "
            "spotkanie|bezpłatne spotkania|bezpłatnych spotkań}, łącznie dla wszystkich. Gdy "
            "miejsc zabraknie, każda ze stron może zaproponować dzień w innym "
            "miesiącu.//Bezpłatnych spotkań nie ma.]",
            "ru": "[per_month?В календарном месяце бывает не больше {per_month:бесплатной "
            "встречи|бесплатных встреч|бесплатных встреч} на всех. Когда мест нет, каждая сторона "
            "может предложить день в другом месяце.//Бесплатных встреч нет.]",
        },
        "short": {
            "en": "[per_month?{per_month:free meeting|free meetings} a month.//There are no free "
            "meetings.]",
            "pl": "[per_month?{per_month:bezpłatne spotkanie|bezpłatne spotkania|bezpłatnych "
            "spotkań} w miesiącu.//Bezpłatnych spotkań nie ma.]",
            "ru": "[per_month?{per_month:бесплатная встреча|бесплатные встречи|бесплатных встреч} "
            "в месяц.//Бесплатных встреч нет.]",
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
