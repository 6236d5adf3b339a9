"""The sentences about what nobody chooses: illness and the like."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Hardship", "pl": "Ważne powody", "ru": "Уважительные причины"}

RULE: Forms = {
    "long": {
        "en": "Some things nobody chooses: {causes}. [times?When one of them gets in the way, we "
        "forgive it without a fee, at most {times_phrase} in any {days:day|days}, on either side "
        "alike. It is enough to name the cause.//No rule forgives them, but whoever is owed may "
        "always let it go.]",
        "pl": "Są powody, na które nikt nie ma wpływu: {causes}. [times?Gdy któryś z nich "
        "pokrzyżuje plany, wybaczamy to i nikt nic nie płaci, najwyżej {times_phrase} w ciągu "
        "{days:dnia|dni|dni}, każdej ze stron tak samo. Wystarczy podać powód.//Zasada ich nie "
        "wybacza, ale strona, której coś się należy, zawsze może z tego zrezygnować.]",
        "ru": "Есть причины, которых никто не выбирает: {causes}. [times?Если одна из них нарушит "
        "планы, платить не нужно; это действует одинаково для обеих сторон, не чаще чем "
        "{times_phrase} за {days:день|дня|дней}. Достаточно назвать причину.//Само правило их не "
        "прощает, но тот, кому причитается, всегда может от этого отказаться.]",
    },
    "short": {
        "en": "[times?Forgiven at most {times_phrase} in {days:day|days}: {causes}.//Not forgiven "
        "by rule: {causes}.]",
        "pl": "[times?Ważne powody ({causes}): najwyżej {times_phrase} na "
        "{days:dzień|dni|dni}.//Ważne powody ({causes}): bez wybaczania.]",
        "ru": "[times?Прощаем не чаще чем {times_phrase} за {days:день|дня|дней}: "
        "{causes}.//Правило этого не прощает: {causes}.]",
    },
    "line": {
        "en": "[times?If something nobody chooses gets in the way ({causes}), just tell me: it is "
        "forgiven at most {times_phrase} in {days:day|days}.//If something nobody chooses gets in "
        "the way ({causes}), just tell me.]",
        "pl": "[times?Jeśli przeszkodzi coś, na co nikt nie ma wpływu ({causes}), wystarczy dać "
        "mi znać: wybaczamy to najwyżej {times_phrase} w ciągu {days:dnia|dni|dni}.//Jeśli "
        "przeszkodzi coś, na co nikt nie ma wpływu ({causes}), wystarczy dać mi znać.]",
        "ru": "[times?Если помешает то, чего никто не выбирает ({causes}), просто напишите мне: "
        "прощаем это не чаще чем {times_phrase} за {days:день|дня|дней}.//Если помешает то, чего "
        "никто не выбирает ({causes}), просто напишите мне.]",
    },
}

REASONS: dict[str, Forms] = {}
