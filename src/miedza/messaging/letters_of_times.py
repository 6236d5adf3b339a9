"""Letters about times that may become meetings: asked for, proposed, free again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.messaging.composing import Button, Content, Point, greet
from miedza.messaging.letters_of_meetings import (
    list_details,
    list_times,
    say_rules,
    say_rules_of_each,
)
from miedza.practice.formats import say_meeting_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from miedza.messaging.letters_of_meetings import Meeting


def _say_until(meeting: Meeting, until: datetime) -> str:
    """Until when an answer is in time, on the reader's clocks."""
    return say_meeting_time(until, meeting.zone)


def _quote(text: str) -> list[str]:
    """What somebody said with it, in their own words."""
    return [text] if text else []


def tell_wish(meeting: Meeting, *, until: datetime, text: str, alike: str) -> Content:
    """Somebody has asked for a time: the practitioner gives it or not; they themselves wait."""
    values = {
        "name": meeting.person.name,
        "when": meeting.when,
        "until": _say_until(meeting, until),
    }
    if meeting.reader == "client":
        return Content(
            subject=_("You asked for %(when)s") % values,
            greeting=greet(meeting.addressee),
            paragraphs=[
                _(
                    "The time is kept for you. An answer comes by %(until)s; without one the time "
                    "is free again."
                )
                % values
            ],
            points=list_details(meeting),
            after=say_rules(meeting),
            closing=[_("Nothing is booked yet, and nothing is owed.")],
        )
    doubt = _(
        "Perhaps the same person as %(name)s, or one of the same family, so it was not booked at "
        "once."
    )
    said = _("%(name)s asks for %(when)s. The time is kept until %(until)s; then it is free again.")
    return Content(
        subject=_("%(name)s asks for %(when)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[said % values, *_quote(text), *([doubt % {"name": alike}] if alike else [])],
        points=list_details(meeting),
        button=Button(_("Answer"), meeting.address),
    )


def tell_no(meeting: Meeting, *, text: str) -> Content:
    """The practitioner could not give a time that was asked for."""
    return Content(
        subject=_("About %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("Thank you for asking. This time cannot be yours: %(when)s.")
            % {"when": meeting.when},
            *_quote(text),
            _("Nothing is booked, and nothing is owed."),
        ],
        button=Button(_("Look at other times"), meeting.address) if meeting.address else None,
    )


def tell_unanswered(meeting: Meeting) -> Content:
    """Nobody answered in time: the time is free again, and both sides know."""
    values = {"name": meeting.person.name, "when": meeting.when}
    if meeting.reader == "client":
        said = _("There was no answer in time, so nothing is booked for %(when)s.") % values
        offer = Button(_("Look at other times"), meeting.address) if meeting.address else None
    else:
        said = _("%(name)s had asked for %(when)s. There was no answer, so it is free again.")
        said, offer = said % values, None
    return Content(
        subject=_("Not booked: %(when)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[said],
        button=offer,
    )


def tell_proposal(meeting: Meeting, *, before: datetime, until: datetime, text: str) -> Content:
    """The practitioner proposes another time; the meeting stands until the client says yes."""
    values = {
        "name": meeting.practice.name,
        "before": say_meeting_time(before, meeting.zone),
        "when": meeting.when,
        "until": _say_until(meeting, until),
    }
    said = _(
        "%(name)s proposes to move the meeting of %(before)s to %(when)s. It is moved only if you "
        "say yes; until then, and if you say nothing, it stays as it was."
    )
    return Content(
        subject=_("Another time? %(when)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[said % values, *_quote(text)],
        points=list_times(meeting),
        after=[_("The new time is kept for you until %(until)s.") % values],
        button=Button(_("Say yes or no"), meeting.address),
    )


def tell_proposal_refused(meeting: Meeting, *, before: datetime) -> Content:
    """The client would rather leave the meeting as it is."""
    values = {
        "name": meeting.person.name,
        "before": say_meeting_time(before, meeting.zone),
        "when": meeting.when,
    }
    return Content(
        subject=_("It stays: %(before)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("%(name)s would rather not move to %(when)s. The meeting stays: %(before)s.") % values
        ],
        button=meeting.link(),
    )


def tell_offer(meeting: Meeting, *, until: datetime) -> Content:
    """A time is free for whoever waits for one."""
    values = {"when": meeting.when, "until": _say_until(meeting, until)}
    return Content(
        subject=_("Free for you: %(when)s") % values,
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("You are next on the waiting list, and a time is free.") % values,
            _("It is kept for you until %(until)s; then it is offered to the next one.") % values,
        ],
        points=list_details(meeting),
        after=say_rules(meeting),
        button=Button(_("Say whether it suits you"), meeting.address),
        closing=[_("You can leave the waiting list there, too.")],
    )


def tell_series(meeting: Meeting, *, by: str, starts: Sequence[datetime]) -> Content:
    """Several meetings are booked at once."""
    count = len(starts)
    times = list_times(meeting)
    whens = [list_times(meeting._replace(starts_at=start)) for start in starts]
    booked = ngettext("%(n)d meeting is booked.", "%(n)d meetings are booked.", count)
    return Content(
        subject=ngettext("Booked: %(n)d meeting", "Booked: %(n)d meetings", count) % {"n": count},
        greeting=greet(meeting.addressee),
        paragraphs=[booked % {"n": count}, *(" · ".join(p.text for p in when) for when in whens)],
        points=[
            *[point for point in list_details(meeting) if point not in times],
            Point(_("Booked by"), meeting.name(by)),
        ],
        after=say_rules_of_each(meeting) if meeting.reader == "client" else (),
        button=meeting.link(),
    )


def tell_code(meeting: Meeting, *, code: str) -> Content:
    """The code by which a visitor shows that an address is theirs."""
    return Content(
        subject=_("Your code: %(code)s") % {"code": code},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("This code shows that the address is yours. Enter it on the page you came from."),
            code,
        ],
        points=list_times(meeting),
        closing=[_("If you did not ask for it, there is nothing to do.")],
    )
