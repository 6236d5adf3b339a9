"""Letters about meetings: booked, moved, cancelled, soon, late; each with its concrete rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miedza.core.rules.cancellation import list_costs
from miedza.ledger.facts import to_datetime, to_instant
from miedza.messaging.composing import Button, Content, Point, greet
from miedza.messaging.letters import link_to
from miedza.practice.formats import (
    format_money,
    say_meeting_time,
    say_short_date,
    say_time,
    say_zone,
    to_local,
)
from miedza.practice.places import say_where
from miedza.words.costs import say_costs
from miedza.words.phrases import rule_values
from miedza.words.registry import say_rule

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence
    from datetime import datetime

    from miedza.core.terms import Terms
    from miedza.messaging.saying import Said
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class Meeting(NamedTuple):
    """A meeting as a letter tells it to one of its sides."""

    practice: Practice
    person: Person
    """The client."""
    addressee: str
    """The name of who reads."""
    reader: str
    """The side of who reads: `client` or `practitioner`."""
    id: uuid.UUID
    starts_at: datetime
    minutes: int
    price_minor: int
    terms: Terms | None
    """The rules by which it is judged; None where nothing holds."""
    language: str
    zone: str
    """On whose clocks the reader lives."""
    now: datetime
    notice: int | None = None
    """The least notice that the client gave at earlier moves, in seconds."""
    what: str = ""
    """What it is called, where it has a name."""
    place: str = ""
    """In what kind of place it is: `room`, `telephone` or `video`."""
    where: str = ""
    """Where exactly, for those who have booked."""
    address: str = ""
    """Of the page to open, where it is another than that of the meeting."""
    with_whom: str = ""
    """The practitioner, where several work in the practice."""

    @property
    def when(self) -> str:
        """When it begins on the reader's clocks, in full."""
        return say_meeting_time(self.starts_at, self.zone)

    def name(self, side: str) -> str:
        """A side, as the reader calls it."""
        if side == self.reader:
            is_theirs = side == "practitioner" or self.addressee == self.person.name
            return _("you") if is_theirs else _("your side")
        return self.practice.name if side == "practitioner" else self.person.name

    @property
    def leader(self) -> str:
        """Whom the client meets."""
        return self.with_whom or self.practice.name

    def link(self) -> Button:
        """Where the reader sees it."""
        if self.address:
            return Button(_("Open"), self.address)
        if self.reader == "practitioner":
            return Button(_("Open the meeting"), link_to("meeting", self.id))
        address = link_to("my_meeting", self.person.id, self.id)
        return Button(_("Open the meeting in your place"), address)


def tell_booked(meeting: Meeting, *, by: str) -> Content:
    """A meeting is booked."""
    return Content(
        subject=_("Booked: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[_("A meeting is booked.")],
        points=[*list_details(meeting), Point(_("Booked by"), meeting.name(by))],
        after=say_rules(meeting) if meeting.reader == "client" else (),
        button=meeting.link(),
    )


def tell_moved(meeting: Meeting, *, by: str, before: datetime, said: Sequence[Said]) -> Content:
    """A meeting is moved."""
    was = say_meeting_time(before, meeting.zone)
    return Content(
        subject=_("Moved to %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[_("The meeting of %(when)s is moved.") % {"when": was}],
        points=[*list_details(meeting), Point(_("Moved by"), meeting.name(by))],
        after=say_followed(said),
        button=meeting.link(),
    )


def tell_cancelled(meeting: Meeting, *, by: str, said: Sequence[Said]) -> Content:
    """A meeting is cancelled."""
    return Content(
        subject=_("Cancelled: %(when)s") % {"when": meeting.when},
        greeting=greet(meeting.addressee),
        paragraphs=[_("The meeting of %(when)s is cancelled.") % {"when": meeting.when}],
        points=[*list_times(meeting), Point(_("Cancelled by"), meeting.name(by))],
        after=say_followed(said),
        button=meeting.link(),
    )


def tell_difference(meeting: Meeting, *, said: Said, text: str, is_waiting: bool) -> Content:
    """The client sees a ruling differently; `is_waiting` where it is a fee nobody decided about."""
    return Content(
        subject=_("%(name)s sees something differently") % {"name": meeting.person.name},
        greeting=greet(meeting.addressee),
        paragraphs=[
            _("What the rules say: %(ruling)s. What %(name)s says:")
            % {"ruling": said.title, "name": meeting.person.name},
            text,
            *([_("Nothing is charged until you decide.")] if is_waiting else []),
        ],
        points=list_details(meeting),
        button=meeting.link(),
    )


def say_rules(meeting: Meeting) -> list[str]:
    """The concrete rules of one meeting: waiting, and what cancelling costs until when."""
    return [
        *say_line(meeting, "lateness"),
        *_say_cancelling(meeting),
        *say_line(meeting, "payment"),
    ]


def say_rules_of_each(meeting: Meeting) -> list[str]:
    """The rules of several meetings, which begin at different times, as they hold for each."""
    return [
        line for rule in ("lateness", "cancellation", "payment") for line in say_line(meeting, rule)
    ]


def say_line(meeting: Meeting, rule: str) -> list[str]:
    """One rule in a line, where there is one."""
    if meeting.terms is None or rule not in meeting.terms.rules:
        return []
    rules = meeting.terms.rules
    values = rule_values(rule, rules, meeting.language)
    return [say_rule(rule, "line", meeting.language, values)]


def _say_cancelling(meeting: Meeting) -> list[str]:
    """What cancelling this meeting costs, until when."""
    terms = meeting.terms
    if terms is None or "cancellation" not in terms.rules:
        return []
    start = to_instant(meeting.starts_at)
    costs = list_costs(
        terms.rules["cancellation"]["tiers"], start, meeting.price_minor, meeting.notice
    )
    steps = [
        (
            _say_instant(meeting, until),
            format_money(amount, meeting.practice.currency) if amount else "",
        )
        for until, amount in costs
        if until >= to_instant(meeting.now)
    ]
    if not steps:
        return []
    return [say_costs(steps, meeting.language)]


def _say_instant(meeting: Meeting, instant: int) -> str:
    """An instant in few words, on the practice's clocks."""
    local = to_local(to_datetime(instant), meeting.zone)
    today = to_local(meeting.starts_at, meeting.zone).date()
    return f"{say_short_date(local.date(), today=today)}, {say_time(local)}"


def say_followed(said: Sequence[Said]) -> list[str]:
    """What the rules say of it, and what follows."""
    return [
        " ".join(
            part
            for part in (
                _("What the rules say: %(ruling)s. %(consequence)s")
                % {"ruling": f"{each.tag}, {each.title}", "consequence": each.consequence},
                _("Nothing is charged by itself: a person decides.") if each.is_fee else "",
            )
            if part
        ).replace("  ", " ")
        for each in said
    ]


def list_details(meeting: Meeting) -> list[Point]:
    """What, when on both sides' clocks, with whom, where, how long, for how much."""
    minutes = ngettext("%(n)d minute", "%(n)d minutes", meeting.minutes) % {"n": meeting.minutes}
    price = format_money(meeting.price_minor, meeting.practice.currency)
    place = say_where(meeting.place, meeting.where)
    is_client = meeting.reader == "client"
    comes = "" if is_client and meeting.addressee == meeting.person.name else meeting.person.name
    named = [
        (_("What"), meeting.what),
        (_("Who comes"), comes),
        (_("With"), meeting.leader if is_client else ""),
        (_("Where"), place),
    ]
    what, who, other, where = ([Point(title, text)] if text else [] for title, text in named)
    return [
        *what,
        *list_times(meeting),
        *who,
        *other,
        *where,
        Point(_("Length"), minutes),
        Point(_("Price"), price if meeting.price_minor else _("free")),
    ]


def list_times(meeting: Meeting) -> list[Point]:
    """When it begins: on the reader's clocks, and on those of the practice where they differ."""
    said = [Point(_("When"), _say_when(meeting, meeting.zone))]
    zones = meeting.zone, meeting.practice.time_zone
    here, there = (to_local(meeting.starts_at, zone) for zone in zones)
    if here.replace(tzinfo=None) != there.replace(tzinfo=None):
        practice = _say_when(meeting, meeting.practice.time_zone)
        said.append(Point(_("That is"), practice))
    return said


def _say_when(meeting: Meeting, zone: str) -> str:
    values = {"when": say_meeting_time(meeting.starts_at, zone), "zone": say_zone(zone)}
    return _("%(when)s, on the clocks of: %(zone)s") % values
