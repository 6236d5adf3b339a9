"""The sentences about messages between meetings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Messages", "pl": "Wiadomości", "ru": "Сообщения"}

RULE: Forms = {
    "long": {
        "en": "Each side may write at any time, and neither has to read or answer at once. The "
        "practitioner answers in these hours: {windows}. An answer comes within "
        "{reply_hours:hour|hours}, counting only these hours.",
        "pl": "Każda ze stron może pisać o dowolnej porze i żadna nie musi czytać ani odpowiadać "
        "od razu. Osoba prowadząca odpowiada w tych godzinach: {windows}. Odpowiedź przychodzi w "
        "ciągu {reply_hours:godziny|godzin|godzin}; liczą się tylko godziny podane wyżej.",
        "ru": "Каждая сторона может писать в любое время, и ни одна не обязана читать и отвечать "
        "сразу. Специалист отвечает в эти часы: {windows}. Ответ приходит в течение "
        "{reply_hours:часа|часов|часов}; в счёт идут только эти часы.",
    },
    "short": {
        "en": "Messages: {windows}; answer within {reply_hours:working hour|working hours}.",
        "pl": "Wiadomości: {windows}; odpowiedź w ciągu {reply_hours:godziny roboczej|godzin "
        "roboczych|godzin roboczych}.",
        "ru": "Сообщения: {windows}; ответ — за {reply_hours:рабочий час|рабочих часа|рабочих "
        "часов}.",
    },
    "line": {
        "en": "You may write at any time; I answer in these hours: {windows}.",
        "pl": "Pisać można o każdej porze; odpowiadam w tych godzinach: {windows}.",
        "ru": "Писать можно в любое время; отвечаю в эти часы: {windows}.",
    },
}

REASONS: dict[str, Forms] = {
    "answer_later": {
        "long": {
            "en": "A message sent outside the agreed hours ({windows}) is welcome and waits until "
            "they begin again; the time for an answer runs from then. Each side may rest until "
            "then.",
            "pl": "Pisać można też poza ustalonymi godzinami ({windows}): wiadomość czeka na "
            "najbliższe z nich i dopiero wtedy zaczyna biec czas na odpowiedź. Do tego czasu każda "
            "ze stron może odpoczywać.",
            "ru": "Писать можно и в нерабочие часы: сообщение ждёт ближайших рабочих ({windows}), "
            "и только тогда начинается отсчёт времени на ответ. До тех пор каждая сторона может "
            "отдыхать.",
        },
        "short": {
            "en": "Write any time; outside the hours the answer comes later.",
            "pl": "Pisać można zawsze; poza ustalonymi godzinami odpowiedź przychodzi później.",
            "ru": "Писать можно всегда; в нерабочие часы ответ придёт позже.",
        },
        "line": {
            "en": "If you write outside my hours, I will read it when they begin again.",
            "pl": "Wiadomość wysłaną poza moimi godzinami przeczytam, gdy znów się zaczną.",
            "ru": "Если вы напишете в нерабочие часы, я прочту, когда начнутся рабочие.",
        },
        "reason": {
            "en": "answer by {promised_at}",
            "pl": "termin odpowiedzi: {promised_at}",
            "ru": "срок ответа: {promised_at}",
        },
    },
    "late_reply": {
        "long": {
            "en": "If no answer has come within {reply_hours:working hour|working hours}, the "
            "practitioner is late with it. Each side may then simply ask again.",
            "pl": "Jeśli odpowiedź nie przyjdzie w ciągu {reply_hours:godziny roboczej|godzin "
            "roboczych|godzin roboczych}, opóźnienie jest po stronie osoby prowadzącej. Każda ze "
            "stron może wtedy po prostu przypomnieć o wiadomości.",
            "ru": "Если ответ не пришёл в течение {reply_hours:рабочего часа|рабочих "
            "часов|рабочих часов}, задержка на стороне специалиста. Каждая сторона может тогда "
            "просто напомнить о сообщении.",
        },
        "short": {
            "en": "No answer after {reply_hours:working hour|working hours}? The delay is mine; "
            "write again.",
            "pl": "Brak odpowiedzi po {reply_hours:godzinie roboczej|godzinach "
            "roboczych|godzinach roboczych} to moje opóźnienie; można przypomnieć.",
            "ru": "Нет ответа через {reply_hours:рабочий час|рабочих часа|рабочих часов} — "
            "задержка моя.",
        },
        "line": {
            "en": "If my answer does not come in time, the delay is mine; a reminder is welcome.",
            "pl": "Jeśli nie odpowiem w terminie, opóźnienie jest po mojej stronie; można mi "
            "przypomnieć.",
            "ru": "Если я не отвечу в срок, задержка на моей стороне; вы можете мне напомнить.",
        },
        "reason": {
            "en": "no answer by {promised_at}",
            "pl": "brak odpowiedzi w terminie: {promised_at}",
            "ru": "нет ответа в срок: {promised_at}",
        },
    },
    "replied_out_of_hours": {
        "long": {
            "en": "The practitioner may choose to answer outside the hours. It is a single choice "
            "and promises nothing for the next time; neither side has to answer then.",
            "pl": "Osoba prowadząca może zdecydować, że odpowie poza tymi godzinami. To "
            "jednorazowy wybór i niczego nie obiecuje na przyszłość; żadna ze stron nie musi wtedy "
            "odpowiadać.",
            "ru": "Специалист может решить ответить в нерабочие часы. Это разовый выбор, и он "
            "ничего не обещает на будущее; ни одна из сторон не обязана тогда отвечать.",
        },
        "short": {
            "en": "An answer outside the hours is a choice, not a promise.",
            "pl": "Odpowiedź poza ustalonymi godzinami to wybór, nie obietnica.",
            "ru": "Ответ в нерабочие часы — это выбор, а не обещание.",
        },
        "line": {
            "en": "If I write outside my hours, you need not answer until it suits you.",
            "pl": "Jeśli napiszę poza swoimi godzinami, z odpowiedzią można spokojnie poczekać.",
            "ru": "Если я напишу в нерабочие часы, с ответом можно не спешить.",
        },
        "reason": {
            "en": "an answer outside the hours",
            "pl": "odpowiedź poza ustalonymi godzinami",
            "ru": "ответ в нерабочие часы",
        },
    },
}
