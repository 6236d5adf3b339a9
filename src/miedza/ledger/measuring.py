"""The figures of boundaries, measured from what the ledger holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from miedza.core.boundaries import Figures, Span, measure
from miedza.ledger.balance import take_balance
from miedza.ledger.facts import to_core_ruling, to_instant

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping
    from datetime import datetime

    from miedza.core.ruling import Ruling as CoreRuling
    from miedza.ledger.records import Record


class Measured(NamedTuple):
    """The meetings of one person, ready to be measured."""

    spans: dict[str, Span]
    rulings: list[CoreRuling]
    gifts: list[CoreRuling]
    """Those of the rulings whose amounts were given away."""

    @property
    def figures(self) -> Figures:
        """What they come to."""
        return measure(self.spans, self.rulings, self.gifts)

    def each_meeting(self) -> dict[str, Measured]:
        """The same, meeting by meeting."""
        apart = {subject: Measured({subject: span}, [], []) for subject, span in self.spans.items()}
        for ruling in self.rulings:
            apart[ruling.subject].rulings.append(ruling)
        for ruling in self.gifts:
            apart[ruling.subject].gifts.append(ruling)
        return apart


def read_measured(
    record: Record, starts: Mapping[uuid.UUID, datetime]
) -> dict[uuid.UUID, Measured]:
    """Make a record ready to be measured, person by person.

    What a meeting brings is what is due for it: gifts and fees that nobody decided about are not.

    Args:
        record: of some meetings.
        starts: when each meeting begins after all moves.
    """
    measured: dict[uuid.UUID, Measured] = defaultdict(lambda: Measured({}, [], []))
    for meeting in record.meetings:
        settlement = record.settlements.get(meeting.id)
        if settlement is None:
            continue
        balance = take_balance(record, [meeting.id])
        of_person = measured[meeting.person_id]
        of_person.spans[str(meeting.id)] = Span(
            start=to_instant(starts.get(meeting.id, meeting.start_at)),
            minutes=meeting.minutes,
            outcome=settlement.outcome,
            earned=balance.client_minor - balance.practitioner_minor,
        )
        for ruling in record.rulings.get(meeting.id, ()):
            said = to_core_ruling(ruling, meeting)
            of_person.rulings.append(said)
            if ruling.id in record.waivers:
                of_person.gifts.append(said)
    return dict(measured)


def sum_measured(measured: Mapping[uuid.UUID, Measured]) -> Measured:
    """All persons together."""
    whole = Measured({}, [], [])
    for each in measured.values():
        whole.spans.update(each.spans)
        whole.rulings.extend(each.rulings)
        whole.gifts.extend(each.gifts)
    return whole
