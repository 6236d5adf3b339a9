"""The sentences about moving a meeting."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Moving a meeting", "pl": "Zmiana terminu", "ru": "Перенос встречи"}

RULE: Forms = {
    "long": {
        "en": "A meeting is moved when both sides agree; a free time on offer is such a yes in "
        "advance. With at least {hours:hour's|hours'} notice, each side has "
        "{free_moves:free move|free moves} in the course of our work. A move at shorter notice, or "
        "beyond that number, costs the side that asks for it {percent}% of the price on top.",
        "pl": "Spotkanie przekładamy, gdy zgadzają się obie strony; wolny termin do wyboru to "
        "zgoda z góry. Przy wyprzedzeniu co najmniej {hours:godziny|godzin|godzin} każda ze stron "
        "ma w czasie współpracy "
        "{free_moves:bezpłatne przełożenie|bezpłatne przełożenia|bezpłatnych przełożeń}. "
        "Przełożenie z krótszym wyprzedzeniem albo ponad tę liczbę kosztuje stronę, która o nie "
        "prosi, dodatkowo {percent}% ceny.",
        "ru": "Встречу переносим, когда согласны обе стороны; время, открытое для записи, — это "
        "согласие заранее. Если предупредить не позднее чем за {hours:час|часа|часов}, у каждой "
        "стороны за время работы есть "
        "{free_moves:бесплатный перенос|бесплатных переноса|бесплатных переносов}. Перенос позже "
        "этого срока или сверх этого числа обходится тому, кто просит, дополнительно в "
        "{percent}\N{NO-BREAK SPACE}% стоимости.",
    },
    "short": {
        "en": "Move {hours:hour|hours} ahead: {free_moves:free move|free moves}; otherwise "
        "{percent}% of the price.",
        "pl": "Przełożenie do {hours:godziny|godzin|godzin} przed: "
        "{free_moves:raz|razy|razy} bezpłatnie, inaczej {percent}% ceny.",
        "ru": "Перенос за {hours:час|часа|часов} и раньше: {free_moves:раз|раза|раз} бесплатно, "
        "иначе {percent}\N{NO-BREAK SPACE}% стоимости.",
    },
    "line": {
        "en": "If you need another time, please tell me at least {hours:hour|hours} before: you "
        "have {free_moves:free move|free moves} in all, and the rule is no lighter for me.",
        "pl": "Jeśli potrzebny jest inny termin, proszę dać mi znać co najmniej "
        "{hours:godzinę|godziny|godzin} przed spotkaniem: w czasie współpracy można to "
        "zrobić bezpłatnie {free_moves:raz|razy|razy}; dla mnie zasada nie jest łagodniejsza.",
        "ru": "Если нужно другое время, напишите мне, пожалуйста, не позднее чем за "
        "{hours:час|часа|часов} до встречи: за время работы это можно сделать "
        "бесплатно {free_moves:раз|раза|раз}; для меня правило не мягче.",
    },
}

REASONS: dict[str, Forms] = {
    "moved_in_time": {
        "long": {
            "en": "A move with at least {hours:hour's|hours'} notice costs nothing as long as the "
            "side that asks for it, whichever it is, has a free move left.",
            "pl": "Przełożenie z wyprzedzeniem co najmniej {hours:godziny|godzin|godzin} nic nie "
            "kosztuje, dopóki strona, która o nie prosi, ma jeszcze bezpłatne przełożenie. Dotyczy "
            "to każdej ze stron.",
            "ru": "Перенос не позднее чем за {hours:час|часа|часов} до встречи ничего не стоит, "
            "пока у стороны, которая просит, остался бесплатный перенос. Это относится к каждой "
            "стороне.",
        },
        "short": {
            "en": "Moving {hours:hour|hours} before or earlier: {free_moves:free move|free moves}.",
            "pl": "Przełożenie {hours:godzinę|godziny|godzin} przed lub wcześniej: "
            "{free_moves:raz|razy|razy} bezpłatnie.",
            "ru": "Перенос за {hours:час|часа|часов} и раньше: {free_moves:раз|раза|раз} "
            "бесплатно.",
        },
        "line": {
            "en": "Up to {hours:hour|hours} before the meeting you can ask me for another time; a "
            "free move costs nothing.",
            "pl": "Do {hours:godziny|godzin|godzin} przed spotkaniem można poprosić o inny termin; "
            "w ramach bezpłatnych przełożeń nic to nie kosztuje.",
            "ru": "Попросить о другом времени можно не позднее чем за {hours:час|часа|часов} до "
            "встречи; в пределах бесплатных переносов это ничего не стоит.",
        },
        "reason": {
            "en": "moved {notice}",
            "pl": "przełożone {notice}",
            "ru": "перенос {notice}",
        },
    },
    "late_move": {
        "long": {
            "en": "A move less than {hours:hour|hours} before the meeting costs the side that asks "
            "for it {percent}% of the price, even with free moves left. The meeting itself is "
            "paid for as usual.",
            "pl": "Przełożenie mniej niż {hours:godzinę|godziny|godzin} przed spotkaniem kosztuje "
            "stronę, która o nie prosi, {percent}% ceny, także wtedy, gdy ma jeszcze bezpłatne "
            "przełożenia. Za samo spotkanie płaci się jak zwykle.",
            "ru": "Перенос меньше чем за {hours:час|часа|часов} до встречи обходится стороне, "
            "которая просит, в {percent}\N{NO-BREAK SPACE}% стоимости, даже если остались "
            "бесплатные переносы. Сама встреча оплачивается как обычно.",
        },
        "short": {
            "en": "Moving less than {hours:hour|hours} before costs {percent}% of the price.",
            "pl": "Przełożenie mniej niż {hours:godzinę|godziny|godzin} przed kosztuje "
            "{percent}% ceny.",
            "ru": "Перенос меньше чем за {hours:час|часа|часов} обходится в "
            "{percent}\N{NO-BREAK SPACE}% стоимости.",
        },
        "line": {
            "en": "Moving our meeting less than {hours:hour|hours} before costs {percent}% of "
            "the price; the rule is no lighter for me.",
            "pl": "Przełożenie mniej niż {hours:godzinę|godziny|godzin} przed spotkaniem kosztuje "
            "{percent}% ceny; dla mnie zasada nie jest łagodniejsza.",
            "ru": "Перенос меньше чем за {hours:час|часа|часов} до встречи обходится в "
            "{percent}\N{NO-BREAK SPACE}% её стоимости; для меня правило не мягче.",
        },
        "reason": {
            "en": "moved {notice}",
            "pl": "przełożone {notice}",
            "ru": "перенос {notice}",
        },
    },
    "too_many_moves": {
        "long": {
            "en": "Each side has {free_moves:free move|free moves} in the course of our work; "
            "every move it asks for counts. Each further one costs that side {percent}% of the "
            "price, even in good time.",
            "pl": "Każda ze stron ma w czasie współpracy "
            "{free_moves:bezpłatne przełożenie|bezpłatne przełożenia|bezpłatnych przełożeń}; liczy "
            "się każde, o które poprosi. Każde następne kosztuje tę stronę {percent}% ceny, "
            "nawet z dużym wyprzedzeniem.",
            "ru": "У каждой стороны за время работы есть {free_moves:бесплатный "
            "перенос|бесплатных переноса|бесплатных переносов}; считается каждый, о котором она "
            "просит. Каждый следующий обходится ей в {percent}\N{NO-BREAK SPACE}% стоимости "
            "встречи, даже если предупредить заранее.",
        },
        "short": {
            "en": "After {free_moves:free move|free moves}, each further one costs "
            "{percent}% of the price.",
            "pl": "Bezpłatnie {free_moves:raz|razy|razy}; każde następne przełożenie to "
            "{percent}% ceny.",
            "ru": "Бесплатно {free_moves:раз|раза|раз}; каждый следующий перенос — "
            "{percent}\N{NO-BREAK SPACE}% стоимости.",
        },
        "line": {
            "en": "After {free_moves:free move|free moves}, each further one costs {percent}% "
            "of the price; the rule is no lighter for me.",
            "pl": "Bezpłatnie spotkania można przełożyć {free_moves:raz|razy|razy}, każde następne "
            "przełożenie kosztuje {percent}% ceny; dla mnie zasada nie jest łagodniejsza.",
            "ru": "Бесплатно встречи можно перенести {free_moves:раз|раза|раз}, каждый следующий "
            "перенос обходится в {percent}\N{NO-BREAK SPACE}% стоимости; для меня правило не "
            "мягче.",
        },
        "reason": {"en": "move no. {k}", "pl": "{k}. przełożenie", "ru": "{k}-й перенос"},
    },
}
