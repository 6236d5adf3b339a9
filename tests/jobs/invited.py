"""Invitations as a mail program finds them in a mail that has come, in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from miedza.jobs import worker
from tests.adapters.smtp import Postman, running_server
from tests.adapters.strict_calendar import Component, read_strictly
from tests.cast import BOOKED

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from pytest_django.fixtures import Settings

ORGANIZER = "hello@praktyka.example"
IN_ALL_TIME = BOOKED + timedelta(days=999)


class Invitation(NamedTuple):
    """What an invitation says."""

    method: str
    sequence: int
    status: str
    start: str
    """`20260302T090000Z`."""
    uid: str
    guest: str
    """The address of the only one who is invited,"""
    guest_name: str
    """and as whom."""


def send_all(settings: Settings, now: datetime = IN_ALL_TIME) -> list[EmailMessage]:
    """Let the worker hand over what is due to a real server; what came, to one address each."""
    postman = Postman()
    with running_server(postman) as server:
        settings.MIEDZA_SMTP = tuple(server)
        while worker.send_one(now=now):
            pass
    for sender, to, message in postman.delivered:
        assert (sender, to) == (ORGANIZER, [message["To"].addresses[0].addr_spec])
    return [message for _sender, _to, message in postman.delivered]


def list_parts(message: EmailMessage) -> list[str]:
    """The kinds of the parts of a mail, in order."""
    return [part.get_content_type() for part in message.walk()]


def read_calendar(message: EmailMessage) -> Component:
    """The calendar file that is attached to a mail, read strictly."""
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/ics"
    assert attached.get_filename() == "meeting.ics"
    data = attached.get_payload(decode=True)
    assert isinstance(data, bytes)
    return read_strictly(data)


def read_invitation(message: EmailMessage) -> Invitation:
    """What a mail invites to; it is built as Gmail, Apple and Outlook want it."""
    assert list_parts(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    *_texts, part, attached = message.walk()
    assert part.get_payload(decode=True) == attached.get_payload(decode=True)
    assert part.get_content_disposition() is None
    calendar = read_calendar(message)
    kind = part["Content-Type"].params
    assert dict(kind) == {"charset": "utf-8", "method": calendar.text("METHOD")}
    (event,) = calendar.inside
    (organizer,), (guest,) = event.of("ORGANIZER"), event.of("ATTENDEE")
    assert organizer.value == f"mailto:{ORGANIZER}"
    assert message["From"].addresses[0].addr_spec == ORGANIZER
    address = unquote(guest.value.removeprefix("mailto:"))
    assert address == message["To"].addresses[0].addr_spec
    return Invitation(
        calendar.text("METHOD"), int(event.text("SEQUENCE")), event.text("STATUS"),
        event.text("DTSTART"), event.text("UID"), address, guest.parameters.get("CN", ""),
    )  # fmt: skip
