"""The sentences about the length of a meeting and what it is about."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "The meeting", "pl": "Spotkanie", "ru": "Встреча"}

RULE: Forms = {
    "long": {
        "en": "A meeting lasts {minutes:minute|minutes} where nothing else is booked. We work with "
        "{requests_phrase}. Each side may bring up something new; it is written down and gets a "
        "time of its own.",
        "pl": "Spotkanie trwa {minutes:minutę|minuty|minut}, jeśli nie umówiono innej długości. "
        "Pracujemy nad {requests_phrase}. Każda ze stron może wnieść coś nowego; zapisujemy to i "
        "znajdujemy na to osobny czas.",
        "ru": "Встреча длится {minutes:минуту|минуты|минут}, если при записи не указано иначе. "
        "Мы работаем с {requests_phrase}. Каждая сторона может предложить новую тему; мы "
        "записываем её и находим для неё другое время.",
    },
    "short": {
        "en": "{minutes:minute|minutes} where nothing else is booked; we work with "
        "{requests_phrase}.",
        "pl": "{minutes:minuta|minuty|minut}, jeśli nie umówiono inaczej; pracujemy nad "
        "{requests_phrase}.",
        "ru": "{minutes:минута|минуты|минут}, если не указано иначе; работаем с {requests_phrase}.",
    },
    "line": {
        "en": "We have {minutes:minute|minutes} and work with {requests_phrase}.",
        "pl": "Mamy {minutes:minutę|minuty|minut} i pracujemy nad {requests_phrase}.",
        "ru": "У нас {minutes:минута|минуты|минут}; работаем с {requests_phrase}.",
    },
}

REASONS: dict[str, Forms] = {
    "parked": {
        "long": {
            "en": "A further request, whichever side brings it, is written down and kept for "
            "another meeting. Each side may suggest when to come back to it.",
            "pl": "Kolejny temat, bez względu na to, kto go wnosi, zapisujemy i zostawiamy na inne "
            "spotkanie. Każda ze stron może zaproponować, kiedy do niego wrócić.",
            "ru": "Ещё один запрос, с чьей бы стороны он ни появился, мы записываем и оставляем "
            "для другой встречи. Каждая сторона может предложить, когда к нему вернуться.",
        },
        "short": {
            "en": "New requests are written down and get a meeting of their own.",
            "pl": "Nowe tematy zapisujemy i zostawiamy na inne spotkanie.",
            "ru": "Новые запросы записываем и оставляем для другой встречи.",
        },
        "line": {
            "en": "If something new comes up, we write it down and give it a meeting of its own.",
            "pl": "Jeśli pojawi się coś nowego, zapiszemy to i wrócimy do tego na innym spotkaniu.",
            "ru": "Если появится что-то новое, запишем и вернёмся к этому на другой встрече.",
        },
        "reason": {
            "en": "a new request, kept for later",
            "pl": "nowy temat, na później",
            "ru": "новый запрос — на потом",
        },
    },
}
