"""The sentences around the rules in an agreement."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {
    "en": "How we work together",
    "pl": "Zasady naszej współpracy",
    "ru": "Как мы работаем вместе",
}

PARTIES: Texts = {
    "en": "An agreement between {practitioner}, who leads the meetings, and {client}. Version "
    "{number} of the rules, published on {published}.",
    "pl": "Umowa między stronami: {practitioner} (osoba prowadząca) i {client} (klient). Wersja "
    "{number} zasad, opublikowana {published}.",
    "ru": "Соглашение между сторонами: {practitioner} (специалист) и {client} (клиент). Версия "
    "правил {number}, опубликована {published}.",
}

HOLDS: Forms = {
    "date": {
        "en": "It holds from {holds}. What happened earlier is not judged by it.",
        "pl": "Umowa obowiązuje od {holds}. Nie dotyczy tego, co było wcześniej.",
        "ru": "Соглашение действует с {holds}. То, что было раньше, по нему не оценивается.",
    },
    "acceptance": {
        "en": "It holds from the moment it is accepted. What happened earlier is not judged by it.",
        "pl": "Umowa obowiązuje od chwili akceptacji. Nie dotyczy tego, co było wcześniej.",
        "ru": "Соглашение действует с момента принятия. То, что было раньше, по нему не "
        "оценивается.",
    },
}

BOTH: Texts = {
    "en": "The rules bind both sides. Both read the same record of what was kept and what was not. "
    "No fee is charged by itself: a person decides each time, and whoever is owed may let it go. "
    "If the client sees something differently, they may say so, and it is kept in the record.",
    "pl": "Zasady obowiązują obie strony. Obie widzą ten sam zapis tego, co zostało dotrzymane, a "
    "co nie. Żadna opłata nie nalicza się sama: za każdym razem decyduje człowiek, a strona, "
    "której coś się należy, może z tego zrezygnować. Jeśli klient widzi coś inaczej, może to "
    "napisać; zostaje to w zapisie.",
    "ru": "Правила обязательны для обеих сторон. Обе видят одну и ту же запись о том, что "
    "соблюдено, а что нет. Никакая сумма не начисляется сама: каждый раз решает человек, а "
    "сторона, которой что-то причитается, может от этого отказаться. Если клиент видит что-то "
    "иначе, он может об этом написать, и это остаётся в записи.",
}

MONEY: Texts = {
    "en": "Prices are in {currency}. Times are those of {zone}.",
    "pl": "Ceny podano w walucie {currency}, a godziny według czasu: {zone}.",
    "ru": "Цены указаны в валюте {currency}. Часовой пояс: {zone}.",
}

STRICTER: Texts = {
    "en": "For the practitioner, more strictly",
    "pl": "Surowsze zasady dla osoby prowadzącej",
    "ru": "Для специалиста — строже",
}

ABSENT: Texts = {
    "en": "There is no such rule.",
    "pl": "Nie ma takiej zasady.",
    "ru": "Такого правила нет.",
}
"""What stands for a rule in the version that does not have it."""
