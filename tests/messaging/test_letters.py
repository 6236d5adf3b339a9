"""Every letter says the same as text and as a page, in its reader's language, whoever is named."""

from __future__ import annotations

import html
import re
from email import message_from_bytes, policy
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from miedza.adapters.mail import Post, _write
from miedza.core.terms import read_terms
from miedza.jobs.worker import _open
from miedza.messaging.composing import Content, Point, compose, greet
from miedza.messaging.envelopes import Envelope, read_envelope, write_envelope
from miedza.messaging.letters import list_short_rules
from miedza.messaging.letters_of_meetings import say_rules
from miedza.words.registry import RULES
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY
from tests.core.samples import TERMS
from tests.hostile import HOSTILE
from tests.messaging.writing import KINDS, TOKEN, Writer
from tests.words.sentences import LANGUAGES

if TYPE_CHECKING:
    from email.message import EmailMessage

every_letter = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LANGUAGES)
SENDER = "Miedza <miedza@praktyka.example>"
OLA = "ola@miedza.example"


class Page(HTMLParser):
    """What a page of HTML shows, and which elements and addresses it has."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.shown, self.tags, self.links = "", [], []
        self.feed(source)

    shown: str
    tags: list[str]
    links: list[str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        """Keep what is shown."""
        self.shown += data


def _flat(text: str) -> str:
    """A text without regard to how its spaces and lines are set."""
    return " ".join(text.split())


def _parts(content: Content) -> list[str]:
    """All that a letter says."""
    parts = [content.greeting, *content.paragraphs, *content.after, *content.closing]
    for point in content.points:
        parts += [point.title, point.text]
    if content.button is not None:
        parts += list(content.button)
    return [part for part in parts if part]


@every_language
@every_letter
@pytest.mark.parametrize("reader", ["client", "practitioner"])
def test_text_and_page_say_all_of_it(kind: str, language: str, reader: str) -> None:
    writer = Writer(language)
    content, envelope = writer.write(kind, reader), writer.compose(kind, reader)

    page = _flat(Page(envelope.html).shown)
    for part in _parts(content):
        assert _flat(part) in _flat(envelope.text)
        assert _flat(part) in page
    assert f'lang="{language}"' in envelope.html
    assert envelope._replace(text="", html="") == Envelope(
        subject=content.subject, text="", sender_name="Ola", reply_to="anna@miedza.example"
    )


@every_letter
def test_letter_is_wholly_in_its_language(kind: str) -> None:
    for language in LANGUAGES:
        envelope = Writer(language, name="…", words="…").compose(kind)
        said = f"{envelope.subject}\n{envelope.text}"
        said = re.sub(
            r"https?://\S+|[0-9a-f]{64}|PLN|SHA-256|Europe/Warsaw|Miedza|ola@\S+", "", said
        )
        if kind in ("moved", "cancelled", "differs"):
            said = re.sub("przekroczone, |późne odwołanie|Do zapłaty 100 zł", "", said)

        cyrillic, latin = re.findall("[а-яё]", said.lower()), re.findall("[a-z]", said.lower())
        assert (bool(cyrillic), bool(latin)) == (language == "ru", language != "ru")
        assert not re.search(r"%\(|\{\w|\{%|\[\w+\?", said)


@every_letter
def test_languages_differ(kind: str) -> None:
    subjects = {Writer(language).write(kind).subject for language in LANGUAGES}

    assert len(subjects) == 3


@every_letter
def test_language_of_a_letter_is_not_that_of_the_page(kind: str) -> None:
    alone = Writer("ru").compose(kind)

    with override("pl"):
        assert Writer("ru").compose(kind) == alone


@every_letter
def test_hostile_names_and_words_stay_as_they_are(kind: str) -> None:
    language = LANGUAGES[KINDS.index(kind) % 3]
    marked = Writer(language, name="■", words="■").compose(kind)
    for hostile in HOSTILE:
        greeted = hostile.split(maxsplit=1)[0]
        writer = Writer(language, name=hostile, words=hostile)
        content = writer.write(kind)

        envelope = writer.compose(kind)

        assert content.greeting in (greet("■").replace("■", greeted), content.greeting)
        for part in _parts(content):
            assert _trim(part) in envelope.text
            assert _trim(html.escape(part)) in _trim(envelope.html)
        assert Page(envelope.html).tags == Page(marked.html).tags
        assert Page(envelope.html).links == Page(marked.html).links
        assert read_envelope(write_envelope(envelope)) == envelope


def _trim(text: str) -> str:
    """Lines without spaces at their ends, which a letter does not keep."""
    return "\n".join(line.rstrip(" ") for line in text.strip().split("\n"))


def _pass_on(envelopes: list[Envelope]) -> list[EmailMessage]:
    """Letters as they arrive, read from the bytes that a mail server is handed."""
    posts = [Post(sender=SENDER, to=OLA, **_open(envelope)) for envelope in envelopes]
    written = [_write(post).as_bytes(policy=policy.SMTP) for post in posts]
    return [message_from_bytes(each, policy=policy.default) for each in written]


HEADERS = [
    "From", "To", "Reply-To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type",
]  # fmt: skip


@every_letter
def test_hostile_names_bring_no_header_and_no_addressee(kind: str) -> None:
    language = LANGUAGES[KINDS.index(kind) % 3]
    envelopes = [Writer(language, name=hostile, words=hostile).compose(kind) for hostile in HOSTILE]

    messages = _pass_on(envelopes)

    assert len(messages) == len(envelopes)
    for message, envelope in zip(messages, envelopes, strict=True):
        assert message.keys() == HEADERS
        for name, address in (("To", OLA), ("From", "miedza@praktyka.example")):
            (mailbox,) = message[name].addresses
            assert mailbox.addr_spec == address
        assert _bare(message["From"].addresses[0].display_name) == _bare(envelope.sender_name)
        (mailbox,) = message["Reply-To"].addresses
        assert mailbox.addr_spec == "anna@miedza.example"
        assert message["Subject"] == _flat(envelope.subject)
        _assert_body(message, envelope)


def _bare(name: str) -> str:
    """A name without its spaces: the library that reads it puts some between encoded words."""
    return "".join(name.split())


def _assert_body(message: EmailMessage, envelope: Envelope) -> None:
    """Both parts arrive as they were written, but for the ends of their lines."""
    parts = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
    assert set(parts) == {"text/plain", "text/html"}
    for kind, written in (("text/plain", envelope.text), ("text/html", envelope.html)):
        arrived = parts[kind].get_content()
        assert _ends(arrived) == _ends(written)


def _ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


@every_language
def test_short_rules_are_each_rule_in_a_line(language: str) -> None:
    points = list_short_rules(TERMS, language)

    assert len(points) == len(RULES)
    assert all(point.text and not point.title and "\n" not in point.text for point in points)


def test_link_of_an_invitation_stands_in_both_parts_once_each() -> None:
    envelope = Writer("pl").compose("asked")

    link = f"http://localhost:8000/agree/{TOKEN}/"
    assert envelope.text.count(link) == 1
    assert Page(envelope.html).links == [link, link]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (72, "until 28 Feb, 10:00 nothing to pay; until 1 Mar, 10:00 PLN100; later PLN200"),
        (48, "until 28 Feb, 10:00 nothing to pay; until 1 Mar, 10:00 PLN100; later PLN200"),
        (47, "until 1 Mar, 10:00 PLN100; later PLN200"),
        (23, "at any time PLN200"),
        (0, "at any time PLN200"),
    ],
)
def test_costs_that_have_passed_are_not_offered(hours: int, said: str) -> None:
    meeting = Writer("en").meeting()
    now = MONDAY - (MONDAY - BOOKED) / (MONDAY - BOOKED).total_seconds() * hours * 3600

    with override("en"):
        lines = say_rules(meeting._replace(now=now))

    assert f"Should you need to cancel: {said}. The rule is no lighter for me." in [
        line.replace("\N{NO-BREAK SPACE}", "") for line in lines
    ]


def test_meeting_that_no_rules_judge_is_told_without_rules() -> None:
    writer = Writer("en")
    bare = {**ANNAS_TERMS, "rules": {"session": {"minutes": 60}}}

    assert say_rules(writer.meeting()._replace(terms=None)) == []
    assert say_rules(writer.meeting()._replace(terms=read_terms(bare))) == []


def test_point_without_a_title_stands_alone() -> None:
    content = Content("Subject", "Hello,", ["One."], points=[Point("", "Two."), Point("A", "B.")])

    envelope = compose(content, practice=Writer("en").practice, language="en", reply_to="")

    assert envelope.text == "Hello,\n\nOne.\n\n– Two.\n\n– A: B.\n\nOla\n"
    assert "<li>Two.</li>" in envelope.html
    assert "<li><b>A:</b> B.</li>" in envelope.html


@pytest.mark.parametrize("text", ["", "[]", "{}", "1", '{"subject": "…"}', "{"])
def test_what_is_no_envelope_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - one of two, as the text is broken.
        read_envelope(text)
