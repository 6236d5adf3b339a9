"""A calendar that was read well once, and what must still hold when it fails, in tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from miedza.web.practitioner.calendars import TROUBLES
from tests.adapters.http_servers import Reply
from tests.bookings.offered import free
from tests.calendars.providers import DENTIST, add, calendar, event, list_busy, sync
from tests.cast import BOOKED

if TYPE_CHECKING:
    from miedza.calendars.models import Source
    from miedza.practice.models import Practitioner
    from tests.calendars.providers import Provider

DAY, HOUR, TEN_MINUTES = timedelta(days=1), timedelta(hours=1), timedelta(minutes=10)
FILE = calendar(DENTIST, event("other", ":20260303T090000Z", ":20260303T100000Z"))
OPEN = ["02-23 08:00", "02-23 09:00", "02-23 10:00", "03-02 08:00", "03-02 10:00"]
"""What is on offer beside the dentist."""


def cut(text: bytes) -> list[bytes]:
    """An answer that ends with its connection, whatever was to come."""
    return [b"HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nConnection: close\r\n\r\n", text]


def know(anna: Practitioner, provider: Provider) -> Source:
    """Add a calendar that is read well."""
    provider.reply = Reply(200, FILE)
    source = sync(add(anna, provider.url))
    assert (source.code, source.events, len(list_busy(source))) == ("", 2, 2)
    return source


def assert_held(anna: Practitioner, source: Source, code: str, failures: int = 1) -> None:
    """It is told what is wrong, and all holds that was known."""
    assert (source.code, source.failures, source.fetched_at) == (code, failures, BOOKED)
    assert code in TROUBLES
    assert len(list_busy(source)) == 2
    assert free(anna) == OPEN
