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
