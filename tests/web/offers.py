"""What a practice offers and what waits there: services, dates of a group, times that are kept."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from miedza.bookings import holding
from miedza.bookings.choosing import choose_service
from miedza.bookings.grouping import open_group
from miedza.bookings.hours import take_off
from miedza.bookings.keeping import say_token
from miedza.bookings.models import Kept
from miedza.bookings.offering import list_free
from miedza.bookings.proposing import propose
from miedza.bookings.services import define_service, make_link
from miedza.bookings.waiting import Wanted, wait
from miedza.bookings.wishing import ask_for
from miedza.calendars.actions import add_source, open_feed
from miedza.calendars.learning import learn
from miedza.calendars.queries import Account, say_feed_token
from miedza.core.calendars import Busy, Reading
from miedza.db.ids import make_id
from miedza.ledger.facts import to_instant
from miedza.practice.actions import open_pages
from miedza.practice.joining import ask_to_join, join
from tests.bookings.awaiting import free_again
from tests.web.pages import present

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking, Service, Taken, TimeOff, Waiting
    from miedza.calendars.models import Source
    from miedza.people.models import Person
    from miedza.practice.models import Joining, Practitioner

PASSWORD = "not-for-any-page"
SECRET_ADDRESS = "https://calendar.example/private-4711.ics"


class Offer(NamedTuple):
    """What one practice offers, and what waits there."""

    service: Service
    """For anyone, at once, one-to-one."""
    invited: Service
    key: str
    """The secret of the link to it."""
    asked: Service
    """On request."""
    group: Service
    frame: Taken
    """A date of the group, with a free seat."""
    wish: Kept
    waiting: Waiting
    off: TimeOff
    source: Source
    held: str
    """The token of a time that is held for a visitor who has not typed the code."""
    proposal: str
    offer: str
    feed: str
    own_feed: str
    """That of a client."""
    colleague: Practitioner
    joining: Joining
    joins: str
    """The token of a letter that asks somebody else to work here."""


def define(practitioner: Practitioner, name: str = "Урок", **said: Any) -> Service:
    """Put a service on offer: paid, an hour long, for anyone, at once."""
    more = (
        "buffer_after", "notice_minutes", "horizon_days", "step_minutes", "max_per_day",
        "max_per_week", "most_ahead",
    )  # fmt: skip
    plain: dict[str, Any] = {
        "about": "", "kind": "paid", "minutes": 60, "price_minor": 20_000, "seats": 1,
        "place": "video", "languages": ["pl"], "who": "anyone", "way": "at_once",
        "buffer_before": 0, "where": "https://meet.example/room-4711",
        "leaders": [practitioner], **dict.fromkeys(more, None), **said,
    }  # fmt: skip
    return define_service(
        practice=practitioner.practice, service_id=make_id(), now=present(), name=name, **plain
    )


def open_page(practitioner: Practitioner, slug: str = "anna") -> str:
    """Open the public page; what it is called in addresses."""
    open_pages(practice=practitioner.practice, slug=slug, now=present())
    return slug


def list_times(practitioner: Practitioner, service: Service | None) -> list[datetime]:
    """The free times of a service, or of a usual meeting of an hour."""
    minutes = service.minutes if service else 60
    return list_free(practitioner=practitioner, minutes=minutes, now=present(), service=service)


def set_date(
    practitioner: Practitioner, service: Service, starts_at: datetime | None = None
) -> Taken:
    """Set a date of a group; in a week where nothing else is said."""
    start = starts_at or list_times(practitioner, None)[-30]
    return open_group(practitioner=practitioner, service=service, starts_at=start, now=present())


def ask_wish(
    practitioner: Practitioner, person: Person, service: Service, number: int = 10, text: str = ""
) -> Kept:
    """Ask for one of the free times of a service that is given on request."""
    choice = choose_service(service)
    return ask_for(
        practitioner=practitioner, person=person, choice=choice, seen=choice.seen, text=text,
        starts_at=list_times(practitioner, service)[number], now=present(),
    )  # fmt: skip


def wait_long(
    practitioner: Practitioner, person: Person, service: Service | None = None
) -> Waiting:
    """Let somebody wait for any time of the next days; what is free then becomes free anew."""
    today = present().date()
    wanted = Wanted(service, today, today + timedelta(days=9), [])
    entry = wait(practitioner=practitioner, person=person, wanted=wanted, now=present())
    return free_again(entry)


def find_offer(waiting: Waiting) -> Kept:
    """What was offered to somebody who waits."""
    kept = Kept.objects.of(waiting.practice_id).filter(waiting_id=waiting.id, answer="")
    return kept.select_related("practice").get()


def propose_other(practitioner: Practitioner, booking: Booking, text: str = "") -> Kept:
    """Propose another time for a meeting, half an hour later a day after it."""
    return propose(
        practice=practitioner.practice, booking_id=booking.id, text=text, now=present(),
        to_at=booking.starts_at + timedelta(hours=24),
    )  # fmt: skip


def hold_time(
    practitioner: Practitioner, service: Service, number: int = 20, **said: Any
) -> tuple[Kept, str, str]:
    """Hold a free time for a visitor; what is held, its token and the code in the mail."""
    kept, token = holding.hold(
        practitioner=practitioner, service=service, now=present(),
        starts_at=list_times(practitioner, service)[number],
    )  # fmt: skip
    plain: dict[str, Any] = {
        "name": "Ela Nowa", "email": "ela@visitors.example", "phone": "", "language": "en",
        "zone": "Europe/Warsaw", "text": "", "child": "", "came_before": False, **said,
    }  # fmt: skip
    code = holding.write_details(kept=kept, details=holding.Details(**plain), now=present())
    return kept, token, code


def add_calendar(practitioner: Practitioner, **said: Any) -> Source:
    """Add another calendar to be read; nobody reads it in tests."""
    account = Account(SECRET_ADDRESS, "anna", PASSWORD, is_found=True)
    plain: dict[str, Any] = {
        "kind": "caldav", "name": "Ida", "account": account, "writes": False, "shown": "initials",
        **said,
    }  # fmt: skip
    return add_source(practitioner=practitioner, now=present(), **plain)


def fill_offer(practitioner: Practitioner, person: Person, ahead: Booking, slug: str) -> Offer:
    """Something of every kind, all of it for one person who has accepted the rules."""
    practice = practitioner.practice
    open_page(practitioner, slug)
    service = define(practitioner)
    invited = define(practitioner, who="invited")
    asked = define(practitioner, way="on_request")
    group = define(practitioner, seats=6)
    starts = ahead.starts_at.replace(minute=0) + timedelta(days=5)
    off = take_off(
        practitioner=practitioner, starts_at=starts, ends_at=starts + timedelta(hours=3), text="off"
    )
    proposal = propose_other(practitioner, ahead)
    waiting = wait_long(practitioner, person)
    joining, joins = ask_to_join(
        practice=practice, name="Ida", email=f"ida@{slug}.example", now=present()
    )
    return Offer(
        service=service,
        invited=invited,
        key=make_link(service=invited),
        asked=asked,
        group=group,
        frame=set_date(practitioner, group),
        wish=ask_wish(practitioner, person, asked, text="words"),
        waiting=waiting,
        off=off,
        source=add_calendar(practitioner),
        held=hold_time(practitioner, service)[1],
        proposal=say_token(proposal),
        offer=say_token(find_offer(waiting)),
        feed=say_feed_token(open_feed(practice=practice, practitioner=practitioner, now=present())),
        own_feed=say_feed_token(open_feed(practice=practice, person=person, now=present())),
        colleague=add_colleague(practitioner, f"adam@{slug}.example"),
        joining=joining,
        joins=joins,
    )


def add_colleague(practitioner: Practitioner, email: str, name: str = "Adam") -> Practitioner:
    """Let somebody join the practice of a practitioner."""
    practice = practitioner.practice
    asked = ask_to_join(practice=practice, name=name, email=email, now=present())[0]
    joined = join(joining=asked, now=present())
    assert joined is not None
    return joined


NOTHING = uuid.UUID(int=7)
"""An id of nothing."""


def fill_busy(practitioner: Practitioner, *spans: tuple[datetime, datetime]) -> None:
    """Let another calendar of a practitioner say that these spans are busy."""
    source = add_calendar(practitioner)
    busy = [
        Busy(str(n), to_instant(start), to_instant(end), "") for n, (start, end) in enumerate(spans)
    ]
    learn(
        source=source, reading=Reading(busy, len(busy), ()), digest="d", mark="m", now=present(),
        is_own=lambda _uid: False,
    )  # fmt: skip
