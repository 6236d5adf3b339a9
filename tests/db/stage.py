"""A practice in which enough has happened for every function to have something to do."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from miedza.agreements import accepting
from miedza.agreements import queries as agreements
from miedza.bookings import hours, offering
from miedza.bookings.lateness import say_late
from miedza.ledger import queries as ledger
from miedza.ledger.deciding import decide, object_to
from miedza.messaging import actions as mailing
from miedza.messaging.envelopes import Envelope
from miedza.people import actions as knowing
from miedza.practice import joining
from tests.cast import BOOKED, MONDAY, Cast, book, tell
from tests.db.stage_of_calendars import OtherCalendars
from tests.db.stage_of_times import Times

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
        self._ask_people(cast)
        self.note = knowing.write_note(
            practitioner=self.practitioner, person=self.person, text="…", now=BOOKED
        )
        self.mail = mailing.queue_mail(
            to="ola@miedza.example", envelope=Envelope("…", "…"), now=BOOKED
        )
        self.marek = cast.marek
        rulings = meeting.rulings.filter(practice=self.practice, owed_by="client")
        self.owed = rulings.get()

    def _ask_people(self, cast: Cast) -> None:
        """Somebody beside the person, hours on offer, a letter that asks for the agreement."""
        self.joins = joining.ask_to_join(
            practice=self.practice, name="Ida", email="ida@miedza.example", now=BOOKED
        )[1]
        self.parent = knowing.find_or_add(
            practice=self.practice,
            name="Ewa",
            email="ewa@miedza.example",
            like=self.person,
            now=BOOKED,
        )
        self.relation = knowing.relate(
            practice=self.practice,
            person=self.person,
            other=self.parent,
            kind="guardian",
            now=BOOKED,
        )
        knowing.open_place(practice=self.practice, person=self.parent)
        user = self.parent.user
        assert user is not None
        self.user = user
        hours.set_hours(
            practitioner=self.practitioner,
            weekly={"mon": [["09:00", "17:00"]]},
            limits=hours.Limits(30, 0, 60, 60, None),
        )
        self.ahead = book(cast.anna, cast.ola, LATER + timedelta(days=2), now=LATER)
        cast.marek.email = "marek@miedza.example"
        cast.marek.save()
        self.invitation, self.token = accepting.invite(
            practice=self.practice,
            person=cast.marek,
            asked=cast.marek,
            holds_at=None,
            words="…",
            mailed_to="marek@miedza.example",
            now=BOOKED,
        )
        self.evidence = accepting.Evidence("link", "127.0.0.1", "…")

    def sign(self) -> dict[str, Any]:
        """What an acceptance needs."""
        rules = agreements.find_in_force(**self.of, at=LATER)
        assert rules is not None
        text = accepting.show_agreement(
            practice=self.practice,
            person=self.marek,
            rules=rules,
            language="pl",
            invitation=self.invitation,
            now=LATER,
        )
        return {
            "practice": self.practice, "person": self.marek, "accepted_by": self.marek,
            "language": "pl", "text_digest": text.digest, "typed_name": "Marek",
            "evidence": self.evidence, "invitation": self.invitation, "now": LATER,
        }  # fmt: skip

    def accepted(self) -> Stage:
        """The same, once Marek has accepted."""
        accepting.accept(**self.sign())
        return self

    @cached_property
    def times(self) -> Times:
        """What the practice offers and keeps, made when it is first asked for."""
        self.accepted()
        return Times(
            practitioner=self.practitioner, client=self.person, other=self.marek, ahead=self.ahead,
            now=LATER,
        )  # fmt: skip

    @cached_property
    def calendars(self) -> OtherCalendars:
        """What the practice shows to other calendars and learns from them."""
        return OtherCalendars(practitioner=self.practitioner, person=self.person, now=LATER)

    def answered(self) -> Stage:
        """The same, once both sides have answered in every way there is, and times are kept."""
        decide(**self.now, ruling_id=self.owed.id, choice="talk")
        object_to(**self.now, meeting_id=self.owed.meeting_id, ruling_id=self.owed.id, text="…")
        say_late(
            practice=self.practice,
            booking_id=self.ahead.id,
            by="client",
            minutes=5,
            now=self.ahead.starts_at,
        )
        assert self.times.wish.person_id == self.marek.id
        assert self.calendars.source.practitioner_id == self.practitioner.id
        return self

    def free(self) -> Any:
        """A time on offer."""
        return offering.list_free(practitioner=self.practitioner, minutes=60, now=LATER)[0]

    def seen(self) -> dict[str, Any]:
        """A meeting of Ola's ahead, as she sees it."""
        return {**self.now, "booking_id": self.ahead.id, "seen_at": self.ahead.starts_at}

    def deed(self) -> Stage:
        """The same, once Ola has cancelled by herself."""
        accepting.invite(
            practice=self.practice, person=self.person, asked=self.parent, holds_at=None, words="",
            mailed_to="", now=LATER,
        )  # fmt: skip
        tell(self.practitioner, self.ahead, "cancelled", "client", LATER, entered_by="client")
        return self
