"""`miedza check`: whether every figure, link and sealed text holds. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import Error

from miedza.bookings import checking as bookings
from miedza.cli.terminal import count
from miedza.db import checking as database
from miedza.db.encryption import SealBroken
from miedza.ledger import checking as ledger
from miedza.messaging import checking as messaging
from miedza.people.queries import count_people
from miedza.practice.queries import list_practices

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.practice.models import Practice


class Check:
    """Looks at everything once, and counts what it looked at."""

    def __init__(self, *, now: datetime) -> None:
        """Take the present instant, which tells who is due."""
        self.now = now
        self.practices = self.persons = self.meetings = self.rulings = self.sealed = self.due = 0

    def find_faults(self) -> Iterator[str]:
        """What does not hold, a sentence each."""
        yield from database.find_damage()
        yield from database.find_orphans()
        yield from messaging.find_broken_mails()
        for practice in list_practices():
            self.practices += 1
            yield from self._look_at(practice)

    def _look_at(self, practice: Practice) -> Iterator[str]:
        """What does not hold in one practice."""
        try:
            key = practice.key
        except (SealBroken, ValueError):
            yield f"The key of practice {practice.id} does not open with the installation's key."
        else:
            yield from database.find_broken_seals(practice_id=practice.id, key=key)
            self.sealed += database.count_sealed(practice_id=practice.id)
        yield from ledger.find_false_editions(practice_id=practice.id)
        yield from bookings.find_unpaired(practice_id=practice.id)
        yield from bookings.find_overlaps(practice_id=practice.id)
        yield from bookings.find_misplaced(practice_id=practice.id)
        self.due += bookings.count_due(practice_id=practice.id, now=self.now)
        self.persons += count_people(practice_id=practice.id)
        for person_id in ledger.list_booked(practice_id=practice.id):
            try:
                yield from self._judge_anew(practice.id, person_id)
            except Error:
                raise  # The database, not the person.
            except Exception as error:  # noqa: BLE001 - told as a fault, and the others are looked at.
                yield f"Person {person_id} cannot be judged: {type(error).__name__} {error}"

    def _judge_anew(self, practice_id: uuid.UUID, person_id: uuid.UUID) -> Iterator[str]:
        """What is not as judging the events of a person anew says."""
        played = ledger.replay(practice_id=practice_id, person_id=person_id)
        self.meetings += len(played.record.meetings)
        self.rulings += sum(map(len, played.record.rulings.values()))
        yield from ledger.find_false_rulings(played)
        yield from ledger.find_false_sums(played.record)
        yield from bookings.find_false_bookings(
            practice_id=practice_id, person_id=person_id, standings=played.standings
        )

    def tell_counts(self) -> str:
        """What was looked at, in words."""
        things = (
            (self.practices, "practice", "practices"),
            (self.persons, "person", "persons"),
            (self.meetings, "meeting", "meetings"),
            (self.rulings, "ruling", "rulings"),
            (self.sealed, "sealed text", "sealed texts"),
        )
        return ", ".join(count(*thing) for thing in things)

    def tell_due(self) -> str:
        """Who waits to be judged; empty where nobody does."""
        if not self.due:
            return ""
        verb = "is" if self.due == 1 else "are"
        return (
            f"{count(self.due, 'person', 'persons')} {verb} due to be judged, since a deadline has "
            "passed; that happens by itself while Miedza runs."
        )
