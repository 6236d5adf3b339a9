"""The sentences about not coming."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Not coming", "pl": "Nieobecność", "ru": "Неявка"}

RULE: Forms = {
    "long": {
        "en": "If one side is not there [wait_minutes?{wait_minutes:minute|minutes} after//at] "
        "the agreed time and the other stops waiting, [percent?the one who waited is owed "
        "{percent}% of the price. If someone leaves before that, the other side is owed as much. "
        "The meeting itself is then not charged.//the meeting counts as missed, and nobody owes "
        "anything for that.]",
        "pl": "Jeśli [wait_minutes?{wait_minutes:minutę|minuty|minut} po umówionej godzinie//o "
        "umówionej godzinie] jednej ze stron nie ma, a druga przestaje czekać, [percent?tej, "
        "która czekała, należy się {percent}% ceny. Jeśli ktoś odejdzie wcześniej, tyle samo "
        "należy się drugiej stronie. Samo spotkanie nie jest wtedy płatne.//przyjmujemy, że "
        "spotkanie się nie odbyło, i nikt nic nie płaci.]",
        "ru": "Если [wait_minutes?через {wait_minutes:минуту|минуты|минут} после назначенного "
        "времени//в назначенное время] одной из сторон нет и другая перестаёт ждать, "
        "[percent?тому, кто ждал, причитается {percent}\N{NO-BREAK SPACE}% стоимости. Если кто-то "
        "уходит раньше, столько же причитается другой стороне. Сама встреча тогда не "
        "оплачивается.//встреча считается несостоявшейся, и никто за это не платит.]",
    },
    "short": {
        "en": "[percent?Not there [wait_minutes?after {wait_minutes:minute|minutes}//at the "
        "agreed time]: {percent}% of the price to whoever waited.//Not there [wait_minutes?after "
        "{wait_minutes:minute|minutes}//at the agreed time]: missed, but nobody pays for it.]",
        "pl": "[percent?Nieobecność[wait_minutes? mimo {wait_minutes:minuty|minut|minut} "
        "czekania//]: {percent}% ceny dla strony, która czekała.//Nieobecność[wait_minutes? mimo "
        "{wait_minutes:minuty|minut|minut} czekania//]: nikt nic nie płaci.]",
        "ru": "[percent?Неявка[wait_minutes? после {wait_minutes:минуты|минут|минут} ожидания//]: "
        "{percent}\N{NO-BREAK SPACE}% стоимости тому, кто ждал.//Неявка[wait_minutes? после "
        "{wait_minutes:минуты|минут|минут} ожидания//]: платить никому не нужно.]",
    },
    "line": {
        "en": "[percent?Not being there [wait_minutes?after {wait_minutes:minute|minutes}//at the "
        "agreed time] costs {percent}% of the price; the rule is no lighter for me.//Not coming "
        "costs nothing, but please let me know.]",
        "pl": "[percent?Jeśli [wait_minutes?po {wait_minutes:minucie|minutach|minutach} czekania "
        "kogoś z nas nadal nie ma//kogoś z nas nie ma o umówionej godzinie], kosztuje to "
        "{percent}% ceny; dla mnie zasada nie jest łagodniejsza.//Nieobecność nic nie kosztuje, "
        "ale proszę dać mi znać.]",
        "ru": "[percent?Неявка[wait_minutes? после {wait_minutes:минуты|минут|минут} ожидания//] "
        "обходится в {percent}\N{NO-BREAK SPACE}% стоимости встречи; для меня правило не "
        "мягче.//Если прийти не получится, платить не нужно, но напишите мне, пожалуйста.]",
    },
}

REASONS: dict[str, Forms] = {
    "missed": {
        "long": {
            "en": "A meeting is missed when one side is not there [wait_minutes?after "
            "{wait_minutes:minute|minutes}//at the agreed time] and the other goes, or when it is "
            "called off only after the agreed time. [percent?It costs the side that did not come "
            "{percent}% of the price.//It costs neither side anything.]",
            "pl": "O nieobecności mówimy, gdy jednej ze stron nie ma [wait_minutes?po "
            "{wait_minutes:minucie|minutach|minutach}//o umówionej godzinie] i druga odchodzi "
            "albo gdy odwołanie przychodzi dopiero po umówionej godzinie. [percent?Kosztuje to "
            "nieobecną stronę {percent}% ceny.//Nikt nic za to nie płaci.]",
            "ru": "Неявка — это когда одной из сторон нет [wait_minutes?через "
            "{wait_minutes:минуту|минуты|минут}//в назначенное время] и другая уходит или когда "
            "отмена приходит уже после назначенного времени. [percent?Тому, кто не пришёл, это "
            "обходится в {percent}\N{NO-BREAK SPACE}% стоимости встречи.//Никто за это не платит.]",
        },
        "short": {
            "en": "[percent?A missed meeting costs {percent}% of the price, whoever missed it.//A "
            "missed meeting costs nobody anything.]",
            "pl": "[percent?Nieobecność którejkolwiek ze stron kosztuje {percent}% ceny.//Za "
            "nieobecność nikt nic nie płaci.]",
            "ru": "[percent?Неявка любой из сторон обходится в {percent}\N{NO-BREAK SPACE}% "
            "стоимости встречи.//За неявку никто ничего не платит.]",
        },
        "line": {
            "en": "If you cannot come, please tell me before the agreed time[percent?: not coming "
            "costs {percent}% of the price.//.]",
            "pl": "Jeśli coś stanie na przeszkodzie, proszę dać mi znać przed umówioną "
            "godziną[percent?: nieobecność kosztuje {percent}% ceny.//.]",
            "ru": "Если прийти не получится, напишите мне, пожалуйста, до назначенного "
            "времени[percent?: неявка обходится в {percent}\N{NO-BREAK SPACE}% стоимости "
            "встречи.//.]",
        },
        "reason": {"en": "absence", "pl": "nieobecność", "ru": "неявка"},
    },
    "did_not_wait": {
        "long": {
            "en": "[wait_minutes?Each side waits {wait_minutes:minute|minutes} for the "
            "other.//Neither side has to wait.] [percent?Leaving earlier costs the one who leaves "
            "{percent}% of the price.//Leaving earlier is not as agreed, though it costs nothing.]",
            "pl": "[wait_minutes?Każda ze stron czeka na drugą "
            "{wait_minutes:minutę|minuty|minut}.//Nikt nie musi czekać.] [percent?Wcześniejsze "
            "odejście kosztuje stronę, która odchodzi, {percent}% ceny.//Wcześniejsze odejście "
            "nie jest zgodne z ustaleniami, choć nic nie kosztuje.]",
            "ru": "[wait_minutes?Каждая сторона ждёт другую "
            "{wait_minutes:минуту|минуты|минут}.//Ждать никто не обязан.] [percent?Тому, кто "
            "уходит раньше, это обходится в {percent}\N{NO-BREAK SPACE}% стоимости встречи.//Уйти "
            "раньше — не по договорённости, хотя платить за это не нужно.]",
        },
        "short": {
            "en": "[wait_minutes?Each side waits {wait_minutes:minute|minutes} before "
            "going.//Neither of us has to wait.]",
            "pl": "[wait_minutes?Każda ze stron czeka {wait_minutes:minutę|minuty|minut}, zanim "
            "odejdzie.//Nikt nie musi czekać.]",
            "ru": "[wait_minutes?Каждая сторона ждёт {wait_minutes:минуту|минуты|минут}, прежде "
            "чем уйти.//Ждать никто не обязан.]",
        },
        "line": {
            "en": "[wait_minutes?If I am late, please wait {wait_minutes:minute|minutes}, as I "
            "wait for you.//Neither of us has to wait.]",
            "pl": "[wait_minutes?Jeśli to ja się spóźnię, proszę poczekać "
            "{wait_minutes:minutę|minuty|minut}; ja czekam tyle samo.//Nikt nie musi czekać.]",
            "ru": "[wait_minutes?Если опоздаю я, подождите меня, пожалуйста, "
            "{wait_minutes:минуту|минуты|минут}; я жду столько же.//Ждать никто не обязан.]",
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
            "pl": "Jeśli w ciągu doby po spotkaniu żadna ze stron nie powie, czy się odbyło, "
            "sprawa zostaje otwarta, a milczenie nikogo nic nie kosztuje. To, co się stało, można "
            "zapisać także później.",
            "ru": "Если через сутки после встречи ни одна из сторон не сказала, состоялась ли "
            "она, вопрос остаётся открытым, и за молчание никто не платит. Отметить, что было, "
            "можно и позже.",
        },
        "short": {
            "en": "If nobody says what happened, the silence costs nobody anything.",
            "pl": "Jeśli nikt nie powie, czy spotkanie się odbyło, milczenie nikogo nic nie "
            "kosztuje.",
            "ru": "Если никто не сказал, что было, за молчание никто не платит.",
        },
        "line": {
            "en": "If our meeting does not take place, please tell me; silence alone costs neither "
            "of us anything.",
            "pl": "Jeśli spotkanie się nie odbędzie, proszę dać mi znać; samo milczenie nikogo nic "
            "nie kosztuje.",
            "ru": "Если встреча не состоится, напишите мне об этом, пожалуйста; за само молчание "
            "никто не платит.",
        },
        "reason": {
            "en": "no word on what happened",
            "pl": "brak informacji, czy się odbyło",
            "ru": "нет отметки о том, что было",
        },
    },
}
