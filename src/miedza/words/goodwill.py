"""The sentences about what is forgiven, and the steps after that."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Goodwill", "pl": "Życzliwość", "ru": "Добрая воля"}

RULE: Forms = {
    "long": {
        "en": "{forgiven_phrase} [forgiven?Each further time within {days:day|days}, once "
        "forgiveness is used up,//Each time within {days:day|days}] is one step further: "
        "{ladder}. The steps are the same for both of us.",
        "pl": "{forgiven_phrase} [forgiven?Każda sytuacja w ciągu {days:dnia|dni|dni}, której już "
        "nie wybaczamy,//Każda taka sytuacja w ciągu {days:dnia|dni|dni}] to kolejny krok: "
        "{ladder}. Kroki są te same dla obu stron.",
        "ru": "{forgiven_phrase} [forgiven?Каждый непрощённый случай//Каждый случай] за "
        "{days:день|дня|дней} — это следующий шаг: {ladder}. Шаги одни и те же для обеих сторон.",
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
