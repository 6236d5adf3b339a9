"""The sentences around the rules: whole in every language, and none obeys what is put into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.words import agreement, costs
from miedza.words.sentence import fill
from tests.hostile import HOSTILE
from tests.words.sentences import LANGUAGES, find_places

if TYPE_CHECKING:
    from miedza.words.sentence import Texts

SENTENCES: dict[str, tuple[Texts, set[str]]] = {
    "title": (agreement.TITLE, set()),
    "parties": (agreement.PARTIES, {"practitioner", "client", "number", "published"}),
    "holds-date": (agreement.HOLDS["date"], {"holds"}),
    "holds-acceptance": (agreement.HOLDS["acceptance"], set()),
    "both": (agreement.BOTH, set()),
    "money": (agreement.MONEY, {"currency", "zone"}),
    "stricter": (agreement.STRICTER, set()),
    "absent": (agreement.ABSENT, set()),
    "costs": (costs.ALL, {"steps"}),
    "until": (costs.UNTIL, {"when", "cost"}),
    "later": (costs.LATER, {"cost"}),
    "always": (costs.ALWAYS, {"cost"}),
    "nothing": (costs.NOTHING, set()),
}
"""Every sentence, and what it names."""
WHOLE = ("parties", "holds-date", "holds-acceptance", "both", "money", "absent", "costs")


def test_no_sentence_is_forgotten_here() -> None:
    told = [texts for texts, _places in SENTENCES.values()]
    written = [
        *(value for name, value in vars(agreement).items() if name.isupper() and name != "HOLDS"),
        *agreement.HOLDS.values(),
        *(value for name, value in vars(costs).items() if name.isupper()),
    ]
    written = [texts for texts in written if isinstance(texts, dict)]

    assert len(written) == len(told)
    assert all(texts in told for texts in written)


@pytest.mark.parametrize("name", SENTENCES)
def test_sentence_is_said_in_every_language_and_names_the_same(name: str) -> None:
    texts, places = SENTENCES[name]

    assert {language: find_places(text) for language, text in texts.items()} == dict.fromkeys(
        LANGUAGES, places
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WHOLE)
def test_whole_sentences_begin_and_end_as_such(name: str, language: str) -> None:
    text = SENTENCES[name][0][language]

    assert (text[0].isupper(), text[-1], "  " in text, "!" in text) == (True, ".", False, False)


@pytest.mark.parametrize("name", SENTENCES)
def test_each_language_keeps_to_its_letters(name: str) -> None:
    texts, places = SENTENCES[name]
    for language, text in texts.items():
        bare = fill(text, language, dict.fromkeys(places, ""))
        cyrillic = any("а" <= letter <= "ё" for letter in bare.lower())
        latin = any("a" <= letter <= "z" for letter in bare.lower())

        assert (cyrillic, latin) == (language == "ru", language != "ru")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, (_, places) in SENTENCES.items() if places])
def test_what_is_put_into_a_sentence_stays_as_it_is(name: str, language: str) -> None:
    texts, places = SENTENCES[name]
    mark = "\N{BLACK SQUARE}"
    marked = {place: f"{mark}{place}{mark}" for place in places}
    template = fill(texts[language], language, marked)
    for hostile in HOSTILE:
        expected = template
        for place in places:
            expected = expected.replace(marked[place], f"{mark}{mark}")

        said = fill(texts[language], language, dict.fromkeys(places, hostile))

        assert said == expected.replace(mark * 2, hostile)
