"""Letters about meetings that put something right: what was a mistake, what is judged anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from miedza.messaging.composing import Content, greet
from miedza.messaging.letters_of_meetings import list_details, say_followed, say_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miedza.ledger.models import Event
    from miedza.messaging.letters_of_meetings import Meeting
    from miedza.messaging.saying import Said


def tell_stands(meeting: Meeting, *, taken_back: Event) -> Content:
    """What was told of a meeting was a mistake: it stands as follows."""
    subject = _("As before: %(when)s") % {"when": meeting.when}
    said = _("The last message about this meeting was a mistake. The meeting stands:")
    if taken_back.entered_by == "client":
        subject = _("Taken back: %(when)s") % {"when": meeting.when}
        values = {"name": meeting.practice.name, "what": say_act(taken_back.type)}
        said = _(
            "%(name)s has taken back from the record, as entered by mistake: %(what)s. The meeting "
            "is judged as if that had not happened. If you see it differently, answer this letter."
        )
        said %= values
    return Content(
        subject=subject,
        greeting=greet(meeting.addressee),
        paragraphs=[said],
        points=list_details(meeting),
        button=meeting.link(),
    )


def tell_rejudged(meeting: Meeting, *, act: str, said: Sequence[Said]) -> Content:
    """The rules say something else of what its client did than they were told."""
    return Content(
        subject=_("Judged anew: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _(
                "Something in the record was put right or added, and so the rules now say "
                "something else of %(what)s. If you see it differently, answer this letter."
            )
            % {"what": act}
        ],
        points=list_details(meeting),
        after=say_followed(said),
        button=meeting.link(),
    )


def tell_released(meeting: Meeting) -> Content:
    """A meeting was not paid for in time: its hour is free again."""
    return Content(
        subject=_("Free again: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _(
                "The meeting of %(when)s was not paid for in time, so by the rules its hour is "
                "free again. It can be booked anew."
            )
            % {"when": meeting.when}
        ],
        after=say_line(meeting, "payment"),
        button=meeting.link(),
    )


def say_act(type: str) -> str:  # noqa: A002 - the field's own name in the contract of the rules.
    """What its client did with a meeting, as they read it."""
    return {
        "cancelled": _("your cancellation"),
        "moved": _("your move"),
        "request_added": _("your request"),
    }[type]


def tell_struck(meeting: Meeting) -> Content:
    """A booking that was told of was a mistake: there is no such meeting."""
    return Content(
        subject=_("No meeting: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("The meeting of %(when)s was entered by mistake and does not take place.")
            % {"when": meeting.when}
        ],
    )
