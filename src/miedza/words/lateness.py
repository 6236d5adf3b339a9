"""The sentences about coming late."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Coming late", "pl": "Spóźnienia", "ru": "Опоздания"}

RULE: Forms = {
    "long": {
        "en": "The first {grace_minutes:minute|minutes} after the agreed time do not count. We "
        "wait for each other {wait_minutes:minute|minutes}; after that, either of us may go. "
        "Whoever chooses to wait longer, waits. Minutes by which the practitioner is late are "
        "made up at the end or given back.",
        "pl": "Pierwsze {grace_minutes:minuta|minuty|minut} po umówionej godzinie nie liczy się. "
        "Czekamy na siebie {wait_minutes:minutę|minuty|minut}; potem każda ze stron może odejść. "
        "Kto chce, może czekać dłużej. Minuty spóźnienia osoby prowadzącej są odrabiane na końcu "
        "albo zwracane.",
        "ru": "Первые {grace_minutes:минута|минуты|минут} после назначенного времени не в счёт. Мы "
        "ждём друг друга {wait_minutes:минуту|минуты|минут}; потом каждый вправе уйти. Кто хочет, "
        "может ждать дольше. Минуты опоздания специалиста добавляются в конце или возвращаются.",
    },
    "short": {
        "en": "We wait for each other {wait_minutes:minute|minutes}.",
        "pl": "Czekamy na siebie {wait_minutes:minutę|minuty|minut}.",
        "ru": "Ждём друг друга {wait_minutes:минуту|минуты|минут}.",
    },
    "line": {
        "en": "I wait for you {wait_minutes:minute|minutes}, and you may wait for me as long.",
        "pl": "Czekam {wait_minutes:minutę|minuty|minut}; tyle samo można czekać na mnie.",
        "ru": "Жду вас {wait_minutes:минуту|минуты|минут}; столько же можно ждать меня.",
    },
}

REASONS: dict[str, Forms] = {
    "on_time": {
        "long": {
            "en": "Coming within {grace_minutes:minute|minutes} of the agreed time is coming on "
            "time.",
            "pl": "Przyjście w ciągu {grace_minutes:minuty|minut|minut} od umówionej godziny to "
            "przyjście na czas.",
            "ru": "Прийти в течение {grace_minutes:минуты|минут|минут} от назначенного времени "
            "значит прийти вовремя.",
        },
        "short": {
            "en": "Up to {grace_minutes:minute|minutes} is on time.",
            "pl": "Do {grace_minutes:minuty|minut|minut} to jeszcze na czas.",
            "ru": "До {grace_minutes:минуты|минут|минут} — это ещё вовремя.",
        },
        "line": {
            "en": "Up to {grace_minutes:minute|minutes} after the hour still counts as on time.",
            "pl": "Do {grace_minutes:minuty|minut|minut} po godzinie to nadal na czas.",
            "ru": "До {grace_minutes:минуты|минут|минут} после назначенного времени — ещё вовремя.",
        },
        "reason": {"en": "on time", "pl": "na czas", "ru": "вовремя"},
    },
    "late": {
        "long": {
            "en": "More than {grace_minutes:minute|minutes} after the agreed time is late, for "
            "either side. Being late costs nothing by itself; the meeting ends as planned.",
            "pl": "Więcej niż {grace_minutes:minuta|minuty|minut} po umówionej godzinie to "
            "spóźnienie, z każdej strony. Samo spóźnienie nic nie kosztuje; spotkanie kończy się "
            "o czasie.",
            "ru": "Больше {grace_minutes:минуты|минут|минут} после назначенного времени — "
            "опоздание, с любой стороны. Само опоздание ничего не стоит; встреча закончится "
            "вовремя.",
        },
        "short": {
            "en": "Late after {grace_minutes:minute|minutes}; we still end on time.",
            "pl": "Spóźnienie liczy się po {grace_minutes:minucie|minutach|minutach}; kończymy o "
            "czasie.",
            "ru": "Опоздание — после {grace_minutes:минуты|минут|минут}; заканчиваем вовремя.",
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
