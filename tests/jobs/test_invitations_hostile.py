"""Whatever people, services and practices are called, an invitation says no more than it should."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.adapters.calendars.content import clean_line
from miedza.bookings.series import book_series
from miedza.practice.models import Practice
from tests.bookings.asking import name_address
from tests.bookings.keeping import choose, serve
from tests.cast import BOOKED, MONDAY, Cast, make_person
from tests.hostile import HEADERS, LINES, TEMPLATES
from tests.jobs.invited import ORGANIZER, read_calendar, read_invitation, send_all

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OLA = "ola@clients.example"
LINES_OF_OURS = (
    "END:VEVENT\r\nBEGIN:VALARM\r\nACTION:EMAIL", "x\nATTENDEE:mailto:eve@evil.example",
    "x\r\nMETHOD:PUBLISH", "a;b,c\\nd:e\"f", "x\r\n y", "\\,\\;\\\\", "x^ny", "^'a^'",
)  # fmt: skip
"""What a calendar program could obey."""
NAMES = (*LINES, *LINES_OF_OURS, *HEADERS[::2], *TEMPLATES[::9])


def _book(cast: Cast, name: str, number: int) -> None:
    """Everything is called so: who comes, to what, where, and with whom."""
    person = name_address(make_person(cast.anna, name[:120]), OLA, "en")
    Practice.objects.filter(id=cast.anna.practice_id).update(name=name[:120])
    cast.anna.practice.refresh_from_db()
    service = serve(cast.anna, name=name[:80], where=name, place="room")
    book_series(
        practitioner=cast.anna, person=person, choice=choose(service),
        starts=[MONDAY + number * HOUR], now=BOOKED + number * HOUR / 99,
    )  # fmt: skip


def test_names_add_no_header_and_no_line(cast: Cast, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = ORGANIZER
    for number, name in enumerate(NAMES):
        _book(cast, name, number)

    messages = send_all(settings)

    assert len(messages) == len(NAMES)
    for name, message in zip(NAMES, messages, strict=True):
        assert sorted(message.keys()) == [
            "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Reply-To", "Subject",
            "To",
        ]  # fmt: skip
        invitation = read_invitation(message)
        assert (invitation.method, invitation.guest) == ("REQUEST", OLA)
        (event,) = read_calendar(message).inside
        told = " ".join(event.text("SUMMARY").split())
        assert told == " ".join(clean_line(f"{name[:80]}: {name[:120]}").split())
        assert event.names() == [
            "ATTENDEE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "LOCATION",
            "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "URL",
        ]  # fmt: skip
