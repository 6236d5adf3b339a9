"""On whose clocks times are shown: the reader's own where they are known, else the practice's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.core.zones import is_zone

if TYPE_CHECKING:
    from django.http import HttpRequest

    from miedza.people.models import Person
    from miedza.practice.models import Practice

COOKIE = "miedza_zone"
"""What the reader's device says, or what they have chosen on a page."""


def said_zone(request: HttpRequest) -> str:
    """The zone that the reader's device says, or that they have chosen on it; empty if neither."""
    said = request.COOKIES.get(COOKIE, "")
    return said if is_zone(said) else ""


def read_zone(request: HttpRequest, practice: Practice, person: Person | None = None) -> str:
    """The zone of whoever reads: as they chose on this device, as they said before, or here."""
    return said_zone(request) or (person.time_zone if person else "") or practice.time_zone
