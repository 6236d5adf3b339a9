"""Each page speaks one language: no sentence of another stands on it, and numbers agree."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from miedza.words import registry
from tests.cast import book
from tests.web.addresses import PAGES, ROWS, find_reader
from tests.web.pages import present, read, sign_in, yesterday_at
from tests.web.rules_answers import all_rules, answer
from tools.translations import catalogue_path, read_catalogue

if TYPE_CHECKING:
    from babel.messages.catalog import Message

    from tests.cast import Cast
    from tests.web.pages import Stage

LANGUAGES = ("pl", "ru")
STOP_WORDS = re.compile(
    r"\b(the|you|your|and|with|when|this|not|yet|what|from|are|is|please|enter|must|select|value"
    r"|required|field|ensure|least|sign|code|sent)\b",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-z]{3,}")
ALLOWED = {
    "Miedza", "miedza", "judge", "Ola", "Anna", "PLN", "Europe", "Warsaw", "Lisbon", "example",
    "anna", "key", "phone", "shy", "script", "Marek", "cki", "JavaScript", "Zieli", "ska", "Ida",
    "Ewa", "Jan", "Firma", "SHA", "CalDAV", "Nextcloud", "iCloud", "Fastmail",
    "ics", "off", "words", "Adam",
}  # fmt: skip
"""Names, and what was written by somebody on the stage."""


def _need_compiled(language: str) -> None:
    """Leave out, and say why, where the sentences have not been compiled."""
    path = catalogue_path(language).with_suffix(".mo")
    if not path.exists():
        pytest.skip(f"{path} is missing: run python -m tools.ready first")


def _parts(response: Any, language: str) -> list[str]:
    """Every piece that somebody sees or hears.

    Names of zones and languages are left out, and what is said to be in another language; so are
    addresses, which are the same in all of them.
    """
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    own = r'<select name="(time_zone|currency|language)".*?</select>'
    page = re.sub(own, " ", page, flags=re.DOTALL)
    other = rf'<(\w+)\b[^>]*\slang="(?!{language}")\w+"[^>]*>.*?</\1>'
    page = re.sub(other, " ", page, flags=re.DOTALL)
    page = re.sub(r'<meta name="(viewport|color-scheme|htmx-config|csp-nonce)"[^>]*>', " ", page)
    said = re.findall(r'\b(?:aria-label|placeholder|title|alt|content)="([^"]*)"', page)
    parts = [*said, *re.split(r"<[^>]+>", page)]
    parts = [re.sub(r"https?://\S+", " ", html.unescape(part)) for part in parts]
    return [words for part in parts if (words := " ".join(part.split()))]


def _forms(said: Any) -> tuple[str, ...]:
    """The forms of a message, or of its translation; one where it counts nothing."""
    return tuple(said) if isinstance(said, tuple | list) else (said or "",)


def _texts(message: Message) -> list[tuple[str, str]]:
    """English sentences of one message, each with its translation."""
    return list(zip(_forms(message.id), _forms(message.string), strict=False))


def _english(language: str) -> list[str]:
    """The English sentences that a page in a language must not hold; gaps are printed."""
    found, gaps = [], []
    for message in read_catalogue(language):
        for source, target in _texts(message) if message.id else ():
            if not target:
                gaps.append(source)
            elif source != target:
                found.append(" ".join(source.split()))
    if gaps:
        print(f"not translated to {language} yet, so not looked for: {gaps}")
    return found


def _pieces(sentence: str) -> list[str]:
    """The pieces of a sentence between its values, where they are long enough to know it by."""
    pieces = re.split(r"%\(\w+\)[sd]|%%", sentence)
    return [piece.strip() for piece in pieces if len(piece.split()) >= 3]


def _check(response: Any, language: str) -> None:
    """Look for English on a page."""
    parts = _parts(response, language)
    page = "\n".join(parts)
    for sentence in _english(language):
        assert sentence not in parts, sentence
        for piece in _pieces(sentence):
            assert piece not in page, (piece, sentence)
    for rule in registry.RULES:
        assert registry.say_title(rule, "en") not in parts
    for part in parts:
        assert not STOP_WORDS.search(part), part
        if language == "ru":
            foreign = set(LATIN.findall(re.sub(r"\S+@\S+|\b[0-9a-f]{64}\b", "", part))) - ALLOWED
            assert not foreign, (part, foreign)
    assert response["Content-Language"] == language


def _ids(name: str, stage: Stage) -> list[Any]:
    ids = ROWS[name].ids
    return [] if ids is None else ids(stage.mine)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name != "mfa_remove_webauthn"])
def test_page_speaks_one_language(name: str, language: str, stage: Stage, db: None) -> None:
    _need_compiled(language)
    client = sign_in(find_reader(name, stage.mine), language)

    response = client.get(reverse(name, args=_ids(name, stage)))

    if response.status_code == 200:
        _check(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["add_person", "book", "notes", "settings", "rules", "record"])
def test_refusal_speaks_one_language(name: str, language: str, stage: Stage, db: None) -> None:
    _need_compiled(language)
    client = sign_in(stage.mine.practitioner.user, language)
    address = reverse(name, args=_ids(name, stage))
    wrong = dict.fromkeys(("name", "text", "what_for", "usual_price_minor", "amount"), "\0")
    bodies: list[dict[str, str]] = [
        {"csrfmiddlewaretoken": "x"},
        {**wrong, "email": "x", "usual_minutes": "x", "minutes": "0", "day": "x", "clock": "x"},
        {"type": "moved", "by": "client", "at_day": "9999-12-31", "at_clock": "x"},
        {"day": "1999-01-01", "clock": "10:00", "kind": "x", "price_minor": ""},
        {"type": "paid", "by": "client", "at_clock": "10:00", "at_day": "2199-01-01"},
        answer(all_rules(), mine__missed__percent="1", mon__from="x", missed__percent="101"),
        answer(all_rules(), tier0__hours="1", lateness__grace_minutes="99", mon__from="x"),
    ]

    for body in bodies:
        response = client.post(address, body)
        if response.status_code == 422:
            _check(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/sign-in/", "/nothing/", "/sign-out/"])
def test_page_for_anybody_speaks_one_language(
    address: str, language: str, stage: Stage, db: None
) -> None:
    _need_compiled(language)
    client = Client(headers={"accept-language": language})

    response = client.get(address)

    if response.status_code in (200, 404):
        _check(response, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_page_speaks_one_language(language: str, queue: None) -> None:
    _need_compiled(language)
    client = Client(headers={"accept-language": language})

    client.post("/sign-in/", {"email": "anna@miedza.example"})
    _check(client.get("/sign-in/code/"), language)
    for _ in range(2):
        _check(client.post("/sign-in/code/", {"code": "WRONG1"}), language)
    client.post("/sign-in/code/", {"code": "WRONG1"})
    _check(client.get("/sign-in/"), language)
    _check(client.post("/sign-in/", {"email": "x"}), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 5, 11, 12, 21, 22, 25, 101, 112])
def test_numbers_agree_with_their_nouns(count: int, language: str) -> None:
    _need_compiled(language)
    last, teens = count % 10, 11 <= count % 100 <= 14
    one = count == 1 if language == "pl" else last == 1 and not teens
    form = 0 if one else 1 if 2 <= last <= 4 and not teens else 2

    for message in read_catalogue(language):
        if len(_forms(message.id)) == 2:
            singular, plural = _forms(message.id)
            assert len(set(_forms(message.string))) > 1, singular
            with translation.override(language):
                said = translation.ngettext(singular, plural, count)
            assert said == _forms(message.string)[form], (singular, count)


MINUTES = {
    "en": {1: "1 minute ·", 2: "2 minutes ·", 5: "5 minutes ·", 22: "22 minutes ·"},
    "pl": {1: "1 minuta ·", 2: "2 minuty ·", 5: "5 minut ·", 22: "22 minuty ·"},
    "ru": {1: "1 минута ·", 2: "2 минуты ·", 5: "5 минут ·", 21: "21 минута ·"},
}


@pytest.mark.parametrize("language", MINUTES)
def test_length_of_a_meeting_agrees(language: str, cast: Cast, db: None) -> None:
    _need_compiled("pl")
    client = sign_in(cast.anna.user, language)
    for hours, (minutes, said) in enumerate(MINUTES[language].items()):
        start = present() + timedelta(days=40, hours=hours)  # After all that is on the stage.
        booking = book(cast.anna, cast.ola, start, minutes=minutes, now=present())
        assert said in read(client.get(reverse("meeting", args=[booking.id])))


CLOSED = {
    "en": ("1 meeting confirmed", "2 meetings confirmed", "5 meetings confirmed"),
    "pl": ("1 spotkanie", "2 spotkania", "5 spotkań"),
    "ru": ("1 встреча", "2 встречи", "5 встреч"),
}


@pytest.mark.parametrize("language", CLOSED)
def test_closed_meetings_agree(language: str, cast: Cast, db: None) -> None:
    _need_compiled("pl")
    client = sign_in(cast.anna.user, language)
    for days, (count, said) in enumerate(zip((1, 2, 5), CLOSED[language], strict=True), start=20):
        ids = []
        for hour in range(8, 8 + count):
            start = yesterday_at(hour, days=days)
            ids.append(book(cast.anna, cast.ola, start, minutes=50, now=start).id)
        client.post(reverse("close_day"), {"booking": [str(booking) for booking in ids]})
        assert said in read(client.get(reverse("today")))
