"""How every function of what is kept for somebody is called, for one practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings import actions as booking
from miedza.bookings import (
    choosing,
    holding,
    keeping,
    lapsing,
    offers,
    proposing,
    taking,
    waiting,
    wishing,
)
from miedza.bookings import telling_of_times as telling
from miedza.bookings.models import Booking, Kept
from tests.db.stage import LATER, Stage
from tests.db.stage_of_times import DAY

if TYPE_CHECKING:
    from collections.abc import Callable


def _wish(stage: Stage) -> dict[str, Any]:
    """Marek's wish, as the practitioner answers it."""
    return {**stage.now, "kept_id": stage.times.wish.id}


def _proposal(stage: Stage) -> dict[str, Any]:
    """What is proposed to Ola, as it is answered."""
    return {**stage.now, "kept_id": stage.times.proposal.id}


def _offer(stage: Stage) -> Kept:
    """A seat that is offered to Marek."""
    offered = Kept.objects.of(stage.practice.id).get(waiting_id=stage.times.for_seat.id)
    return stage.times.find(offered)


def _show_code(stage: Stage) -> None:
    """Somebody new comes for themselves; then for a child of theirs, and once more."""
    times = stage.times
    holding.show_code(kept=times.held, code=times.code, now=LATER)
    for child in ("Staś", "Staś"):
        kept, _token = times.hold(times.service)
        code = holding.write_details(kept=kept, details=times.tell(child=child), now=LATER)
        holding.show_code(kept=kept, code=code, now=LATER)


def _finish(stage: Stage) -> None:
    """What is held is booked; a free meeting of somebody who may be known waits for a yes."""
    times = stage.times
    booked = holding.finish(kept=times.held, person=stage.marek, now=LATER)
    assert isinstance(booked, Booking)
    free = times.define("Próba", kind="free")
    kept, _token = times.hold(free)
    holding.write_details(kept=kept, details=times.tell(), now=LATER)
    stage.person.phone = times.tell().phone
    stage.person.save()
    wished = holding.finish(kept=kept, person=stage.marek, now=LATER)
    assert isinstance(wished, Kept)
    assert wished.alike_id == stage.person.id


def _ask_for(stage: Stage) -> Kept:
    """Marek asks for a time of a service that is given on request."""
    choice = choosing.choose_service(stage.times.define("Rozmowa", way="on_request"))
    return wishing.ask_for(
        practitioner=stage.practitioner, person=stage.marek, choice=choice, text="…", now=LATER,
        starts_at=stage.times.free(choice.service), seen=choice.seen,
    )  # fmt: skip


def _turn_into_wish(stage: Stage) -> Kept:
    kept, _token = stage.times.hold(stage.times.service)
    return wishing.turn_into_wish(
        kept=kept, person=stage.marek, alike=stage.person, text="…", now=LATER,
        seen=(kept.minutes, kept.price_minor),
    )  # fmt: skip


def _keep(stage: Stage) -> Kept:
    """A time is kept for nobody known yet."""
    return keeping.keep(
        practitioner=stage.practitioner, purpose="hold", starts_at=LATER + 16 * DAY,
        choice=choosing.choose_service(stage.times.service), until=LATER + DAY, now=LATER,
    )[0]  # fmt: skip


CALLS: dict[str, Callable[[Stage], Any]] = {
    "bookings.keeping.keep": _keep,
    "bookings.keeping.say_token": lambda s: keeping.say_token(s.times.held),
    "bookings.keeping.find_kept": lambda s: s.times.find(s.times.wish),
    "bookings.keeping.find_by_token": lambda s: keeping.find_by_token(s.times.token),
    "bookings.keeping.list_kept": lambda s: list(
        keeping.list_kept(**s.of, purpose="wish", now=s.times.now)
    ),
    "bookings.keeping.find_start": lambda s: keeping.find_start(
        s.times.held, taking.get_taken(s.practice.id, s.times.held.id)
    ),
    "bookings.keeping.is_standing": lambda s: holding.is_held(s.times.held, LATER),
    "bookings.keeping.prolong": lambda s: keeping.prolong(
        kept=s.times.held, until=LATER + DAY, now=LATER
    ),
    "bookings.keeping.write_answer": lambda s: keeping.write_answer(
        kept=s.times.held, answer="no", now=LATER
    ),
    "bookings.keeping.answer": lambda s: keeping.answer(**_wish(s), said="withdrawn"),
    "bookings.keeping.withdraw_proposals": lambda s: keeping.withdraw_proposals(
        **s.of, booking_id=s.times.ahead.id, now=LATER
    ),
    "bookings.keeping.withdraw_proposal": lambda s: keeping.withdraw_proposal(
        kept=s.times.find(s.times.proposal), now=LATER
    ),
    "bookings.holding.hold": lambda s: s.times.hold(s.times.service),
    "bookings.holding.write_details": lambda s: holding.write_details(
        kept=s.times.held, details=s.times.tell(), now=LATER
    ),
    "bookings.holding.read_details": lambda s: holding.read_details(s.times.held),
    "bookings.holding.let_go": lambda s: holding.let_go(**s.now, kept_id=s.times.held.id),
    "bookings.holding.go_on": lambda s: holding.go_on(kept=s.times.held, now=LATER),
    "bookings.holding.show_code": _show_code,
    "bookings.holding.finish": _finish,
    "bookings.holding.is_held": lambda s: holding.is_held(s.times.held, LATER),
    "bookings.wishing.ask_for": _ask_for,
    "bookings.wishing.turn_into_wish": _turn_into_wish,
    "bookings.wishing.give": lambda s: wishing.give(**_wish(s)),
    "bookings.wishing.decline": lambda s: wishing.decline(**_wish(s), words="…"),
    "bookings.proposing.propose": lambda s: proposing.propose(
        **s.now, booking_id=s.times.ahead.id, to_at=LATER + 17 * DAY, text="…"
    ),
    "bookings.proposing.agree": lambda s: proposing.agree(**_proposal(s)),
    "bookings.proposing.refuse": lambda s: proposing.refuse(**_proposal(s)),
    "bookings.proposing.withdraw": lambda s: proposing.withdraw(**_proposal(s)),
    "bookings.proposing.list_proposals": lambda s: proposing.list_proposals(
        **s.of, booking_id=s.times.ahead.id
    ),
    "bookings.proposing.find_proposal": lambda s: proposing.find_proposal(
        **s.of, booking_id=s.times.ahead.id, now=LATER
    ),
    "bookings.waiting.wait": lambda s: [
        s.times.wait(s.marek, service) for service in (s.times.service, s.times.group, None)
    ],
    "bookings.waiting.list_waiting": lambda s: list(
        waiting.list_waiting(**s.of, person_id=s.times.other.id)
    ),
    "bookings.waiting.finds_free": lambda s: waiting.finds_free(
        practitioner=s.practitioner, now=LATER
    ),
    "bookings.waiting.end_over": lambda s: waiting.end_over(
        practitioner=s.practitioner, now=LATER
    ),
    "bookings.waiting.offer_free": lambda s: waiting.offer_free(
        practitioner=s.times.practitioner, now=LATER
    ),
    "bookings.waiting.list_practitioners_waited_for": lambda s: (
        s.times, waiting.list_practitioners_waited_for()
    ),
    "bookings.offers.take_offer": lambda s: offers.take_offer(kept=_offer(s), now=LATER),
    "bookings.offers.leave_offer": lambda s: offers.leave_offer(
        kept=_offer(s), now=LATER, stays=False
    ),
    "bookings.offers.stop_waiting": lambda s: offers.stop_waiting(
        **s.now, waiting_id=s.times.for_seat.id
    ),
    "bookings.lapsing.lapse_due": lambda s: lapsing.lapse_due(now=s.times.now + 4 * DAY),
    "bookings.lapsing.offer_waited_for": lambda s: (
        s.times, lapsing.offer_waited_for(now=LATER)
    ),
    "bookings.telling_of_times.describe_kept": lambda s: telling.describe_kept(
        s.times.find(s.times.wish), LATER
    ),
    "bookings.telling_of_times.tell_of_wish": lambda s: telling.tell_of_wish(
        kept=s.times.find(s.times.wish), now=LATER
    ),
    "bookings.telling_of_times.tell_wish_answered": lambda s: telling.tell_wish_answered(
        kept=s.times.find(s.times.wish), words="…", now=LATER
    ),
    "bookings.telling_of_times.tell_of_lapse": lambda s: telling.tell_of_lapse(
        kept=s.times.find(s.times.wish), now=LATER
    ),
    "bookings.telling_of_times.tell_of_proposal": lambda s: telling.tell_of_proposal(
        kept=s.times.find(s.times.proposal), booking=s.ahead, token="…", text="…", now=LATER
    ),
    "bookings.telling_of_times.tell_proposal_answered": lambda s: telling.tell_proposal_answered(
        kept=s.times.find(s.times.proposal), booking=booking.get_booking(s.practice, s.ahead.id),
        now=LATER,
    ),
    "bookings.telling_of_times.tell_of_offer": lambda s: telling.tell_of_offer(
        kept=_offer(s), token="…", now=LATER
    ),
    "bookings.addressing.write_letters": lambda s: telling.tell_of_offer(
        kept=_offer(s), token="…", now=LATER
    ),
}  # fmt: skip
