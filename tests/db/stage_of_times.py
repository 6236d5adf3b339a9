"""What a practice offers and keeps: a row in every table of times, every link set somewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.bookings import (
    actions,
    choosing,
    grouping,
    holding,
    hours,
    keeping,
    offering,
    proposing,
    series,
    services,
    waiting,
    wishing,
)
from miedza.db.ids import make_id
from tests.bookings.awaiting import free_again

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.bookings.models import Booking, Kept, OpenHours, Service, Taken, TimeOff, Waiting
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

DAY = timedelta(days=1)
SAID: dict[str, Any] = {
    "about": "…", "kind": "paid", "minutes": 60, "price_minor": 5_000, "seats": 1,
    "place": "video", "languages": ["pl", "en"], "who": "anyone", "way": "at_once",
    "buffer_before": 5, "buffer_after": None, "notice_minutes": None, "horizon_days": None,
    "step_minutes": None, "max_per_day": 5, "max_per_week": None, "most_ahead": None,
}  # fmt: skip


class Times:
    """Services, hours of single dates, groups, series, and times kept for each purpose.

    Nobody is added to the practice by it: who holds a time has not said who they are.
    """

    def __init__(
        self, *, practitioner: Practitioner, client: Person, other: Person, ahead: Booking,
        now: datetime, words: str = "…",
    ) -> None:  # fmt: skip
        """Let it all happen.

        Args:
            practitioner: whose times, with hours on offer.
            client: who comes to a group and in a series.
            other: who has accepted the rules, asks for a time and waits for others.
            ahead: a meeting for which another time is proposed.
            now: the present instant.
            words: what is said in confidence.
        """
        self.practitioner, self.practice = practitioner, practitioner.practice
        self.client, self.other, self.ahead = client, other, ahead
        self.now, self.words = now, words
        self.date = (now + 40 * DAY).date()
        hours.set_day(practitioner=practitioner, date=self.date, windows=[["09:00", "12:00"]])
        self.off: TimeOff = hours.take_off(
            practitioner=practitioner, starts_at=now + 41 * DAY, ends_at=now + 42 * DAY, text=words
        )
        self.service = self.define("Lekcja")
        self.group = self.define("Grupa", seats=2)
        self._book()
        self._keep()
        self._wait()

    def define(self, name: str, **said: Any) -> Service:
        """Define a service; `said` is what it has otherwise than others."""
        return services.define_service(
            practice=self.practice, service_id=make_id(), leaders=[self.practitioner],
            where=self.words, now=self.now, **{**SAID, "name": name, **said},
        )  # fmt: skip

    def _book(self) -> None:
        """A date of a group with somebody in it, and a series."""
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        self.frame: Taken = grouping.open_group(
            practitioner=self.practitioner, service=self.group, starts_at=hour + 10 * DAY,
            now=self.now,
        )  # fmt: skip
        self.seated: Booking = actions.book(
            practice=self.practice, practitioner=self.practitioner, person=self.client,
            starts_at=self.frame.starts_at, minutes=60, price_minor=5_000, kind="paid",
            service=self.group, place=self.frame, now=self.now,
        )  # fmt: skip
        self.series_id = make_id()
        starts = series.list_starts(
            first=hour + 20 * DAY, weeks=1, count=2, zone=self.practice.time_zone
        )
        series.book_series(
            practitioner=self.practitioner, person=self.client, now=self.now, starts=starts,
            choice=choosing.choose_service(self.service), id=self.series_id,
        )  # fmt: skip

    def _keep(self) -> None:
        """A time held for a visitor, one asked for, one proposed."""
        self.held, self.token = self.hold(self.service)
        self.code: str = holding.write_details(kept=self.held, details=self.tell(), now=self.now)
        asked, _token = self.hold(self.service)
        self.wish: Kept = wishing.turn_into_wish(
            kept=asked, person=self.other, alike=self.client, text=self.words, now=self.now,
            seen=(asked.minutes, asked.price_minor),
        )  # fmt: skip
        self.proposal: Kept = proposing.propose(
            practice=self.practice, booking_id=self.ahead.id, now=self.now, text=self.words,
            to_at=self.frame.starts_at + DAY,
        )  # fmt: skip

    def _wait(self) -> None:
        """One waits for a seat, one for a time; both are offered what is free."""
        self.for_seat: Waiting = self.wait(self.other, self.group, frame=self.frame)
        self.for_time: Waiting = self.wait(self.client, self.service)

    def wait(self, person: Person, service: Service | None, *, frame: Any = None) -> Waiting:
        """Let somebody wait for a service, or for a seat in one group."""
        first = self.now.date()
        wanted = waiting.Wanted(service, first, first + 30 * DAY, [], frame)
        entry = waiting.wait(
            practitioner=self.practitioner, person=person, wanted=wanted, now=self.now
        )
        return free_again(entry)

    def hold(self, service: Service) -> tuple[Kept, str]:
        """Hold the first free time for a visitor."""
        starts_at = self.free(service)
        return holding.hold(
            practitioner=self.practitioner, service=service, starts_at=starts_at, now=self.now
        )

    def find(self, kept: Kept) -> Kept:
        """Something kept, as it is found."""
        found = keeping.find_kept(practice_id=self.practice.id, kept_id=kept.id)
        assert found is not None
        return found

    def find_hours(self) -> OpenHours:
        """When clients may book."""
        found = hours.find_hours(practitioner=self.practitioner)
        assert found is not None
        return found

    def open_more(self) -> Taken:
        """One more date of the group, with nobody in it."""
        return grouping.open_group(
            practitioner=self.practitioner, service=self.group, now=self.now,
            starts_at=self.frame.starts_at + 2 * DAY,
        )  # fmt: skip

    def tell(self, *, child: str = "") -> holding.Details:
        """What a visitor says of themselves."""
        return holding.Details(
            name="Zoe Nowak", email="zoe@miedza.example", phone="+48 600 100 200", language="en",
            zone="Europe/London", text=self.words, child=child, came_before=False,
        )  # fmt: skip

    def free(self, service: Service | None = None) -> datetime:
        """The first time on offer."""
        minutes = 60 if service is None else service.minutes
        return offering.list_free(
            practitioner=self.practitioner, minutes=minutes, now=self.now, service=service
        )[0]
