"""The sentences about cancelling."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Cancelling", "pl": "Odwołanie spotkania", "ru": "Отмена встречи"}

RULE: Forms = {
    "long": {
        "en": "Each side may cancel before the meeting begins. [most_percent?What that costs the "
        "one who cancels depends on the notice: {tiers}. The sum is owed to the other side; the "
        "meeting itself is then not charged.//It costs neither side anything.]",
        "pl": "Każda ze stron może odwołać spotkanie, zanim się zacznie. [most_percent?Ile płaci "
        "strona, która odwołuje, zależy od wyprzedzenia: {tiers}. Ta kwota należy się drugiej "
        "stronie; samo spotkanie nie jest wtedy płatne.//Nic to nie kosztuje żadnej ze stron.]",
        "ru": "Каждая сторона может отменить встречу до её начала. [most_percent?Сколько это "
        "стоит тому, кто отменяет, зависит от срока: {tiers}. Эта сумма причитается другой "
        "стороне; сама встреча тогда не оплачивается.//Это бесплатно для обеих сторон.]",
    },
    "short": {
        "en": "Cancelling: {cost_phrase}.",
        "pl": "Odwołanie: {cost_phrase}.",
        "ru": "Отмена: {cost_phrase}.",
    },
    "line": {
        "en": "If you need to cancel: {cost_phrase}; the rule is no lighter for me.",
        "pl": "Jeśli trzeba będzie odwołać: {cost_phrase}; dla mnie zasada nie jest łagodniejsza.",
        "ru": "Если понадобится отменить: {cost_phrase}; для меня правило не мягче.",
    },
}

REASONS: dict[str, Forms] = {
    "cancelled_in_time": {
        "long": {
            "en": "[free_hours?Cancelling {free_hours:hour|hours} before the meeting or earlier "
            "costs neither side anything.//Cancelling before the meeting begins costs neither "
            "side anything.] What was paid for the meeting is given back.",
            "pl": "[free_hours?Odwołanie {free_hours:godzinę|godziny|godzin} przed spotkaniem lub "
            "wcześniej nic nie kosztuje żadnej ze stron.//Odwołanie przed rozpoczęciem spotkania "
            "nic nie kosztuje żadnej ze stron.] To, co wpłacono za spotkanie, wraca do klienta.",
            "ru": "[free_hours?Отмена за {free_hours:час|часа|часов} до встречи или раньше "
            "бесплатна для обеих сторон.//Отмена до начала встречи бесплатна для обеих сторон.] "
            "Оплата за встречу возвращается.",
        },
        "short": {
            "en": "[free_hours?Cancelling {free_hours:hour|hours} before or earlier costs "
            "nothing.//Cancelling before the start costs nothing.]",
            "pl": "[free_hours?Odwołanie {free_hours:godzinę|godziny|godzin} przed spotkaniem lub "
            "wcześniej jest bezpłatne.//Odwołanie przed rozpoczęciem jest bezpłatne.]",
            "ru": "[free_hours?Отмена за {free_hours:час|часа|часов} и раньше бесплатна.//Отмена "
            "до начала встречи бесплатна.]",
        },
        "line": {
            "en": "[free_hours?Up to {free_hours:hour|hours} before the meeting, cancelling costs "
            "nothing.//Cancelling before the meeting begins costs nothing.]",
            "pl": "[free_hours?Odwołanie co najmniej {free_hours:godzinę|godziny|godzin} przed "
            "spotkaniem nic nie kosztuje.//Odwołanie przed rozpoczęciem spotkania nic nie "
            "kosztuje.]",
            "ru": "[free_hours?Если отменить не позднее чем за {free_hours:час|часа|часов} до "
            "встречи, платить не нужно.//Если отменить до начала встречи, платить не нужно.]",
        },
        "reason": {
            "en": "cancelled {notice}",
            "pl": "odwołane {notice}",
            "ru": "отмена {notice}",
        },
    },
    "late_cancel": {
        "long": {
            "en": "[free_hours?Cancelling less than {free_hours:hour|hours} before the meeting "
            "costs//Cancelling costs] the side that cancels at most {most_percent}% of the price. "
            "If that side has moved the meeting before, the shortest of its notices counts.",
            "pl": "[free_hours?Odwołanie mniej niż {free_hours:godzinę|godziny|godzin} przed "
            "spotkaniem kosztuje//Odwołanie kosztuje] stronę, która odwołuje, najwyżej "
            "{most_percent}% ceny. Jeśli ta strona już wcześniej przekładała spotkanie, liczy się "
            "jej najkrótsze wyprzedzenie.",
            "ru": "[free_hours?Отмена меньше чем за {free_hours:час|часа|часов} до встречи "
            "обходится//Отмена обходится] стороне, которая отменяет, самое большее в "
            "{most_percent}\N{NO-BREAK SPACE}% стоимости. Если эта сторона уже переносила "
            "встречу, считается самый короткий срок, за который она предупреждала.",
        },
        "short": {
            "en": "[free_hours?Less than {free_hours:hour|hours} before://Cancelling:] at most "
            "{most_percent}% of the price.",
            "pl": "[free_hours?Odwołanie mniej niż {free_hours:godzinę|godziny|godzin} przed "
            "spotkaniem://Odwołanie:] najwyżej {most_percent}% ceny.",
            "ru": "[free_hours?Отмена меньше чем за {free_hours:час|часа|часов} —//Отмена —] до "
            "{most_percent}\N{NO-BREAK SPACE}% стоимости.",
        },
        "line": {
            "en": "[free_hours?Cancelling less than {free_hours:hour|hours} before the meeting "
            "costs//Cancelling our meeting costs] at most {most_percent}% of the price; the rule "
            "is no lighter for me.",
            "pl": "[free_hours?Odwołanie mniej niż {free_hours:godzinę|godziny|godzin} przed "
            "spotkaniem kosztuje//Odwołanie spotkania kosztuje] najwyżej {most_percent}% ceny; "
            "dla mnie zasada nie jest łagodniejsza.",
            "ru": "[free_hours?Отмена меньше чем за {free_hours:час|часа|часов} до встречи "
            "обходится самое большее в {most_percent}\N{NO-BREAK SPACE}% её стоимости;//Отмена "
            "встречи обходится самое большее в {most_percent}\N{NO-BREAK SPACE}% её стоимости;] "
            "для меня правило не мягче.",
        },
        "reason": {
            "en": "cancelled {notice}",
            "pl": "odwołane {notice}",
            "ru": "отмена {notice}",
        },
    },
}
