"""How every function of the ledger and the bookings is called, for one practice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.bookings import actions as booking
from miedza.bookings import (
    addressing,
    by_clients,
    hours,
    judging,
    lateness,
    objecting,
    offering,
    ordering,
    paying,
    rejudging,
    reminding,
    reserving,
    telling,
)
from miedza.bookings import (
    agreeing as asking,
)
from miedza.bookings import checking as looking
from miedza.bookings import queries as bookings
from miedza.bookings.choosing import choose_usual
from miedza.bookings.entering import enter
from miedza.db.ids import make_id
from miedza.ledger import actions as writing
from miedza.ledger import checking, deciding, foreseeing, records
from miedza.ledger import judging as ledger_judging
from miedza.ledger import queries as ledger
from miedza.ledger.facts import to_instant
from tests.cast import BOOKED, MONDAY, book

if TYPE_CHECKING:
    from collections.abc import Callable


from tests.db.stage import AGREED, LATER, Stage

DAY = timedelta(days=1)


def _replay(stage: Stage) -> checking.Replay:
    return checking.replay(**stage.of, person_id=stage.person.id)


def _rejudge(stage: Stage) -> None:
    """Tell of a deed that is judged otherwise than before."""
    deeds = rejudging.read_deeds(
        practice=stage.practice, person_id=stage.person.id, before=LATER + DAY
    )
    assert deeds
    others = {each: deed._replace(said=[]) for each, deed in deeds.items()}
    rejudging.tell_changes(**stage.now, before=others, after=deeds)


CALLS: dict[str, Callable[[Stage], Any]] = {
    "bookings.queries.list_late": lambda s: bookings.list_late(**s.of, booking_id=s.ahead.id),
    "bookings.queries.list_late_since": lambda s: bookings.list_late_since(**s.of, since=BOOKED),
    "bookings.queries.read_starts": lambda s: bookings.read_starts(**s.of),
    "bookings.actions.get_booking": lambda s: booking.get_booking(s.practice, s.booking.id),
    "bookings.judging.plan_reminder": lambda s: judging.plan_reminder(LATER, BOOKED),
    "bookings.hours.set_hours": lambda s: hours.set_hours(
        practitioner=s.practitioner, weekly={}, limits=hours.Limits(30, 0, 0, 1, 1)
    ),
    "bookings.hours.find_hours": lambda s: hours.find_hours(practitioner=s.practitioner),
    "bookings.offering.list_free": lambda s: offering.list_free(
        practitioner=s.practitioner, minutes=60, now=LATER
    ),
    "bookings.reserving.book_offered": lambda s: reserving.book_offered(
        **s.accepted().now, practitioner=s.practitioner, person=s.marek, starts_at=s.free(),
        seen=(s.marek.usual_minutes, s.marek.usual_price_minor),
    ),
    "bookings.by_clients.add_request": lambda s: by_clients.add_request(
        **s.now, booking_id=s.ahead.id, text="…"
    ),
    "bookings.reserving.list_offered": lambda s: reserving.list_offered(
        practitioner=s.practitioner, choice=choose_usual(s.person), rules=s.meeting.rules,
        now=LATER,
    ),
    "bookings.ordering.check_order": lambda s: ordering.check_order(
        s.meeting, "moved", to_instant(LATER), "practitioner"
    ),
    "bookings.paying.take_account": lambda s: paying.take_account(
        records.read_record(**s.of, meetings=[s.meeting]), [s.meeting]
    ),
    "ledger.queries.list_holding": lambda s: list(ledger.list_holding(**s.of)),
    "ledger.queries.list_standing": lambda s: ledger.list_standing(
        **s.of, meeting_id=s.meeting.id
    ),
    "ledger.foreseeing.tell_cost": lambda s: foreseeing.tell_cost(
        foreseeing.Foresight(s.meeting, "client").ask("cancelled", "client", at=LATER)
    ),
    "bookings.paying.find_price_ahead": lambda s: paying.find_price_ahead(
        records.read_record(**s.of, meetings=[s.meeting]), s.meeting
    ),
    "ledger.queries.find_standing": lambda s: ledger.find_standing(**s.of, event_id=s.event.id),
    "ledger.queries.find_terms_ahead": lambda s: ledger.find_terms_ahead(
        person=s.person, rules=s.meeting.rules, start_at=LATER, now=LATER
    ),
    "bookings.by_clients.move_offered": lambda s: by_clients.move_offered(
        **s.seen(), to_at=s.free()
    ),
    "bookings.by_clients.cancel": lambda s: by_clients.cancel(**s.seen(), cause=None),
    "bookings.telling.was_told": lambda s: telling.was_told(s.ahead),
    "bookings.rejudging.read_deeds": lambda s: rejudging.read_deeds(
        practice=s.practice, person_id=s.deed().person.id, before=LATER
    ),
    "bookings.rejudging.tell_changes": lambda s: _rejudge(s.deed()),
    "bookings.rejudging.tell_of_release": lambda s: rejudging.tell_of_release(
        **s.now, booking=s.ahead
    ),
    "bookings.lateness.say_late": lambda s: lateness.say_late(
        practice=s.practice, booking_id=s.ahead.id, by="client", minutes=5,
        now=s.ahead.starts_at,
    ),
    "bookings.lateness.can_say_late": lambda s: lateness.can_say_late(s.ahead, LATER),
    "bookings.agreeing.write_request": lambda s: asking.write_request(
        **s.now, person=s.marek, asked=s.marek, holds_at=None, words="", token=s.token
    ),
    "bookings.agreeing.find_asked": lambda s: asking.find_asked(
        practice=s.practice, person=s.person
    ),
    "bookings.agreeing.ask": lambda s: asking.ask(
        **s.now, person=s.person, holds_at=LATER, words="…", by_mail=True
    ),
    "bookings.agreeing.accept": lambda s: asking.accept(**s.sign()),
    "bookings.addressing.list_addressees": lambda s: addressing.list_addressees(
        practice=s.practice, person=s.person
    ),
    "bookings.addressing.find_leading": lambda s: addressing.find_leading(
        booking.get_booking(s.practice, s.ahead.id).practitioner
    ),
    "bookings.telling.tell": lambda s: telling.announce_booking(
        **s.now, booking=booking.get_booking(s.practice, s.ahead.id), by="client"
    ),
    "bookings.telling.announce_booking": lambda s: telling.announce_booking(
        **s.now, booking=booking.get_booking(s.practice, s.ahead.id), by="practitioner"
    ),
    "bookings.telling.announce_event": lambda s: by_clients.cancel(**s.seen(), cause=None),
    "bookings.telling.say_rulings_of": lambda s: by_clients.cancel(**s.seen(), cause=None),
    "bookings.telling.correct_event": lambda s: telling.take_back_event(
        **s.now, booking=booking.get_booking(s.practice, s.ahead.id), event=s.event
    ),
    "bookings.telling.take_back_event": lambda s: telling.take_back_event(
        **s.now, booking=booking.get_booking(s.practice, s.ahead.id), event=s.event
    ),
    "bookings.telling.take_back_booking": lambda s: telling.take_back_booking(
        **s.now, booking=booking.get_booking(s.practice, s.ahead.id)
    ),
    "bookings.reminding.remind_due": lambda s: reminding.remind_due(
        now=s.ahead.starts_at - timedelta(hours=1)
    ),
    "bookings.paying.note_payment": lambda s: paying.note_payment(
        **s.now, person=s.person, amount_minor=1, at=LATER, id=make_id()
    ),
    "bookings.objecting.object_to": lambda s: objecting.object_to(
        **s.now, booking=booking.get_booking(s.practice, s.booking.id), ruling_id=s.owed.id,
        text="…",
    ),
    "ledger.checking.list_booked": lambda s: checking.list_booked(**s.of),
    "ledger.checking.replay": _replay,
    "ledger.checking.find_last_judged": lambda s: checking.find_last_judged(
        **s.of, person_id=s.person.id, record=_replay(s).record
    ),
    "ledger.checking.find_false_rulings": lambda s: list(checking.find_false_rulings(_replay(s))),
    "ledger.checking.find_false_sums": lambda s: list(
        checking.find_false_sums(_replay(s).record)
    ),
    "ledger.checking.find_false_editions": lambda s: list(checking.find_false_editions(**s.of)),
    "bookings.checking.find_false_bookings": lambda s: list(
        looking.find_false_bookings(
            **s.of, person_id=s.person.id, standings=_replay(s).standings
        )
    ),
    "bookings.checking.find_unpaired": lambda s: list(looking.find_unpaired(**s.of)),
    "bookings.checking.find_overlaps": lambda s: list(looking.find_overlaps(**s.of)),
    "bookings.checking.count_due": lambda s: looking.count_due(**s.of, now=LATER),
    "ledger.records.read_record": lambda s: records.read_record(**s.of, meetings=[s.meeting]),
    "ledger.records.read_many": lambda s: records.read_many(
        **s.of, among=bookings.select_begun(**s.of, since=BOOKED, until=LATER)
    ),
    "bookings.queries.select_begun": lambda s: bookings.select_begun(
        **s.of, since=BOOKED, until=LATER
    ),
    "ledger.records.list_waiting": lambda s: list(records.list_waiting(**s.of)),
    "ledger.queries.find_event": lambda s: ledger.find_event(**s.of, event_id=s.event.id),
    "ledger.queries.find_least_notice": lambda s: ledger.find_least_notice(s.meeting, by="client"),
    "ledger.queries.find_last_change": lambda s: ledger.find_last_change(**s.of),
    "ledger.queries.find_terms": lambda s: ledger.find_terms(s.meeting),
    "ledger.queries.find_case": lambda s: ledger.find_case(
        **s.of, person_id=s.person.id, meeting_id=s.meeting.id
    ),
    "ledger.queries.find_agreed": lambda s: ledger.find_agreed(**s.of, meetings=[s.meeting]),
    "ledger.deciding.decide": lambda s: deciding.decide(
        **s.now, ruling_id=s.owed.id, choice="talk"
    ),
    "ledger.deciding.object_to": lambda s: deciding.object_to(
        **s.now, meeting_id=s.owed.meeting_id, ruling_id=s.owed.id, text="…"
    ),
    "ledger.queries.list_meetings": lambda s: ledger.list_meetings(
        **s.of, person_id=s.person.id
    ),
    "ledger.queries.find_meeting": lambda s: ledger.find_meeting(
        **s.of, meeting_id=s.meeting.id
    ),
    "ledger.queries.read_cases": lambda s: ledger.read_cases(**s.of, person_id=s.person.id),
    "ledger.queries.export_case": lambda s: ledger.export_case(
        ledger.read_cases(**s.of, person_id=s.person.id)[0], now=BOOKED
    ),
    "ledger.actions.record_meeting": lambda s: writing.record_meeting(
        practice=s.practice, person=s.person, rules=s.meeting.rules, start_at=MONDAY, **AGREED
    ),
    "ledger.actions.shift_start": lambda s: writing.shift_start(
        **s.now, meeting_id=s.meeting.id, was_at=MONDAY, to_at=LATER
    ),
    "ledger.actions.strike_meeting": lambda s: writing.strike_meeting(
        **s.now, meeting=writing.record_meeting(
            practice=s.practice, person=s.person, rules=s.meeting.rules, start_at=MONDAY,
            **AGREED,
        ),
    ),
    "ledger.actions.record_event": lambda s: writing.record_event(
        **s.now, meeting=s.meeting, type="voided", by="client", at=LATER, voids_id=s.event.id
    ),
    "ledger.judging.judge_person": lambda s: ledger_judging.judge_person(
        **s.now, person_id=s.person.id
    ),
    "ledger.judging.write_waiver": lambda s: ledger_judging.write_waiver(
        s.practice, s.owed, "practitioner", "…", LATER
    ),
    "ledger.actions.waive": lambda s: writing.waive(
        **s.now, meeting_id=s.owed.meeting_id, ruling_id=s.owed.id, by="practitioner", reason="…"
    ),
    "bookings.queries.find_booking": lambda s: bookings.find_booking(
        **s.of, booking_id=s.booking.id
    ),
    "bookings.queries.day_bounds": lambda s: bookings.day_bounds(MONDAY.date(), s.zone),
    "bookings.queries.list_day": lambda s: bookings.list_day(
        **s.of, calendar_key=s.key, day=MONDAY.date(), zone=s.zone
    ),
    "bookings.queries.find_next": lambda s: bookings.find_next(
        **s.of, calendar_key=s.key, now=BOOKED
    ),
    "bookings.queries.list_clashing": lambda s: bookings.list_clashing(
        practitioner=s.practitioner, now=BOOKED
    ),
    "bookings.queries.list_ahead": lambda s: list(bookings.list_ahead(**s.of, now=BOOKED)),
    "bookings.queries.list_unclear": lambda s: bookings.list_unclear(
        **s.of, calendar_key=s.key
    ),
    "bookings.queries.list_of_person": lambda s: bookings.list_of_person(
        **s.of, person_id=s.person.id
    ),
    "bookings.actions.find_held": lambda s: booking.find_held(s.practice, s.booking.id),
    "bookings.actions.book": lambda s: booking.book(
        practice=s.practice, practitioner=s.practitioner, person=s.person,
        starts_at=MONDAY + timedelta(days=3), **AGREED,
    ),
    "bookings.entering.enter": lambda s: enter(
        practice=s.practice, practitioner=s.practitioner, person=s.person,
        starts_at=MONDAY + timedelta(days=4), **AGREED,
    ),
    "bookings.actions.record": lambda s: booking.record(
        **s.now, booking_id=s.booking.id, type="voided", by="client", at=LATER,
        voids_id=s.event.id,
    ),
    "bookings.actions.close_day": lambda s: booking.close_day(
        **s.now, booking_ids=[s.booking.id, s.later.id]
    ),
    "bookings.actions.strike": lambda s: booking.strike(
        **s.now, booking_id=book(s.practitioner, s.person, MONDAY + timedelta(days=9)).id
    ),
    "bookings.judging.judge_person": lambda s: judging.judge_person(
        **s.now, person_id=s.person.id
    ),
    "bookings.judging.judge_due": lambda s: judging.judge_due(now=LATER),
}  # fmt: skip
