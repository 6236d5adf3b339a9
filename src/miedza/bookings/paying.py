"""Noting payments by hand: one sum, spread over the meetings it pays for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from miedza.bookings.judging import judge_person
from miedza.bookings.taking import refusing_overlap
from miedza.db.ids import derive_id
from miedza.ledger import actions as ledger
from miedza.ledger.balance import take_balance
from miedza.ledger.queries import find_standing, list_meetings
from miedza.ledger.records import read_record
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from miedza.ledger.balance import Balance
    from miedza.ledger.models import Event, Meeting
    from miedza.ledger.records import Record
    from miedza.people.models import Person
    from miedza.practice.models import Practice


class NothingBooked(ValueError):  # noqa: N818 - named for what is refused.
    """There is no meeting yet that a payment could be for."""


class MoreThanPaid(ValueError):  # noqa: N818 - named for what is refused.
    """No more can go back than was paid."""


@refusing_overlap()
@transaction.atomic
def note_payment(
    *,
    practice: Practice,
    person: Person,
    amount_minor: int,
    at: datetime,
    now: datetime,
    id: uuid.UUID,  # noqa: A002 - of the first event.
) -> list[Event]:
    """Note a payment of a person, or below 0 a sum that went back.

    A payment goes to the meetings that are not paid for, the oldest first; what is left over goes
    to the last meeting. A sum that goes back is taken from the newest payments. Said twice with one
    `id`, it is one.

    Raises:
        NothingBooked: there is no meeting yet.
        MoreThanPaid: more is to go back than was paid.
        SlotTaken: a meeting would hold its time again that was given to somebody else.
    """
    lock_practice(practice_id=practice.id)
    before, _free = find_standing(practice_id=practice.id, event_id=id)
    if before is not None:
        return [before]
    meetings = list_meetings(practice_id=practice.id, person_id=person.id)
    if not meetings:
        raise NothingBooked
    record = read_record(practice_id=practice.id, meetings=meetings)
    events = []
    wanted = id
    for meeting, part in _spread(record, meetings, amount_minor):
        event = ledger.record_event(
            practice=practice, meeting=meeting, type="paid", by="client", at=at, now=now,
            id=wanted, amount_minor=part,
        )  # fmt: skip
        events.append(event)
        wanted = derive_id(event.id)
    judge_person(practice=practice, person_id=person.id, now=now)
    return events


def _spread(
    record: Record, meetings: list[Meeting], amount_minor: int
) -> list[tuple[Meeting, int]]:
    """Which meeting gets which part of a sum; none gets nothing."""
    parts: dict[uuid.UUID, int] = defaultdict(int)
    left = abs(amount_minor)
    for meeting, room in _list_rooms(record, meetings, amount_minor >= 0):
        part = min(left, max(room - parts[meeting.id], 0))
        parts[meeting.id] += part
        left -= part
    if left and amount_minor < 0:
        raise MoreThanPaid
    if left:
        last = meetings[-1]
        parts[last.id] += left
    sign = 1 if amount_minor >= 0 else -1
    return [(meeting, sign * parts[meeting.id]) for meeting in meetings if parts[meeting.id]]


def _list_rooms(
    record: Record,
    meetings: list[Meeting],
    is_payment: bool,  # noqa: FBT001 - or a refund.
) -> Iterator[tuple[Meeting, int]]:
    """How much of a sum each meeting can take, in the order in which they take it.

    What goes back is taken first from what was paid beyond all need, then from any payment; the
    newest first, each named with all that was taken from it by then.
    """
    needs = {
        meeting.id: take_balance(record, [meeting.id]).due_minor + find_price_ahead(record, meeting)
        for meeting in meetings
    }
    if is_payment:
        yield from ((meeting, needs[meeting.id]) for meeting in meetings)
        return
    yield from ((meeting, -needs[meeting.id]) for meeting in reversed(meetings))
    for meeting in reversed(meetings):
        yield meeting, take_balance(record, [meeting.id]).paid_minor


def find_price_ahead(record: Record, meeting: Meeting) -> int:
    """The price of a meeting to come: it is not owed yet, but may have to be paid beforehand."""
    settlement = record.settlements.get(meeting.id)
    ahead = settlement is not None and settlement.outcome == "open"
    return meeting.price_minor if ahead and meeting.kind == "paid" else 0


class Account(NamedTuple):
    """What some meetings come to, those ahead among them, in minor units."""

    balance: Balance
    ahead_minor: int
    """The prices of those to come."""
    kept_minor: int
    """What of these prices is paid: it is kept for them, neither due nor to go back."""

    @property
    def due_minor(self) -> int:
        """What the client is to pay; below 0, what they are to get back."""
        return self.balance.due_minor + self.kept_minor


def take_account(record: Record, meetings: Collection[Meeting]) -> Account:
    """Sum up some meetings of a record."""
    prices = {meeting.id: find_price_ahead(record, meeting) for meeting in meetings}
    kept = sum(
        min(price, max(0, record.settlements[each].paid_minor))
        for each, price in prices.items()
        if price
    )
    return Account(take_balance(record, prices), sum(prices.values()), kept)
