"""How every function of every app's queries and actions is called, for one practice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from miedza.agreements import actions as agreeing
from miedza.agreements import queries as agreements
from miedza.bookings import actions as booking
from miedza.bookings import checking as looking
from miedza.bookings import judging
from miedza.bookings import queries as bookings
from miedza.ledger import actions as writing
from miedza.ledger import checking
from miedza.ledger import judging as ledger_judging
from miedza.ledger import queries as ledger
from miedza.messaging import actions as mailing
from miedza.messaging import checking as reading
from miedza.messaging import queries as mails
from miedza.people import actions as knowing
from miedza.people import queries as people
from miedza.practice import actions as leading
from miedza.practice import queries as practices
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, tell

if TYPE_CHECKING:
    from collections.abc import Callable

LATER = MONDAY + timedelta(days=30)
KNOWN: dict[str, Any] = {
    "name": "Zoe", "email": "", "phone": "", "language": "en", "what_for": "",
    "usual_minutes": 50, "usual_price_minor": 1,
}  # fmt: skip
AGREED: dict[str, Any] = {"minutes": 50, "price_minor": 1, "kind": "paid", "now": BOOKED}


class Stage:
    """A practice in which enough has happened for every function to have something to do."""

    def __init__(self, cast: Cast) -> None:
        self.practitioner, self.practice = cast.anna, cast.anna.practice
        self.now: dict[str, Any] = {"practice": self.practice, "now": LATER}
        self.of: dict[str, Any] = {"practice_id": cast.anna.practice_id}
        self.person, self.zone = cast.ola, "Europe/Warsaw"
        self.key = cast.anna.calendar_key
        self.booking = book(cast.anna, cast.ola)
        self.later = book(cast.anna, cast.ola, MONDAY + timedelta(days=7))
        forgiven = book(cast.anna, cast.ola, MONDAY + timedelta(hours=2))
        tell(cast.anna, forgiven, "cancelled", "client", MONDAY - timedelta(days=1, hours=1))
        tell(cast.anna, self.booking, "cancelled", "client", MONDAY - timedelta(days=1))
        tell(cast.anna, self.booking, "incident", "client", MONDAY, text="…")
        meeting = ledger.find_meeting(**self.of, meeting_id=self.booking.id)
        assert meeting is not None
        self.meeting = meeting
        self.event = meeting.events.get(practice=self.practice, type="cancelled")
        tell(cast.anna, self.later, "left", "practitioner", self.later.ends_at)
        tell(
            cast.anna, self.later, "arrived", "client", self.later.starts_at, now=self.later.ends_at
        )
        self.note = knowing.write_note(
            practice=self.practice, person=self.person, text="…", now=BOOKED
        )
        self.mail = mailing.queue_mail(to="ola@miedza.example", subject="…", text="…", now=BOOKED)
        rulings = meeting.rulings.filter(practice=self.practice, owed_by="client")
        self.owed = rulings.get()


def _replay(stage: Stage) -> checking.Replay:
    return checking.replay(**stage.of, person_id=stage.person.id)


CALLS: dict[str, Callable[[Stage], Any]] = {
    "practice.queries.is_new_installation": lambda _s: practices.is_new_installation(),
    "practice.queries.list_practices": lambda _s: practices.list_practices(),
    "practice.queries.find_practitioner": lambda s: practices.find_practitioner(
        user_id=s.practitioner.user_id
    ),
    "practice.queries.find_user": lambda s: practices.find_user(email="anna@miedza.example"),
    "practice.queries.get_practice": lambda s: practices.get_practice(**s.of),
    "practice.queries.read_any_key": lambda _s: practices.read_any_key(),
    "practice.actions.create_practice": lambda s: leading.create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
        currency="EUR", time_zone="Europe/London", now=BOOKED,
    ),
    "practice.actions.lock_installation": lambda _s: leading.lock_installation(),
    "practice.actions.lock_practice": lambda s: leading.lock_practice(**s.of),
    "practice.actions.erase_practice": lambda s: leading.erase_practice(**s.of),
    "practice.actions.change_practice": lambda s: leading.change_practice(
        practice=s.practice, name="A", profession="coach", language="en", time_zone="UTC"
    ),
    "practice.actions.change_looks": lambda s: leading.change_looks(
        user=s.practitioner.user, language="en", theme="dark"
    ),
    "people.queries.fold_name": lambda s: people.fold_name("Łucja"),
    "people.queries.list_people": lambda s: list(people.list_people(**s.of, search="o a")),
    "people.queries.find_person": lambda s: people.find_person(**s.of, person_id=s.person.id),
    "people.queries.list_notes": lambda s: people.list_notes(**s.of, person_id=s.person.id),
    "people.queries.find_note": lambda s: people.find_note(**s.of, note_id=s.note.id),
    "people.queries.count_people": lambda s: people.count_people(**s.of),
    "people.actions.add_person": lambda s: knowing.add_person(
        practice=s.practice, **KNOWN, now=BOOKED
    ),
    "people.actions.change_person": lambda s: knowing.change_person(
        practice=s.practice, person=s.person, **KNOWN
    ),
    "people.actions.write_note": lambda s: knowing.write_note(
        practice=s.practice, person=s.person, text="…", now=BOOKED
    ),
    "people.actions.delete_note": lambda s: knowing.delete_note(
        practice=s.practice, person=s.person, note_id=s.note.id
    ),
    "agreements.queries.find_in_force": lambda s: agreements.find_in_force(**s.of, at=BOOKED),
    "agreements.queries.find_draft": lambda s: agreements.find_draft(**s.of),
    "agreements.queries.list_published": lambda s: list(agreements.list_published(**s.of)),
    "agreements.actions.save_draft": lambda s: agreeing.save_draft(
        practice=s.practice, terms=ANNAS_TERMS
    ),
    "agreements.actions.publish_draft": lambda s: (
        agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
        agreeing.publish_draft(practice=s.practice, number=2, now=BOOKED),
    ),
    "agreements.actions.discard_draft": lambda s: (
        agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
        agreeing.discard_draft(practice=s.practice),
    ),
    "ledger.queries.read_record": lambda s: ledger.read_record(**s.of, meetings=[s.meeting]),
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
    "messaging.checking.find_broken_mails": lambda _s: list(reading.find_broken_mails()),
    "messaging.actions.give_up_waiting": lambda _s: mailing.give_up_waiting(error="…", now=LATER),
    "messaging.queries.read_mail_text": lambda s: mails.read_mail_text(s.mail),
    "messaging.queries.count_given_up": lambda s: mails.count_given_up(since=BOOKED),
    "messaging.actions.queue_mail": lambda s: mailing.queue_mail(
        to="o@miedza.example", subject="…", text="…", now=BOOKED
    ),
    "messaging.actions.claim_mail": lambda s: mailing.claim_mail(now=LATER),
    "messaging.actions.mark_sent": lambda s: mailing.mark_sent(mail=s.mail, now=LATER),
    "messaging.actions.mark_failed": lambda s: mailing.mark_failed(
        mail=s.mail, error="…", now=LATER
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
    "bookings.queries.list_ahead": lambda s: list(bookings.list_ahead(**s.of, now=BOOKED)),
    "bookings.queries.list_unclear": lambda s: bookings.list_unclear(
        **s.of, calendar_key=s.key
    ),
    "bookings.queries.list_of_person": lambda s: bookings.list_of_person(
        **s.of, person_id=s.person.id
    ),
    "bookings.actions.book": lambda s: booking.book(
        practice=s.practice, practitioner=s.practitioner, person=s.person,
        starts_at=MONDAY + timedelta(days=3), **AGREED,
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
    "bookings.checking.find_false_bookings": lambda s: list(
        looking.find_false_bookings(
            **s.of, person_id=s.person.id, standings=_replay(s).standings
        )
    ),
    "bookings.checking.find_unpaired": lambda s: list(looking.find_unpaired(**s.of)),
    "bookings.checking.find_overlaps": lambda s: list(looking.find_overlaps(**s.of)),
    "bookings.checking.count_due": lambda s: looking.count_due(**s.of, now=LATER),
    "bookings.judging.judge_person": lambda s: judging.judge_person(
        **s.now, person_id=s.person.id
    ),
    "bookings.judging.judge_due": lambda s: judging.judge_due(now=LATER),
}  # fmt: skip
