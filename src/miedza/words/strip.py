"""The words of the strip: verdicts, outcomes, steps, what follows."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TAGS: dict[str, Texts] = {
    "kept": {"en": "kept", "pl": "dotrzymane", "ru": "соблюдено"},
    "crossed": {"en": "not as agreed", "pl": "inaczej, niż ustalono", "ru": "не по договорённости"},
    "excused": {"en": "forgiven", "pl": "wybaczone", "ru": "прощено"},
    "unclear": {"en": "to clear up", "pl": "do wyjaśnienia", "ru": "нужно прояснить"},
}

OUTCOMES: dict[str, Texts] = {
    "open": {"en": "booked", "pl": "umówione", "ru": "назначена"},
    "held": {"en": "held", "pl": "odbyło się", "ru": "состоялась"},
    "cancelled": {"en": "cancelled", "pl": "odwołane", "ru": "отменена"},
    "missed": {"en": "missed", "pl": "nie odbyło się", "ru": "не состоялась"},
    "released": {
        "en": "released, not paid for",
        "pl": "termin zwolniony, nieopłacony",
        "ru": "время освобождено, не оплачено",
    },
    "unclear": {
        "en": "nobody said what happened",
        "pl": "nie zapisano, czy się odbyło",
        "ru": "никто не отметил, что было",
    },
}

CONSEQUENCES: dict[str, dict[str, Texts]] = {
    "practitioner": {
        "client": {
            "en": "{amount} due to you.",
            "pl": "Należy Ci się {amount}.",
            "ru": "Вам причитается {amount}.",
        },
        "practitioner": {
            "en": "{amount} due from you.",
            "pl": "Klientowi należy się {amount}.",
            "ru": "Клиенту причитается {amount}.",
        },
        "given": {
            "en": "Time you gave, worth {worth}.",
            "pl": "Podarowany czas o wartości {worth}.",
            "ru": "Подарено времени на {worth}.",
        },
    },
    "client": {
        "client": {
            "en": "{amount} due from you.",
            "pl": "Po Twojej stronie do zapłaty: {amount}.",
            "ru": "К оплате с вашей стороны: {amount}.",
        },
        "practitioner": {
            "en": "{amount} due to you.",
            "pl": "Należy Ci się {amount}.",
            "ru": "Вам причитается {amount}.",
        },
        "given": {
            "en": "Time given to you, worth {worth}.",
            "pl": "Podarowano Ci czas o wartości {worth}.",
            "ru": "Вам подарено времени на {worth}.",
        },
    },
}
"""By the side that reads: what either side owes, and time that was given."""

EXCUSES: dict[str, Forms] = {
    "goodwill": {
        "plain": {
            "en": "Goodwill: nothing follows.",
            "pl": "Zasada życzliwości: bez konsekwencji.",
            "ru": "Правило доброй воли: без последствий.",
        },
        "worth": {
            "en": "Goodwill: {forgiven} forgiven.",
            "pl": "Zasada życzliwości: wybaczone {forgiven}.",
            "ru": "Правило доброй воли: прощено {forgiven}.",
        },
    },
    "hardship": {
        "plain": {
            "en": "Hardship: nothing follows.",
            "pl": "Ważny powód: bez konsekwencji.",
            "ru": "Уважительная причина: без последствий.",
        },
        "worth": {
            "en": "Hardship: {forgiven} forgiven.",
            "pl": "Ważny powód: wybaczone {forgiven}.",
            "ru": "Уважительная причина: прощено {forgiven}.",
        },
    },
}

STEPS: dict[str, Forms] = {
    "remind": {
        "label": {
            "en": "Time for a reminder of the rule",
            "pl": "Pora przypomnieć o zasadzie",
            "ru": "Пора напомнить о правиле",
        },
        "client": {
            "en": "I would like to remind us of what we agreed, so that it stays easy for both of "
            "us.",
            "pl": "Chcę przypomnieć o naszych ustaleniach, żeby było nam łatwiej.",
            "ru": "Хочу напомнить, о чём мы договорились, чтобы нам было проще.",
        },
        "practitioner": {
            "en": "This time it was me who did not keep what we agreed. I am sorry, and I will "
            "make it good.",
            "pl": "Tym razem nie udało mi się dotrzymać ustaleń. Przepraszam; wyrównam to.",
            "ru": "В этот раз договорённость не соблюдена с моей стороны. Прошу прощения, я всё "
            "возмещу.",
        },
    },
    "talk": {
        "label": {"en": "Time to talk about it", "pl": "Pora na rozmowę", "ru": "Пора поговорить"},
        "client": {
            "en": "It has happened again. What makes it hard, and what would help us keep to the "
            "time?",
            "pl": "To się powtórzyło. Co stoi na przeszkodzie i co pomogłoby nam trzymać się "
            "ustaleń?",
            "ru": "Это повторилось. Что мешает и что помогло бы нам соблюдать договорённости?",
        },
        "practitioner": {
            "en": "It has happened on my side again. Let us talk about what I will change.",
            "pl": "To znów stało się po mojej stronie. Porozmawiajmy o tym, co zmienię.",
            "ru": "Это снова произошло с моей стороны. Давайте обсудим, что я изменю.",
        },
    },
    "renegotiate": {
        "label": {
            "en": "Time for other terms",
            "pl": "Pora na inne ustalenia",
            "ru": "Пора договориться иначе",
        },
        "client": {
            "en": "What we agreed does not fit as it is. Shall we find another hour, length or "
            "rhythm?",
            "pl": "Obecne ustalenia się nie sprawdzają. Poszukamy innej pory, długości albo rytmu?",
            "ru": "Нынешние договорённости не подходят. Поищем другое время, длительность или "
            "ритм?",
        },
        "practitioner": {
            "en": "I have not managed to keep what we agreed. I suggest terms that I can keep.",
            "pl": "Nie udaje mi się dotrzymywać naszych ustaleń. Proponuję takie, których "
            "dotrzymam.",
            "ru": "У меня не получается соблюдать наши договорённости. Предлагаю те, которые смогу "
            "выполнить.",
        },
    },
    "end": {
        "label": {
            "en": "Time to think about an end",
            "pl": "Pora pomyśleć o zakończeniu",
            "ru": "Пора подумать о завершении",
        },
        "client": {
            "en": "I think it is fairer to both of us to end here. I can help you find somebody "
            "who fits better.",
            "pl": "Myślę, że uczciwiej będzie na tym zakończyć. Mogę pomóc znaleźć kogoś, z kim "
            "będzie łatwiej.",
            "ru": "Думаю, честнее будет на этом завершить. Могу помочь найти того, кто подойдёт "
            "лучше.",
        },
        "practitioner": {
            "en": "I have not kept our agreement. You may end it here, and I will help you find "
            "somebody else.",
            "pl": "Nie dotrzymuję naszych ustaleń. Współpracę można teraz zakończyć; pomogę "
            "znaleźć kogoś innego.",
            "ru": "Я не соблюдаю наши договорённости. Работу можно завершить; я помогу найти "
            "другого специалиста.",
        },
    },
}
