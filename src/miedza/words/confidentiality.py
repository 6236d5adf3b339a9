"""The sentences about what stays between both sides."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from miedza.words.sentence import Forms, Texts

TITLE: Texts = {"en": "Confidentiality", "pl": "Poufność", "ru": "Конфиденциальность"}

RULE: Forms = {
    "long": {
        "en": "What is said in our meetings stays between us, unless somebody's life or health is "
        "in danger or the law leaves no choice. {recording_phrase}",
        "pl": "To, o czym rozmawiamy na spotkaniach, zostaje między nami, chyba że zagrożone jest "
        "czyjeś życie lub zdrowie albo prawo nie zostawia wyboru. {recording_phrase}",
        "ru": "Всё, о чём мы говорим на встречах, остаётся между нами, кроме случаев, когда есть "
        "угроза чьей-то жизни или здоровью либо когда иного требует закон. "
        "{recording_phrase}",
    },
    "short": {
        "en": "What we talk about stays between us. {recording_phrase}",
        "pl": "Nasze rozmowy zostają między nami. {recording_phrase}",
        "ru": "Наши разговоры остаются между нами. {recording_phrase}",
    },
    "line": {
        "en": "What we talk about stays between us, and {recording_clause}.",
        "pl": "Nasze rozmowy zostają między nami, a {recording_clause}.",
        "ru": "Наши разговоры остаются между нами, а {recording_clause}.",
    },
}

REASONS: dict[str, Forms] = {}

RECORDING: dict[str, Texts] = {
    "never": {
        "en": "We do not record our meetings.",
        "pl": "Spotkań nie nagrywamy.",
        "ru": "Встречи мы не записываем ни на аудио, ни на видео.",
    },
    "with_consent": {
        "en": "We record a meeting only if both sides agree first.",
        "pl": "Spotkanie nagrywamy tylko za zgodą obu stron.",
        "ru": "Аудио- и видеозапись — только с согласия обеих сторон.",
    },
}
