"""The sentences about paying."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Payment", "pl": "Płatność", "ru": "Оплата"}

RULE: Forms = {
    "long": {
        "en": "Each side pays what it owes. The client's payment is due {due_phrase}; what was "
        "paid beyond what is owed, the practitioner gives back. {unpaid_phrase}",
        "pl": "Każda ze stron oddaje to, co należy się drugiej. Termin płatności "
        "klienta: {due_phrase}; nadpłatę zwraca osoba prowadząca. {unpaid_phrase}",
        "ru": "Каждая сторона отдаёт то, что причитается другой. Клиент платит {due_phrase}; "
        "переплату специалист возвращает. {unpaid_phrase}",
    },
    "short": {
        "en": "Payment is due {due_phrase}.",
        "pl": "Termin płatności: {due_phrase}.",
        "ru": "Оплата — {due_phrase}.",
    },
    "line": {
        "en": "Payment is due {due_phrase}; anything overpaid I give back.",
        "pl": "Termin płatności: {due_phrase}; nadpłatę zwracam.",
        "ru": "Оплата — {due_phrase}; переплату возвращаю.",
    },
}

REASONS: dict[str, Forms] = {
    "unpaid": {
        "long": {
            "en": "Payment is due {due_phrase}. What is still missing then is noted as unpaid; the "
            "delay adds no charge. {unpaid_phrase}",
            "pl": "Termin płatności: {due_phrase}. To, czego po tym terminie brakuje, zapisujemy "
            "jako nieopłacone; samo opóźnienie nic nie kosztuje. {unpaid_phrase}",
            "ru": "Оплата — {due_phrase}. Что к этому сроку не оплачено, так и отмечаем; за саму "
            "задержку доплаты нет. {unpaid_phrase}",
        },
        "short": {
            "en": "Due {due_phrase}; a delay adds no charge.",
            "pl": "Termin: {due_phrase}; samo opóźnienie nic nie kosztuje.",
            "ru": "Оплата — {due_phrase}; за задержку доплаты нет.",
        },
        "line": {
            "en": "If paying {due_phrase} is difficult, please let me know in good time.",
            "pl": "Jeśli trudno zapłacić {due_phrase}, proszę dać mi znać wcześniej.",
            "ru": "Если оплатить {due_phrase} трудно, напишите мне, пожалуйста, заранее.",
        },
        "reason": {
            "en": "{missing} still to pay",
            "pl": "do zapłaty {missing}",
            "ru": "к оплате {missing}",
        },
    },
}
