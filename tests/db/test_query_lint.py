"""Every question that queries and actions put to the database names its practice by a constant.

Each public function of every app is called here for one practice, and every statement it sends is
read. A new function fails the test until it is called here too.
"""

from __future__ import annotations

import inspect
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection

from miedza.db.tenancy import TenantModel
from miedza.ledger.queries import find_meeting, read_cases
from miedza.messaging.actions import queue_mail
from miedza.people.actions import write_note
from tests.cast import ANNAS_TERMS, BOOKED, MONDAY, Cast, book, tell
from tests.db.sql_scopes import find_unpinned

if TYPE_CHECKING:
    from collections.abc import Callable

TENANTS = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
APPS = ("practice", "people", "agreements", "ledger", "messaging", "bookings")
LATER = MONDAY + timedelta(days=30)
ACROSS_PRACTICES = {"bookings.actions.judge_due": ["bookings_booking"]}
"""The clock's scan for what is due, in all practices; it is apart from every change."""


def list_functions() -> list[str]:
    """Every public function of every app's queries and actions."""
    names = []
    for app in APPS:
        for kind in ("queries", "actions"):
            module = import_module(f"miedza.{app}.{kind}")
            names.extend(
                f"{app}.{kind}.{name}"
                for name, function in vars(module).items()
                if inspect.isfunction(function)
                and not name.startswith("_")
                and function.__module__ == module.__name__
            )
    return names


class Stage:
    """A practice in which enough has happened for every function to have something to do."""

    def __init__(self, cast: Cast) -> None:
        self.practitioner, self.practice = cast.anna, cast.anna.practice
        self.of = {"practice_id": cast.anna.practice_id}
        self.person, self.zone = cast.ola, "Europe/Warsaw"
        self.key = cast.anna.calendar_key
        self.booking = book(cast.anna, cast.ola)
        self.later = book(cast.anna, cast.ola, MONDAY + timedelta(days=7))
        tell(cast.anna, self.booking, "cancelled", "client", MONDAY - timedelta(days=1))
        tell(cast.anna, self.booking, "incident", "client", MONDAY, text="…")
        meeting = find_meeting(**self.of, meeting_id=self.booking.id)
        assert meeting is not None
        self.meeting = meeting
        self.event = meeting.events.filter(practice=self.practice).first()
        tell(cast.anna, self.later, "left", "practitioner", self.later.ends_at)
        tell(cast.anna, self.later, "arrived", "client", self.later.starts_at, now=self.later.ends_at)
        self.note = write_note(
            practice=self.practice, person=self.person, text="…", now=BOOKED
        )
        self.mail = queue_mail(to="ola@miedza.example", subject="…", text="…", now=BOOKED)
        rulings = meeting.rulings.filter(practice=self.practice, owed_by="client")
        self.owed = rulings.first()


def _calls(s: Stage) -> dict[str, Callable[[], Any]]:
    """How each function is called."""
    from miedza.agreements import actions as agreeing
    from miedza.agreements import queries as agreements
    from miedza.bookings import actions as booking
    from miedza.bookings import queries as bookings
    from miedza.ledger import actions as writing
    from miedza.ledger import queries as ledger
    from miedza.messaging import actions as mailing
    from miedza.messaging import queries as mails
    from miedza.people import actions as knowing
    from miedza.people import queries as people
    from miedza.practice import actions as leading
    from miedza.practice import queries as practices

    known = {
        "name": "Zoe", "email": "", "phone": "", "language": "en", "what_for": "",
        "usual_minutes": 50, "usual_price_minor": 1,
    }  # fmt: skip
    agreed = {"minutes": 50, "price_minor": 1, "kind": "paid", "now": BOOKED}
    one = {"practice": s.practice, "now": LATER}
    user = s.practitioner.user
    return {
        "practice.queries.is_new_installation": practices.is_new_installation,
        "practice.queries.find_practitioner": lambda: practices.find_practitioner(user_id=user.pk),
        "practice.queries.find_user": lambda: practices.find_user(email="anna@miedza.example"),
        "practice.queries.get_practice": lambda: practices.get_practice(**s.of),
        "practice.actions.create_practice": lambda: leading.create_practice(
            email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
            currency="EUR", time_zone="Europe/London", now=BOOKED,
        ),
        "practice.actions.lock_practice": lambda: leading.lock_practice(**s.of),
        "practice.actions.erase_practice": lambda: leading.erase_practice(**s.of),
        "practice.actions.change_practice": lambda: leading.change_practice(
            practice=s.practice, name="A", profession="coach", language="en", time_zone="UTC"
        ),
        "practice.actions.change_looks": lambda: leading.change_looks(
            user=user, language="en", theme="dark"
        ),
        "people.queries.fold_name": lambda: people.fold_name("Łucja"),
        "people.queries.list_people": lambda: list(people.list_people(**s.of, search="o a")),
        "people.queries.find_person": lambda: people.find_person(**s.of, person_id=s.person.id),
        "people.queries.read_notes": lambda: people.read_notes(
            practice=s.practice, person=s.person
        ),
        "people.queries.note_place": lambda: people.note_place(s.note),
        "people.queries.count_people": lambda: people.count_people(**s.of),
        "people.actions.add_person": lambda: knowing.add_person(
            practice=s.practice, **known, now=BOOKED
        ),
        "people.actions.change_person": lambda: knowing.change_person(person=s.person, **known),
        "people.actions.write_note": lambda: knowing.write_note(
            practice=s.practice, person=s.person, text="…", now=BOOKED
        ),
        "people.actions.delete_note": lambda: knowing.delete_note(
            practice=s.practice, person=s.person, note_id=s.note.id
        ),
        "agreements.queries.find_in_force": lambda: agreements.find_in_force(**s.of, at=BOOKED),
        "agreements.queries.find_draft": lambda: agreements.find_draft(**s.of),
        "agreements.queries.list_published": lambda: list(agreements.list_published(**s.of)),
        "agreements.actions.save_draft": lambda: agreeing.save_draft(
            practice=s.practice, terms=ANNAS_TERMS
        ),
        "agreements.actions.publish_draft": lambda: (
            agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
            agreeing.publish_draft(practice=s.practice, number=2, now=BOOKED),
        ),
        "agreements.actions.discard_draft": lambda: (
            agreeing.save_draft(practice=s.practice, terms=ANNAS_TERMS),
            agreeing.discard_draft(practice=s.practice),
        ),
        "ledger.queries.read_record": lambda: ledger.read_record(**s.of, meetings=[s.meeting]),
        "ledger.queries.list_meetings": lambda: ledger.list_meetings(
            **s.of, person_id=s.person.id
        ),
        "ledger.queries.find_meeting": lambda: ledger.find_meeting(
            **s.of, meeting_id=s.meeting.id
        ),
        "ledger.queries.read_text": lambda: ledger.read_text(practice=s.practice, event=s.event),
        "ledger.queries.text_place": lambda: ledger.text_place(s.event),
        "ledger.queries.read_cases": lambda: ledger.read_cases(**s.of, person_id=s.person.id),
        "ledger.queries.export_case": lambda: ledger.export_case(
            read_cases(**s.of, person_id=s.person.id)[0], now=BOOKED
        ),
        "ledger.actions.record_meeting": lambda: writing.record_meeting(
            practice=s.practice, person=s.person, rules=s.meeting.rules, start_at=MONDAY, **agreed
        ),
        "ledger.actions.strike_meeting": lambda: writing.strike_meeting(
            **one, meeting=writing.record_meeting(
                practice=s.practice, person=s.person, rules=s.meeting.rules, start_at=MONDAY,
                **agreed,
            ),
        ),
        "ledger.actions.record_event": lambda: writing.record_event(
            **one, meeting=s.meeting, type="voided", by="client", at=LATER, voids_id=s.event.id
        ),
        "ledger.actions.judge_person": lambda: writing.judge_person(**one, person_id=s.person.id),
        "ledger.actions.waive": lambda: writing.waive(
            **one, ruling_id=s.owed.id, by="practitioner", reason="…"
        ),
        "messaging.queries.read_mail_text": lambda: mails.read_mail_text(s.mail),
        "messaging.queries.count_given_up": lambda: mails.count_given_up(since=BOOKED),
        "messaging.actions.queue_mail": lambda: mailing.queue_mail(
            to="o@miedza.example", subject="…", text="…", now=BOOKED
        ),
        "messaging.actions.claim_mail": lambda: mailing.claim_mail(now=LATER),
        "messaging.actions.mark_sent": lambda: mailing.mark_sent(mail=s.mail, now=LATER),
        "messaging.actions.mark_failed": lambda: mailing.mark_failed(
            mail=s.mail, error="…", now=LATER
        ),
        "bookings.queries.find_booking": lambda: bookings.find_booking(
            **s.of, booking_id=s.booking.id
        ),
        "bookings.queries.day_bounds": lambda: bookings.day_bounds(MONDAY.date(), s.zone),
        "bookings.queries.list_day": lambda: bookings.list_day(
            **s.of, calendar_key=s.key, day=MONDAY.date(), zone=s.zone
        ),
        "bookings.queries.find_next": lambda: bookings.find_next(
            **s.of, calendar_key=s.key, now=BOOKED
        ),
        "bookings.queries.list_ahead": lambda: list(bookings.list_ahead(**s.of, now=BOOKED)),
        "bookings.queries.list_unclear": lambda: bookings.list_unclear(
            **s.of, calendar_key=s.key
        ),
        "bookings.queries.list_of_person": lambda: bookings.list_of_person(
            **s.of, person_id=s.person.id
        ),
        "bookings.actions.book": lambda: booking.book(
            practice=s.practice, practitioner=s.practitioner, person=s.person,
            starts_at=MONDAY + timedelta(days=3), **agreed,
        ),
        "bookings.actions.record": lambda: booking.record(
            **one, booking_id=s.booking.id, type="voided", by="client", at=LATER,
            voids_id=s.event.id,
        ),
        "bookings.actions.close_day": lambda: booking.close_day(
            **one, booking_ids=[s.booking.id, s.later.id]
        ),
        "bookings.actions.strike": lambda: booking.strike(
            **one, booking_id=book(s.practitioner, s.person, MONDAY + timedelta(days=9)).id
        ),
        "bookings.actions.judge_person": lambda: booking.judge_person(
            **one, person_id=s.person.id
        ),
        "bookings.actions.judge_due": lambda: booking.judge_due(now=LATER),
    }  # fmt: skip
