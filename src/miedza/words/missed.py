"""The sentences about not coming."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Not coming", "pl": "Nieobecność", "ru": "Неявка"}

RULE: Forms = {
    "long": {
        "en": "If one side is not there {wait_minutes:minute|minutes} after the agreed time and "
        "the other stops waiting, the one who waited is owed {percent}% of the price. If "
        "someone leaves before that, the other side is owed as much. The meeting itself is then "
        "not charged.",
        "pl": "Jeśli {wait_minutes:minutę|minuty|minut} po umówionej godzinie jednej ze stron nie "
        "ma, a druga przestaje czekać, tej, która czekała, należy się {percent}% "
        "ceny. Jeśli ktoś odejdzie wcześniej, tyle samo należy się drugiej stronie. Za samo "
        "spotkanie już się nie płaci.",
        "ru": "Если через {wait_minutes:минуту|минуты|минут} после назначенного времени одной из "
        "сторон нет и другая перестаёт ждать, тому, кто ждал, причитается "
        "{percent}\N{NO-BREAK SPACE}% стоимости. Если кто-то уходит раньше, столько же "
        "причитается другой стороне. Сама встреча тогда не оплачивается.",
    },
    "short": {
        "en": "Not there after {wait_minutes:minute|minutes}: {percent}% of the price to "
        "whoever waited.",
        "pl": "Nieobecność po {wait_minutes:minucie|minutach|minutach}: {percent}% ceny dla "
        "strony, która czekała.",
        "ru": "Неявка после {wait_minutes:минуты|минут|минут} ожидания: "
        "{percent}\N{NO-BREAK SPACE}% стоимости тому, кто ждал.",
    },
    "line": {
        "en": "Not being there after {wait_minutes:minute|minutes} costs {percent}% of the "
        "price; the rule is no lighter for me.",
        "pl": "Nieobecność po {wait_minutes:minucie|minutach|minutach} czekania kosztuje "
        "{percent}% ceny; dla mnie zasada nie jest łagodniejsza.",
        "ru": "Неявка после {wait_minutes:минуты|минут|минут} ожидания обходится в "
        "{percent}\N{NO-BREAK SPACE}% стоимости встречи; для меня правило не мягче.",
    },
}

REASONS: dict[str, Forms] = {
    "missed": {
        "long": {
            "en": "A meeting is missed when one side is not there after "
            "{wait_minutes:minute|minutes} and the other goes, or when it is called off only after "
            "the agreed time. It costs the side that did not come {percent}% of the price.",
            "pl": "O nieobecności mówimy, gdy jednej ze stron nie ma po "
            "{wait_minutes:minucie|minutach|minutach} i druga odchodzi albo gdy odwołanie "
            "przychodzi dopiero po umówionej godzinie. Kosztuje to nieobecną stronę "
            "{percent}% ceny.",
            "ru": "Неявка — это когда одной из сторон нет через "
            "{wait_minutes:минуту|минуты|минут} и другая уходит или когда отмена приходит уже "
            "после назначенного времени. Тому, кто не пришёл, это обходится в "
            "{percent}\N{NO-BREAK SPACE}% стоимости встречи.",
        },
        "short": {
            "en": "A missed meeting costs {percent}% of the price, whoever missed it.",
            "pl": "Nieobecność każdej ze stron kosztuje {percent}% ceny.",
            "ru": "Неявка любой из сторон обходится в {percent}\N{NO-BREAK SPACE}% стоимости "
            "встречи.",
        },
        "line": {
            "en": "If you cannot come, please tell me before the agreed time: not coming costs "
            "{percent}% of the price.",
            "pl": "Jeśli coś stanie na przeszkodzie, proszę dać mi znać przed umówioną godziną: "
            "nieobecność kosztuje {percent}% ceny.",
            "ru": "Если прийти не получится, напишите мне, пожалуйста, до назначенного времени: "
            "неявка обходится в {percent}\N{NO-BREAK SPACE}% стоимости встречи.",
        },
        "reason": {"en": "absence", "pl": "nieobecność", "ru": "неявка"},
    },
    "did_not_wait": {
        "long": {
            "en": "Each side waits for the other {wait_minutes:minute|minutes}. Leaving earlier "
            "costs the one who leaves {percent}% of the price.",
            "pl": "Każda ze stron czeka na drugą {wait_minutes:minutę|minuty|minut}. Wcześniejsze "
            "odejście kosztuje stronę, która odchodzi, {percent}% ceny.",
            "ru": "Каждая сторона ждёт другую {wait_minutes:минуту|минуты|минут}. Тому, кто уходит "
            "раньше, это обходится в {percent}\N{NO-BREAK SPACE}% стоимости встречи.",
        },
        "short": {
            "en": "Each side waits {wait_minutes:minute|minutes} before going.",
            "pl": "Każda ze stron czeka {wait_minutes:minutę|minuty|minut}, zanim odejdzie.",
            "ru": "Каждая сторона ждёт {wait_minutes:минуту|минуты|минут}, прежде чем уйти.",
        },
        "line": {
            "en": "If I am late, please wait {wait_minutes:minute|minutes}, as I wait for you.",
            "pl": "Jeśli to ja się spóźnię, proszę poczekać {wait_minutes:minutę|minuty|minut}; ja "
            "czekam tyle samo.",
            "ru": "Если опоздаю я, подождите меня, пожалуйста, "
            "{wait_minutes:минуту|минуты|минут}; я жду столько же.",
        },
        "reason": {
            "en": "left before the wait was over",
            "pl": "odejście przed końcem czekania",
            "ru": "уход до конца ожидания",
        },
    },
    "attendance_unclear": {
        "long": {
            "en": "If a day after the meeting neither side has said whether it took place, it "
            "stays open, and the silence costs neither side anything. What happened can still be "
            "put down later.",
            "pl": "Jeśli dobę po spotkaniu żadna ze stron nie powie, czy się odbyło, sprawa "
            "zostaje otwarta, a milczenie nikogo nic nie kosztuje. To, co się stało, "
            "można zapisać także później.",
            "ru": "Если через сутки после встречи ни одна из сторон не сказала, состоялась ли она, "
            "вопрос остаётся открытым, и молчание ничего не стоит ни одной из сторон. Отметить, "
            "что было, можно и позже.",
        },
        "short": {
            "en": "If nobody says what happened, the silence costs nobody anything.",
            "pl": "Jeśli nikt nie powie, co się stało, milczenie nikogo nic nie kosztuje.",
            "ru": "Если никто не сказал, что было, молчание никому ничего не стоит.",
        },
        "line": {
            "en": "If our meeting does not take place, please tell me; silence alone costs neither "
            "of us anything.",
            "pl": "Jeśli spotkanie się nie odbędzie, proszę dać mi znać; samo milczenie nikogo nic "
            "nie kosztuje.",
            "ru": "Если встреча не состоится, напишите мне об этом, пожалуйста; само молчание "
            "никому ничего не стоит.",
        },
        "reason": {
            "en": "no word on what happened",
            "pl": "brak informacji, co się stało",
            "ru": "нет отметки о том, что было",
        },
    },
}
