"""The sentences about moving a meeting."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Moving a meeting", "pl": "Przełożenie spotkania", "ru": "Перенос встречи"}

RULE: Forms = {
    "long": {
        "en": "A meeting is moved when both sides agree; a free time on offer is such a yes in "
        "advance. [percent?[free_moves?[hours?With at least {hours:hour's|hours'} notice, each "
        "side has//Each side has] {free_moves:free move|free moves} in the course of our work. "
        "[hours?A move at shorter notice, or beyond that number,//A move beyond that number] "
        "costs the side that asks for it {percent}% of the price on top.//No move is free: each "
        "costs the side that asks for it {percent}% of the price on top.]//A move costs neither "
        "side anything[hours?; it is asked for at least {hours:hour|hours} before//].]",
        "pl": "Spotkanie przekładamy, gdy zgadzają się obie strony; wolny termin podany do wyboru "
        "oznacza zgodę z góry. [percent?[free_moves?[hours?Przy wyprzedzeniu co najmniej "
        "{hours:godziny|godzin|godzin} każda//Każda] ze stron ma w czasie współpracy "
        "{free_moves:bezpłatne przełożenie|bezpłatne przełożenia|bezpłatnych przełożeń}. "
        "[hours?Przełożenie z krótszym wyprzedzeniem albo ponad tę liczbę//Przełożenie ponad tę "
        "liczbę] kosztuje stronę, która o nie prosi, dodatkowo {percent}% ceny.//Bezpłatnych "
        "przełożeń nie ma: każde kosztuje stronę, która o nie prosi, dodatkowo {percent}% "
        "ceny.]//Przełożenie nic nie kosztuje żadnej ze stron[hours?; prosi się o nie najpóźniej "
        "{hours:godzinę|godziny|godzin} przed spotkaniem//].]",
        "ru": "Встречу переносим, когда согласны обе стороны; время, открытое для записи, — это "
        "согласие заранее. [percent?[free_moves?За всё время работы каждая сторона может "
        "бесплатно перенести встречу {free_moves:раз|раза|раз}[hours?, если предупредит не "
        "позднее чем за {hours:час|часа|часов}//]. [hours?Перенос позже этого срока или сверх "
        "этого числа//Перенос сверх этого числа] обходится тому, кто просит, дополнительно в "
        "{percent}\N{NO-BREAK SPACE}% стоимости.//Бесплатных переносов нет: каждый обходится "
        "тому, кто просит, дополнительно в {percent}\N{NO-BREAK SPACE}% стоимости.]//Перенос "
        "бесплатный для обеих сторон[hours?; о нём просят не позднее чем за "
        "{hours:час|часа|часов}//].]",
    },
    "short": {
        "en": "[free_moves?[percent?[hours?Move {hours:hour|hours} ahead: //Moving: "
        "]{free_moves:free move|free moves}; otherwise {percent}% of the price.//Moving a meeting "
        "is free.]//[percent?Each move costs {percent}% of the price.//Moving a meeting is free.]]",
        "pl": "[free_moves?[percent?[hours?Co najmniej {hours:godzinę|godziny|godzin} przed: "
        "//Przełożenie: ]{free_moves:raz|razy|razy} bezpłatnie, inaczej {percent}% "
        "ceny.//Przełożenie spotkania jest bezpłatne.]//[percent?Każde przełożenie kosztuje "
        "{percent}% ceny.//Przełożenie spotkania jest bezpłatne.]]",
        "ru": "[free_moves?[percent?[hours?Перенос за {hours:час|часа|часов} и раньше: //Перенос: "
        "]{free_moves:раз|раза|раз} бесплатно, иначе {percent}\N{NO-BREAK SPACE}% "
        "стоимости.//Перенос встречи бесплатный.]//[percent?Каждый перенос обходится в "
        "{percent}\N{NO-BREAK SPACE}% стоимости.//Перенос встречи бесплатный.]]",
    },
    "line": {
        "en": "If you need another time, please tell me [hours?at least {hours:hour|hours} "
        "before//before the meeting begins][free_moves?: you have {free_moves:free move|free "
        "moves} in all, and the rule is no lighter for me.//; the rule is no lighter for me.]",
        "pl": "Jeśli potrzebny jest inny termin, proszę dać mi znać [hours?najpóźniej "
        "{hours:godzinę|godziny|godzin} przed spotkaniem//przed rozpoczęciem "
        "spotkania][free_moves?; w czasie współpracy spotkanie można bezpłatnie przełożyć "
        "{free_moves:raz|razy|razy}; dla mnie zasada nie jest łagodniejsza.//; dla mnie zasada "
        "nie jest łagodniejsza.]",
        "ru": "Если нужно другое время, напишите мне, пожалуйста, [hours?не позднее чем за "
        "{hours:час|часа|часов} до встречи//до начала встречи][free_moves?: за время работы "
        "встречу можно бесплатно перенести {free_moves:раз|раза|раз}; для меня правило не "
        "мягче.//; для меня правило не мягче.]",
    },
}

REASONS: dict[str, Forms] = {
    "moved_in_time": {
        "long": {
            "en": "[hours?A move with at least {hours:hour's|hours'} notice//A move before the "
            "start] costs nothing as long as the side that asks for it, whichever it is, has a "
            "free move left.",
            "pl": "[hours?Przełożenie z wyprzedzeniem co najmniej "
            "{hours:godziny|godzin|godzin}//Przełożenie przed rozpoczęciem spotkania] nic nie "
            "kosztuje, dopóki strona, która o nie prosi, ma jeszcze bezpłatne przełożenie. "
            "Dotyczy to każdej ze stron.",
            "ru": "[hours?Перенос не позднее чем за {hours:час|часа|часов} до встречи//Перенос до "
            "начала встречи] бесплатный, пока у стороны, которая просит, ещё есть бесплатные "
            "переносы. Это относится к каждой стороне.",
        },
        "short": {
            "en": "[free_moves?Moving [hours?{hours:hour|hours} before or earlier//before the "
            "start]: {free_moves:free move|free moves}.//A move in good time is asked for before "
            "the meeting begins.]",
            "pl": "[free_moves?Przełożenie [hours?co najmniej {hours:godzinę|godziny|godzin} "
            "przed spotkaniem//przed rozpoczęciem spotkania]: {free_moves:raz|razy|razy} "
            "bezpłatnie.//O przełożenie w porę prosi się przed spotkaniem.]",
            "ru": "[free_moves?Перенос [hours?за {hours:час|часа|часов} и раньше//до начала "
            "встречи]: {free_moves:раз|раза|раз} бесплатно.//Перенос вовремя — это перенос до "
            "начала встречи.]",
        },
        "line": {
            "en": "[hours?Up to {hours:hour|hours} before the meeting//Before the meeting begins] "
            "you can ask me for another time; a free move costs nothing.",
            "pl": "O inny termin można poprosić [hours?co najmniej {hours:godzinę|godziny|godzin} "
            "przed spotkaniem//przed rozpoczęciem spotkania]; w ramach bezpłatnych przełożeń nic "
            "to nie kosztuje.",
            "ru": "Попросить о другом времени можно [hours?не позднее чем за "
            "{hours:час|часа|часов} до встречи//до начала встречи]; в пределах бесплатных "
            "переносов платить не нужно.",
        },
        "reason": {
            "en": "moved {notice}",
            "pl": "przełożone {notice}",
            "ru": "перенос {notice}",
        },
    },
    "late_move": {
        "long": {
            "en": "A move [hours?less than {hours:hour|hours} before the meeting//after the "
            "start] [percent?costs the side that asks for it {percent}% of the price, even with "
            "free moves left.//comes late, though it is free.] The meeting itself is paid for as "
            "usual.",
            "pl": "Przełożenie [hours?mniej niż {hours:godzinę|godziny|godzin} przed "
            "spotkaniem//po rozpoczęciu spotkania] [percent?kosztuje stronę, która o nie prosi, "
            "{percent}% ceny, także wtedy, gdy ma jeszcze bezpłatne przełożenia.//liczy się jako "
            "późne, choć jest bezpłatne.] Za samo spotkanie płaci się jak zwykle.",
            "ru": "Перенос [hours?меньше чем за {hours:час|часа|часов} до встречи//после начала "
            "встречи] [percent?обходится стороне, которая просит, в {percent}\N{NO-BREAK SPACE}% "
            "стоимости, даже если остались бесплатные переносы.//считается поздним, хотя и "
            "бесплатным.] Сама встреча оплачивается как обычно.",
        },
        "short": {
            "en": "Moving [hours?less than {hours:hour|hours} before//after the start] "
            "[percent?costs {percent}% of the price.//is late, but free.]",
            "pl": "Przełożenie [hours?mniej niż {hours:godzinę|godziny|godzin} przed "
            "spotkaniem//po rozpoczęciu spotkania] [percent?kosztuje {percent}% ceny.//liczy się "
            "jako późne, ale jest bezpłatne.]",
            "ru": "Перенос [hours?меньше чем за {hours:час|часа|часов}//после начала встречи] "
            "[percent?обходится в {percent}\N{NO-BREAK SPACE}% стоимости.//считается поздним, но "
            "бесплатным.]",
        },
        "line": {
            "en": "Moving our meeting [hours?less than {hours:hour|hours} before//after the "
            "start] [percent?costs {percent}% of the price; the rule is no lighter for me.//is "
            "free, but please tell me earlier if you can.]",
            "pl": "Przełożenie [hours?mniej niż {hours:godzinę|godziny|godzin} przed "
            "spotkaniem//po rozpoczęciu spotkania] [percent?kosztuje {percent}% ceny; dla mnie "
            "zasada nie jest łagodniejsza.//jest bezpłatne, ale w miarę możliwości proszę dać mi "
            "znać wcześniej.]",
            "ru": "Перенос [hours?меньше чем за {hours:час|часа|часов} до встречи//после начала "
            "встречи] [percent?обходится в {percent}\N{NO-BREAK SPACE}% её стоимости; для меня "
            "правило не мягче.//бесплатный, но, если можно, предупредите меня раньше.]",
        },
        "reason": {
            "en": "moved {notice}",
            "pl": "przełożone {notice}",
            "ru": "перенос {notice}",
        },
    },
    "too_many_moves": {
        "long": {
            "en": "[free_moves?Each side has {free_moves:free move|free moves} in the course of "
            "our work; every move it asks for counts.//No move is free; every move a side asks "
            "for counts.] [percent?Each one beyond them costs that side {percent}% of the price, "
            "even in good time.//Each further one is more than agreed, though it is free.]",
            "pl": "[free_moves?Każda ze stron ma w czasie współpracy {free_moves:bezpłatne "
            "przełożenie|bezpłatne przełożenia|bezpłatnych przełożeń}; liczy się każde, o które "
            "poprosi.//Bezpłatnych przełożeń nie ma; liczy się każde, o które strona poprosi.] "
            "[percent?Każde ponad tę liczbę kosztuje tę stronę {percent}% ceny, nawet z dużym "
            "wyprzedzeniem.//Każde następne wykracza poza ustalenia, choć jest bezpłatne.]",
            "ru": "[free_moves?У каждой стороны за время работы есть {free_moves:бесплатный "
            "перенос|бесплатных переноса|бесплатных переносов}; считается каждый, о котором она "
            "просит.//Бесплатных переносов нет; считается каждый, о котором просит сторона.] "
            "[percent?Каждый сверх них обходится ей в {percent}\N{NO-BREAK SPACE}% стоимости "
            "встречи, даже если предупредить заранее.//Каждый следующий — сверх договорённости, "
            "хотя и бесплатный.]",
        },
        "short": {
            "en": "[percent?[free_moves?After {free_moves:free move|free moves}, each further one "
            "costs {percent}% of the price.//Each move costs {percent}% of the "
            "price.]//[free_moves?More than {free_moves:move|moves} is more than agreed, but "
            "free.//Any move is more than agreed, but free.]]",
            "pl": "[percent?[free_moves?Bezpłatnie {free_moves:raz|razy|razy}; każde następne "
            "przełożenie to {percent}% ceny.//Każde przełożenie kosztuje {percent}% "
            "ceny.]//[free_moves?Każde przełożenie ponad {free_moves} wykracza poza ustalenia, "
            "ale jest bezpłatne.//Każde przełożenie wykracza poza ustalenia, ale jest bezpłatne.]]",
            "ru": "[percent?[free_moves?Бесплатно {free_moves:раз|раза|раз}; каждый следующий "
            "перенос — {percent}\N{NO-BREAK SPACE}% стоимости.//Каждый перенос обходится в "
            "{percent}\N{NO-BREAK SPACE}% стоимости.]//[free_moves?Больше "
            "{free_moves:переноса|переносов|переносов} — сверх договорённости, но "
            "бесплатно.//Любой перенос — сверх договорённости, но бесплатно.]]",
        },
        "line": {
            "en": "[percent?[free_moves?After {free_moves:free move|free moves}, each further one "
            "costs {percent}% of the price; the rule is no lighter for me.//Each move costs "
            "{percent}% of the price; the rule is no lighter for me.]//[free_moves?More than "
            "{free_moves:move|moves} is more than we agreed on, but free.//Any move is more than "
            "we agreed on, but free.]]",
            "pl": "[percent?[free_moves?Spotkania można bezpłatnie przełożyć "
            "{free_moves:raz|razy|razy}; każde następne przełożenie kosztuje {percent}% ceny; dla "
            "mnie zasada nie jest łagodniejsza.//Każde przełożenie kosztuje {percent}% ceny; dla "
            "mnie zasada nie jest łagodniejsza.]//[free_moves?Każde przełożenie ponad "
            "{free_moves} wykracza poza ustalenia, ale jest bezpłatne.//Każde przełożenie "
            "wykracza poza ustalenia, ale jest bezpłatne.]]",
            "ru": "[percent?[free_moves?Бесплатно перенести встречу можно "
            "{free_moves:раз|раза|раз}; каждый следующий перенос обходится в "
            "{percent}\N{NO-BREAK SPACE}% стоимости; для меня правило не мягче.//Каждый перенос "
            "обходится в {percent}\N{NO-BREAK SPACE}% стоимости; для меня правило не "
            "мягче.]//[free_moves?Больше {free_moves:переноса|переносов|переносов} — сверх "
            "договорённости, но бесплатно.//Любой перенос — сверх договорённости, но бесплатно.]]",
        },
        "reason": {"en": "move no. {k}", "pl": "{k}. przełożenie", "ru": "{k}-й перенос"},
    },
}
