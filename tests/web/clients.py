"""A client with a place: how the tests of places set one up and what they do there."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from miedza.agreements.accepting import Evidence, show_agreement
from miedza.agreements.queries import find_in_force
from miedza.bookings.agreeing import accept, find_asked
from miedza.bookings.hours import Limits, set_hours
from miedza.ledger.facts import to_instant
from miedza.people.actions import open_place
from miedza.people.models import Person
from tests.cast import ANNAS_TERMS, publish_rules
from tests.web.pages import present, sign_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner

WEEK = {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def give_place(practitioner: Practitioner, person: Person, language: str = "en") -> Client:
    """Give somebody an e-mail and a place; answer their browser."""
    fresh = Person.objects.of(practitioner.practice_id).get(id=person.id)
    fresh.email = f"{fresh.id}@clients.example"
    fresh.save(update_fields=["email"])
    open_place(practice=practitioner.practice, person=fresh)
    assert fresh.user is not None
    return sign_in(fresh.user, language)


def sign_agreement(practitioner: Practitioner, person: Person, now: datetime | None = None) -> None:
    """Let somebody, or whoever answers for them, accept the rules in force."""
    moment = now or present()
    by = find_asked(practice=practitioner.practice, person=person)
    rules = find_in_force(practice_id=practitioner.practice_id, at=moment)
    assert rules is not None
    text = show_agreement(
        practice=practitioner.practice, person=person, rules=rules, language="en",
        invitation=None, now=moment,
    )  # fmt: skip
    accept(
        practice=practitioner.practice, person=person, accepted_by=by, language="en",
        text_digest=text.digest, typed_name=person.name,
        evidence=Evidence("in_person", "127.0.0.1", "…"), invitation=None, now=moment,
    )  # fmt: skip


def drop_payment(practitioner: Practitioner) -> None:
    """Publish rules without the one about payment, long ago: nothing is unpaid by itself."""
    rules = {name: rule for name, rule in ANNAS_TERMS["rules"].items() if name != "payment"}
    publish_rules(practitioner, {**ANNAS_TERMS, "rules": rules}, now=present() - timedelta(days=99))


def open_hours(practitioner: Practitioner, **limits: Any) -> None:
    """Offer every day from eight to eight, an hour's notice."""
    said = {
        "step_minutes": 60, "buffer_minutes": 0, "notice_minutes": 60, "horizon_days": 30,
        "max_per_day": None, **limits,
    }  # fmt: skip
    set_hours(practitioner=practitioner, weekly=WEEK, limits=Limits(**said))


def seen(booking: Booking) -> str:
    """When a meeting begins, as its page carries it."""
    return str(to_instant(booking.starts_at))


def mine(name: str, booking: Booking) -> str:
    """The address of something about a meeting in its client's place."""
    return reverse(name, args=[booking.person_id, booking.id])


def hidden(page: Any, action: str) -> dict[str, str]:
    """What a form on a page carries unseen, as a browser would send it."""
    form = re.search(
        rf'<form\b[^>]*action="{re.escape(action)}".*?</form>', page.content.decode(), re.DOTALL
    )
    assert form is not None, action
    tags = re.findall(r'<input\b[^>]*type="hidden"[^>]*>', form[0])
    pairs = [re.search(r'name="(\w+)" value="([^"]*)"', tag) for tag in tags]
    return {pair[1]: html.unescape(pair[2]) for pair in pairs if pair is not None}


def cancelling(client: Client, booking: Booking) -> dict[str, str]:
    """The form by which a client cancels a meeting, as it stands on its page now."""
    return hidden(client.get(mine("my_meeting", booking)), mine("my_cancel", booking))


def moving(client: Client, booking: Booking, to_at: datetime) -> dict[str, str]:
    """The form by which a client moves a meeting, as it stands on its page now."""
    address = mine("my_move", booking)
    return hidden(client.get(address, {"at": to_instant(to_at)}), address)
