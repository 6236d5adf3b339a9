"""The sentences about coming late."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Coming late", "pl": "Spóźnienia", "ru": "Опоздания"}

RULE: Forms = {
    "long": {
        "en": "[grace_minutes?Up to {grace_minutes:minute|minutes} after the agreed time does not "
        "count.//Lateness counts from the first minute.] [wait_minutes?We wait "
        "{wait_minutes:minute|minutes} for each other; after that, either of us may go.//Nobody "
        "has to wait.] Whoever chooses to wait longer, waits. Minutes by which the practitioner "
        "is late are made up at the end, or their price is given back.",
        "pl": "[grace_minutes?Spóźnienie do {grace_minutes:minuty|minut|minut} się nie "
        "liczy.//Spóźnienie liczy się od pierwszej minuty.] [wait_minutes?Czekamy na siebie "
        "{wait_minutes:minutę|minuty|minut}; potem każda ze stron może odejść.//Nikt nie musi "
        "czekać.] Kto chce, może czekać dłużej. Minuty spóźnienia osoby prowadzącej są odrabiane "
        "na końcu albo zwracana jest ich cena.",
        "ru": "[grace_minutes?Опоздание до {grace_minutes:минуты|минут|минут} не в "
        "счёт.//Опоздание считается с первой минуты.] [wait_minutes?Мы ждём друг друга "
        "{wait_minutes:минуту|минуты|минут}; потом каждый вправе уйти.//Ждать никто не обязан.] "
        "Кто хочет, может ждать дольше. Минуты опоздания специалиста добавляются в конце, или "
        "возвращается их стоимость.",
    },
    "short": {
        "en": "[wait_minutes?We wait {wait_minutes:minute|minutes} for each other.//Nobody has to "
        "wait.]",
        "pl": "[wait_minutes?Czekamy na siebie {wait_minutes:minutę|minuty|minut}.//Nikt nie musi "
        "czekać.]",
        "ru": "[wait_minutes?Ждём друг друга {wait_minutes:минуту|минуты|минут}.//Ждать никто не "
        "обязан.]",
    },
    "line": {
        "en": "[wait_minutes?I will wait {wait_minutes:minute|minutes} for you, and you need wait "
        "no longer than that for me.//Neither of us has to wait for the other.]",
        "pl": "[wait_minutes?Czekam {wait_minutes:minutę|minuty|minut}; tyle samo można czekać na "
        "mnie.//Nie musimy na siebie czekać.]",
        "ru": "[wait_minutes?Жду вас {wait_minutes:минуту|минуты|минут}; столько же можно ждать "
        "меня.//Ждать друг друга мы не обязаны.]",
    },
}

REASONS: dict[str, Forms] = {
    "on_time": {
        "long": {
            "en": "[grace_minutes?Coming within {grace_minutes:minute|minutes} of the agreed time "
            "is coming on time.//Coming by the agreed time is coming on time.]",
            "pl": "[grace_minutes?Przyjście w ciągu {grace_minutes:minuty|minut|minut} od "
            "umówionej godziny to przyjście na czas.//Przyjście najpóźniej o umówionej godzinie "
            "to przyjście na czas.]",
            "ru": "[grace_minutes?Прийти в течение {grace_minutes:минуты|минут|минут} от "
            "назначенного времени значит прийти вовремя.//Прийти к назначенному времени значит "
            "прийти вовремя.]",
        },
        "short": {
            "en": "[grace_minutes?Up to {grace_minutes:minute|minutes} is on time.//On time means "
            "by the agreed time.]",
            "pl": "[grace_minutes?Do {grace_minutes:minuty|minut|minut} to jeszcze na czas.//Na "
            "czas to najpóźniej o umówionej godzinie.]",
            "ru": "[grace_minutes?До {grace_minutes:минуты|минут|минут} — это ещё "
            "вовремя.//Вовремя — это к назначенному времени.]",
        },
        "line": {
            "en": "[grace_minutes?Up to {grace_minutes:minute|minutes} after the hour still "
            "counts as on time.//On time means by the agreed time.]",
            "pl": "[grace_minutes?Do {grace_minutes:minuty|minut|minut} po umówionej godzinie to "
            "nadal na czas.//Na czas to najpóźniej o umówionej godzinie.]",
            "ru": "[grace_minutes?До {grace_minutes:минуты|минут|минут} после назначенного "
            "времени — ещё вовремя.//Вовремя — это к назначенному времени.]",
        },
        "reason": {"en": "on time", "pl": "na czas", "ru": "вовремя"},
    },
    "late": {
        "long": {
            "en": "[grace_minutes?More than {grace_minutes:minute|minutes} after the agreed time "
            "is late, for either side.//Any minute after the agreed time is late, for either "
            "side.] Being late costs nothing by itself; the meeting ends as planned.",
            "pl": "[grace_minutes?Przyjście więcej niż {grace_minutes:minutę|minuty|minut} po "
            "umówionej godzinie to spóźnienie; dotyczy to każdej ze stron.//Każda minuta po "
            "umówionej godzinie to spóźnienie; dotyczy to każdej ze stron.] Samo spóźnienie nic "
            "nie kosztuje; spotkanie kończy się o czasie.",
            "ru": "[grace_minutes?Больше {grace_minutes:минуты|минут|минут} после назначенного "
            "времени — опоздание, с любой стороны.//Любая минута после назначенного времени — "
            "опоздание, с любой стороны.] За само опоздание платить не нужно; встреча закончится "
            "вовремя.",
        },
        "short": {
            "en": "[grace_minutes?Late after {grace_minutes:minute|minutes};//Late from the first "
            "minute;] we still end on time.",
            "pl": "[grace_minutes?Spóźnienie liczy się po "
            "{grace_minutes:minucie|minutach|minutach};//Spóźnienie liczy się od pierwszej "
            "minuty;] kończymy o czasie.",
            "ru": "[grace_minutes?Опоздание — после "
            "{grace_minutes:минуты|минут|минут};//Опоздание — с первой минуты;] заканчиваем "
            "вовремя.",
        },
        "line": {
            "en": "If you come later, we still end at the agreed time.",
            "pl": "W razie spóźnienia i tak kończymy o umówionej porze.",
            "ru": "Даже если начнём позже, закончим в назначенное время.",
        },
        "reason": {
            "en": "{minutes:minute|minutes} late",
            "pl": "{minutes:minuta|minuty|minut} po czasie",
            "ru": "{minutes:минута|минуты|минут} опоздания",
        },
    },
}
