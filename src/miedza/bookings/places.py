"""Where a meeting takes place, in words; whoever comes is told, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from miedza.bookings.models import Service


def say_place(place: str) -> str:
    """A kind of place."""
    return {
        "room": _("in person"),
        "telephone": _("by telephone"),
        "video": _("by video"),
    }[place]


def say_where(service: Service | None, key: bytes) -> str:
    """Where exactly a meeting of a service takes place; empty where that was never said.

    Args:
        service: of which it is a meeting.
        key: of the practice.
    """
    if service is None:
        return ""
    where = service.open_text(key)
    kind = say_place(service.place)
    return f"{kind}: {where}" if where else kind
