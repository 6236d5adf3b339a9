"""Letters when a meeting is near: a reminder, a word on being late, clocks that change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.messaging.composing import Content, greet
from miedza.messaging.letters_of_meetings import list_details, say_line, say_rules
from miedza.practice.formats import say_meeting_time, say_zone

if TYPE_CHECKING:
    from miedza.messaging.letters_of_meetings import Meeting


def remind(meeting: Meeting) -> Content:
    """A meeting is near."""
    return Content(
        subject=_("We meet: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[_("A meeting is near.")],
        points=list_details(meeting),
        after=say_rules(meeting),
        button=meeting.link(),
    )


def tell_clocks(meeting: Meeting, *, zone: str) -> Content:
    """A zone has changed its rules, and a meeting stays where it was on the clocks there."""
    values = {
        "when": meeting.when,
        "zone": say_zone(zone),
        "there": say_meeting_time(meeting.starts_at, zone),
    }
    return Content(
        subject=_("The clocks change: %(when)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[
            _(
                "The rules for the clocks of %(zone)s have changed. The meeting stays at the same "
                "hour there: %(there)s. Nobody moved it, and nothing is owed for it."
            )
            % values
        ],
        points=list_details(meeting),
        button=meeting.link(),
    )


def tell_late(meeting: Meeting, *, by: str, minutes: int) -> Content:
    """One side says that it will be late."""
    said = ngettext(
        "About %(minutes)d minute late: %(name)s.",
        "About %(minutes)d minutes late: %(name)s.",
        minutes,
    ) % {"minutes": minutes, "name": _name_late(meeting, by)}
    return Content(
        subject=said.rstrip("."),
        greeting=greet(meeting.addressee),
        paragraphs=[said],
        points=list_details(meeting),
        after=say_line(meeting, "lateness") if meeting.reader == "client" else (),
        button=meeting.link(),
    )


def _name_late(meeting: Meeting, by: str) -> str:
    """Who is late, as the reader calls them: whoever leads is one person."""
    return (
        meeting.leader if (by, meeting.reader) == ("practitioner", "client") else meeting.name(by)
    )
