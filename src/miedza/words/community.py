"""The sentences about how people speak with each other on the practice's own pages."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {
    "en": "Comments and direct messages",
    "pl": "Komentarze i wiadomości prywatne",
    "ru": "Комментарии и личные сообщения",
}

RULE: Forms = {
    "long": {
        "en": "On the pages of the practice we speak with respect, and what is personal we keep "
        "for our meetings. {comments_phrase} {direct_messages_phrase}",
        "pl": "Na stronach praktyki odnosimy się do siebie z szacunkiem, a sprawy osobiste "
        "zostawiamy na spotkania. {comments_phrase} {direct_messages_phrase}",
        "ru": "На страницах практики мы относимся друг к другу с уважением, а личное оставляем "
        "для встреч. {comments_phrase} {direct_messages_phrase}",
    },
    "short": {
        "en": "{comments_phrase} {direct_messages_phrase}",
        "pl": "{comments_phrase} {direct_messages_phrase}",
        "ru": "{comments_phrase} {direct_messages_phrase}",
    },
    "line": {
        "en": "{direct_messages_phrase}",
        "pl": "{direct_messages_phrase}",
        "ru": "{direct_messages_phrase}",
    },
}

REASONS: dict[str, Forms] = {}

COMMENTS: dict[str, Texts] = {
    "open": {
        "en": "Comments are open.",
        "pl": "Komentarze są otwarte.",
        "ru": "Комментарии открыты.",
    },
    "moderated": {
        "en": "Comments appear once they have been read.",
        "pl": "Komentarze ukazują się po przejrzeniu.",
        "ru": "Комментарии появляются после проверки.",
    },
    "closed": {
        "en": "Comments are closed.",
        "pl": "Komentarze są wyłączone.",
        "ru": "Комментарии закрыты.",
    },
}

DIRECT_MESSAGES: dict[str, Texts] = {
    "welcome": {
        "en": "Direct messages are welcome.",
        "pl": "Wiadomości prywatne są mile widziane.",
        "ru": "Личным сообщениям здесь рады.",
    },
    "organisation_only": {
        "en": "Direct messages are for practical matters.",
        "pl": "Wiadomości prywatne służą sprawom organizacyjnym.",
        "ru": "Личные сообщения — по организационным вопросам.",
    },
    "closed": {
        "en": "Direct messages are closed.",
        "pl": "Wiadomości prywatne są wyłączone.",
        "ru": "Личные сообщения закрыты.",
    },
}
