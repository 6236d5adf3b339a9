"""The sentences about what nobody chooses: illness and the like."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Hardship", "pl": "Ważne powody", "ru": "Уважительные причины"}

RULE: Forms = {
    "long": {
        "en": "Some things nobody chooses: {causes}. When one of them gets in the way, we forgive "
        "it without a fee, at most {times_phrase} in any {days:day|days}, on either side "
        "alike. It is enough to name the cause.",
        "pl": "Są powody, na które nikt nie ma wpływu: {causes}. Gdy któryś z nich pokrzyżuje "
        "plany, wybaczamy to i nikt nic nie płaci, najwyżej {times_phrase} w ciągu "
        "{days:dnia|dni|dni}, każdej ze stron tak samo. Wystarczy podać powód.",
        "ru": "Есть причины, которых никто не выбирает: {causes}. Если одна из них нарушит планы, "
        "платить не нужно; это действует одинаково для обеих сторон, не чаще чем {times_phrase} "
        "за {days:день|дня|дней}. Достаточно назвать причину.",
    },
    "short": {
        "en": "Forgiven at most {times_phrase} in {days:day|days}: {causes}.",
        "pl": "Ważne powody ({causes}): najwyżej {times_phrase} na {days:dzień|dni|dni}.",
        "ru": "Прощаем не чаще чем {times_phrase} за {days:день|дня|дней}: {causes}.",
    },
    "line": {
        "en": "If something nobody chooses gets in the way ({causes}), just tell me: it is "
        "forgiven at most {times_phrase} in {days:day|days}.",
        "pl": "Jeśli przeszkodzi coś, na co nikt nie ma wpływu ({causes}), wystarczy dać mi znać: "
        "wybaczamy to najwyżej {times_phrase} w ciągu {days:dnia|dni|dni}.",
        "ru": "Если помешает то, чего никто не выбирает ({causes}), просто напишите мне: прощаем "
        "это не чаще чем {times_phrase} за {days:день|дня|дней}.",
    },
}

REASONS: dict[str, Forms] = {}
