"""What a practice shows to other calendars and learns from them: a row in every such table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miedza.bookings.showing import show_ahead
from miedza.calendars import actions, learning, queries
from miedza.core.calendars import Busy, Reading
from miedza.ledger.facts import to_instant

if TYPE_CHECKING:
    from datetime import datetime

    from miedza.calendars.models import Feed, Source
    from miedza.people.models import Person
    from miedza.practice.models import Practitioner

DAY = timedelta(days=1)
UID = "dentist@calendars.example"


class OtherCalendars:
    """Feeds of both sides, and a calendar elsewhere that is read and written to."""

    def __init__(
        self, *, practitioner: Practitioner, person: Person, now: datetime, words: str = "…"
    ) -> None:
        """Open and learn.

        Args:
            practitioner: whose calendars.
            person: a client who reads the meetings of their own elsewhere.
            now: the present instant; what lies ahead then is to be written elsewhere.
            words: what is said in confidence.
        """
        self.practitioner, self.practice = practitioner, practitioner.practice
        self.person, self.now, self.words = person, now, words
        self.feed: Feed = actions.open_feed(
            practice=self.practice, now=now, practitioner=practitioner, shown="initials"
        )
        self.feed_of_person: Feed = actions.open_feed(
            practice=self.practice, now=now, person=person
        )
        self.source: Source = self.add("Nextcloud")
        self.learn(self.busy())
        show_ahead(source=self.source, now=now)

    def add(self, name: str) -> Source:
        """Add a calendar on a server."""
        account = queries.Account("https://calendars.example/anna/", "anna", self.words)
        return actions.add_source(
            practitioner=self.practitioner, kind="caldav", name=name, account=account, writes=True,
            shown="names", now=self.now,
        )  # fmt: skip

    def busy(self) -> Busy:
        """An hour of which the calendar speaks, far from all meetings."""
        start = to_instant(self.now + 50 * DAY)
        return Busy(UID, start, start + 3600, self.words)

    def learn(self, *busy: Busy) -> bool:
        """Take over what the calendar says."""
        reading = Reading(busy=busy, events=len(busy), unreadable=())
        return learning.learn(
            source=self.source, reading=reading, digest="0", mark="1", now=self.now,
            is_own=lambda uid: uid != UID,
        )  # fmt: skip
