"""The words of the strip: verdicts, outcomes, steps, what follows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TAGS: dict[str, Texts] = {
    "kept": {"en": "kept", "pl": "dotrzymane", "ru": "соблюдено"},
    "crossed": {"en": "not as agreed", "pl": "inaczej niż w umowie", "ru": "не по договорённости"},
    "excused": {"en": "forgiven", "pl": "wybaczone", "ru": "прощено"},
    "unclear": {"en": "to clear up", "pl": "do wyjaśnienia", "ru": "нужно прояснить"},
}

OUTCOMES: dict[str, Texts] = {
    "open": {"en": "booked", "pl": "umówione", "ru": "назначено"},
    "held": {"en": "held", "pl": "odbyło się", "ru": "состоялось"},
    "cancelled": {"en": "cancelled", "pl": "odwołane", "ru": "отменено"},
    "missed": {"en": "missed", "pl": "nie doszło do skutku", "ru": "не состоялось"},
    "released": {"en": "given free, not paid for", "pl": "zwolnione, nieopłacone", "ru": "место освобождено, не оплачено"},
    "unclear": {"en": "nobody said what happened", "pl": "nikt nie zapisał, co się stało", "ru": "никто не отметил, что было"},
}

CONSEQUENCES: dict[str, Texts] = {
    "client": {"en": "{amount} due to you.", "pl": "Należy Ci się {amount}.", "ru": "Вам причитается {amount}."},
    "practitioner": {"en": "{amount} due from you.", "pl": "Po Twojej stronie do oddania {amount}.", "ru": "С вас причитается {amount}."},
    "given": {"en": "Time you gave, worth {worth}.", "pl": "Czas podarowany, wart {worth}.", "ru": "Подаренное время на {worth}."},
}

EXCUSES: dict[str, Forms] = {
    "goodwill": {
        "plain": {"en": "Goodwill: nothing follows.", "pl": "Zasada życzliwości: bez skutków.", "ru": "Правило доброй воли: без последствий."},
        "worth": {"en": "Goodwill: {forgiven} forgiven.", "pl": "Zasada życzliwości: wybaczone {forgiven}.", "ru": "Правило доброй воли: прощено {forgiven}."},
    },
    "hardship": {
        "plain": {"en": "Hardship: nothing follows.", "pl": "Ważny powód: bez skutków.", "ru": "Уважительная причина: без последствий."},
        "worth": {"en": "Hardship: {forgiven} forgiven.", "pl": "Ważny powód: wybaczone {forgiven}.", "ru": "Уважительная причина: прощено {forgiven}."},
    },
}

STEPS: dict[str, Forms] = {
    "remind": {
        "label": {"en": "Time to remind of the rule", "pl": "Pora przypomnieć zasadę", "ru": "Пора напомнить правило"},
        "client": {"en": "I would like to remind us of what we agreed, so that it stays easy for both of us.", "pl": "Chcę przypomnieć, na co się umówiliśmy, żeby było nam obojgu lżej.", "ru": "Хочу напомнить, о чём мы договорились, чтобы нам обоим было легко."},
        "practitioner": {"en": "This time it was me who did not keep what we agreed. I am sorry, and I make it good.", "pl": "Tym razem to po mojej stronie umowa nie została dotrzymana. Przepraszam i wyrównuję to.", "ru": "В этот раз договорённость не соблюдена с моей стороны. Прошу прощения и исправляю это."},
    },
    "talk": {
        "label": {"en": "Time to talk about it", "pl": "Pora na rozmowę", "ru": "Пора поговорить"},
        "client": {"en": "It has happened again. What makes it hard, and what would help us keep to the time?", "pl": "To się powtarza. Co to utrudnia i co pomogłoby nam trzymać się ustaleń?", "ru": "Это повторяется. Что мешает и что помогло бы нам держаться договорённостей?"},
        "practitioner": {"en": "It has happened on my side again. Let us talk about what I change.", "pl": "To znów po mojej stronie. Porozmawiajmy o tym, co zmienię.", "ru": "Это снова с моей стороны. Давайте обсудим, что я изменю."},
    },
    "renegotiate": {
        "label": {"en": "Time for other terms", "pl": "Pora na inne ustalenia", "ru": "Пора договориться иначе"},
        "client": {"en": "What we agreed does not fit as it is. Shall we find another hour, length or rhythm?", "pl": "To, na co się umówiliśmy, nie pasuje. Poszukamy innej pory, długości albo rytmu?", "ru": "То, о чём мы договорились, не подходит. Поищем другое время, длину или ритм?"},
        "practitioner": {"en": "I do not manage to keep what we agreed. I suggest terms that I can keep.", "pl": "Nie udaje mi się dotrzymać tego, na co się umówiliśmy. Proponuję warunki, których dotrzymam.", "ru": "У меня не получается соблюдать договорённое. Предлагаю условия, которые смогу выполнить."},
    },
    "end": {
        "label": {"en": "Time to think about an end", "pl": "Pora pomyśleć o zakończeniu", "ru": "Пора подумать о завершении"},
        "client": {"en": "I think it is fairer to both of us to end here. I can help you find somebody who fits better.", "pl": "Myślę, że uczciwiej dla nas obojga będzie tu zakończyć. Pomogę znaleźć kogoś, kto lepiej pasuje.", "ru": "Думаю, честнее для нас обоих будет на этом завершить. Помогу найти того, кто подойдёт лучше."},
        "practitioner": {"en": "I have not kept our agreement. You may end it here, and I help you find somebody else.", "pl": "Nie dotrzymuję naszej umowy. Można ją tu zakończyć; pomogę znaleźć kogoś innego.", "ru": "Я не соблюдаю нашу договорённость. Её можно завершить здесь; я помогу найти другого специалиста."},
    },
}
