"""The sentences about withdrawing from the contract. Source: Directive 2011/83/EU, article 9."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {
    "en": "Withdrawal from the contract",
    "pl": "Odstąpienie od umowy",
    "ru": "Отказ от договора",
}

RULE: Forms = {
    "long": {
        "en": "Within {days:day|days} of concluding the contract the client may withdraw from it "
        "without giving a reason. If by then the work has begun at the client's request, "
        "only what has been done is paid for; the rest is returned.",
        "pl": "W ciągu {days:dnia|dni|dni} od zawarcia umowy klient może od niej odstąpić bez "
        "podania przyczyny. Jeśli na jego prośbę współpraca już się zaczęła, płaci tylko za to, "
        "co się odbyło; reszta do niego wraca.",
        "ru": "В течение {days:дня|дней|дней} после заключения договора клиент может отказаться "
        "от него без объяснения причин. Если по его просьбе работа уже началась, он платит "
        "только за то, что состоялось; остальное ему возвращается.",
    },
    "short": {
        "en": "You may withdraw from the contract within {days:day|days}, no reason needed.",
        "pl": "Od umowy można odstąpić w ciągu {days:dnia|dni|dni}, bez podania przyczyny.",
        "ru": "Отказаться от договора можно в течение {days:дня|дней|дней}, без объяснения причин.",
    },
    "line": {
        "en": "You may withdraw from our contract within {days:day|days} of concluding it, and "
        "you need not say why.",
        "pl": "Od naszej umowy można odstąpić w ciągu {days:dnia|dni|dni} od jej zawarcia i nie "
        "trzeba mówić dlaczego.",
        "ru": "От нашего договора можно отказаться в течение {days:дня|дней|дней} после "
        "заключения, и объяснять причину не нужно.",
    },
}

REASONS: dict[str, Forms] = {}
