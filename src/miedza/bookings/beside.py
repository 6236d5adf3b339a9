"""What is beside a practitioner's meetings: their own time off, and what other calendars say.

Neither keeps a practitioner from entering a meeting by hand; both are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.bookings.hours import list_time_off
from miedza.calendars.queries import list_busy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from miedza.practice.models import Practitioner

    Spans = Iterable[tuple[datetime, datetime]]


def list_beside(
    *, practitioner: Practitioner, since: datetime, until: datetime
) -> dict[str, list[tuple[datetime, datetime]]]:
    """When a practitioner is `off`, and when `busy` elsewhere, of what meets a span."""
    off = list_time_off(practitioner=practitioner, since=since, until=until)
    busy = list_busy(practitioner=practitioner, since=since, until=until)
    return {
        "off": [(span.starts_at, span.ends_at) for span in off],
        "busy": list(busy.values_list("starts_at", "ends_at")),
    }


def find_first(spans: Mapping[str, Spans], starts_at: datetime, ends_at: datetime) -> str:
    """The first of some kinds of spans of which one meets a time; empty where none does."""
    for kind, listed in spans.items():
        if any(begins < ends_at and ends > starts_at for begins, ends in listed):
            return kind
    return ""
