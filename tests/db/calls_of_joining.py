"""How every function of working together, and of the clocks, is called, for one practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings import leaving, reclocking
from miedza.bookings import queries as bookings
from miedza.ledger import shifting
from miedza.practice import actions as leading
from miedza.practice import joining
from miedza.practice import queries as practices
from miedza.practice.models import Joining, Practitioner, User
from tests.cast import BOOKED
from tests.db.stage import LATER, Stage

if TYPE_CHECKING:
    from collections.abc import Callable


def _asked(stage: Stage) -> Joining:
    found = joining.find_joining(stage.joins, now=BOOKED)
    assert found is not None
    return found


def _colleague(stage: Stage) -> Practitioner:
    """Somebody who works with Anna."""
    user = User.objects.create_user("adam@miedza.example", practice_id=stage.practice.id)
    return leading.make_practitioner(stage.practice, user, "Adam")


CALLS: dict[str, Callable[[Stage], Any]] = {
    "practice.actions.make_practitioner": _colleague,
    "practice.queries.is_leader": lambda s: practices.is_leader(s.practitioner),
    "practice.joining.ask_to_join": lambda s: joining.ask_to_join(
        **s.now, name="Ida", email="ida@miedza.example"
    ),
    "practice.joining.list_asked": lambda s: joining.list_asked(**s.of, now=BOOKED),
    "practice.joining.find_joining": lambda s: joining.find_joining(s.joins, now=BOOKED),
    "practice.joining.take_back": lambda s: joining.take_back(**s.now, joining_id=_asked(s).id),
    "practice.joining.join": lambda s: joining.join(joining=_asked(s), now=BOOKED),
    "practice.joining.let_practitioner_go": lambda s: joining.let_practitioner_go(
        practitioner=_colleague(s), now=BOOKED
    ),
    "bookings.leaving.list_expected": lambda s: list(
        leaving.list_expected(practitioner=s.practitioner, now=BOOKED)
    ),
    "bookings.leaving.leave": lambda s: leaving.leave(practitioner=_colleague(s), now=BOOKED),
    "bookings.queries.find_last_leader": lambda s: bookings.find_last_leader(
        **s.of, person_id=s.person.id
    ),
    "bookings.reclocking.keep_walls": lambda _s: reclocking.keep_walls(now=LATER, rules="other"),
    "ledger.shifting.put_shifted": lambda s: shifting.put_shifted(
        **s.of, meetings=[s.meeting], events=[s.event], meeting_id=s.meeting.id
    ),
}
