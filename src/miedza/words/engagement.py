"""The sentences about the meetings agreed on, the looking back and the closing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "The work together", "pl": "Wspólna praca", "ru": "Совместная работа"}

RULE: Forms = {
    "long": {
        "en": "We have agreed on {sessions:meeting|meetings}, to be used within "
        "{valid_days:day|days}. Along the way, {review_phrase}, we look together at whether "
        "the work helps.{closing_phrase}",
        "pl": "Umawiamy się na {sessions:spotkanie|spotkania|spotkań}, do wykorzystania w ciągu "
        "{valid_days:dnia|dni|dni}. Po drodze, {review_phrase}, wspólnie sprawdzamy, czy ta "
        "praca pomaga.{closing_phrase}",
        "ru": "Мы договорились о {sessions:встрече|встречах|встречах} в течение "
        "{valid_days:дня|дней|дней}. По ходу работы, {review_phrase}, вместе смотрим, "
        "помогает ли эта работа.{closing_phrase}",
    },
    "short": {
        "en": "{sessions:meeting|meetings} within {valid_days:day|days}; {review_phrase} we look "
        "back.",
        "pl": "{sessions:spotkanie|spotkania|spotkań} w ciągu {valid_days:dnia|dni|dni}; "
        "{review_phrase} krótkie podsumowanie.",
        "ru": "{sessions:встреча|встречи|встреч} за {valid_days:день|дня|дней}; {review_phrase} "
        "подводим итоги.",
    },
    "line": {
        "en": "We have {sessions:meeting|meetings} to use within {valid_days:day|days}, and "
        "{review_phrase} we look together at whether the work helps.",
        "pl": "Mamy {sessions:spotkanie|spotkania|spotkań} do wykorzystania w ciągu "
        "{valid_days:dnia|dni|dni}, a {review_phrase} wspólnie sprawdzamy, czy ta praca "
        "pomaga.",
        "ru": "У нас {sessions:встреча|встречи|встреч} на {valid_days:день|дня|дней}, и "
        "{review_phrase} мы вместе смотрим, помогает ли эта работа.",
    },
}

REASONS: dict[str, Forms] = {}
