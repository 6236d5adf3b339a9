"""A letter from its parts to a subject, a text and a page of HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from miedza.messaging.envelopes import Envelope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miedza.practice.models import Practice


class Button(NamedTuple):
    """The one thing to do."""

    text: str
    address: str


class Point(NamedTuple):
    """One of several things, perhaps with a name."""

    title: str
    text: str


class Content(NamedTuple):
    """What a letter says, in its reader's language."""

    subject: str
    greeting: str
    paragraphs: Sequence[str]
    points: Sequence[Point] = ()
    after: Sequence[str] = ()
    """What is said once the points are told."""
    button: Button | None = None
    closing: Sequence[str] = ()


def greet(name: str) -> str:
    """The first line of a letter to somebody."""
    return _("Hello %(name)s,") % {"name": name.split(maxsplit=1)[0]}


def compose(content: Content, *, practice: Practice, language: str, reply_to: str) -> Envelope:
    """Write a letter of a practice; the reader's language is the one that is active."""
    context = {"content": content, "practice": practice, "language": language}
    text = render_to_string("letters/letter.txt", context)
    return Envelope(
        subject=content.subject,
        # Nothing but "\n" ends a line here: `splitlines` would break a name at U+2028.
        text="\n".join(line.rstrip(" ") for line in text.strip().split("\n")) + "\n",
        html=render_to_string("letters/letter.html", context),
        sender_name=practice.name,
        reply_to=reply_to,
    )
