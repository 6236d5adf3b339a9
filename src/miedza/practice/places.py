"""Where a meeting takes place, in words; who comes is told where exactly, and nobody else."""

from __future__ import annotations

from django.utils.translation import gettext as _


def say_place(place: str) -> str:
    """A kind of place."""
    return {
        "room": _("in person"),
        "telephone": _("by telephone"),
        "video": _("by video"),
    }[place]


def say_where(place: str, where: str) -> str:
    """A place with its address, number or link; empty where no place is known.

    Args:
        place: `room`, `telephone`, `video`, or empty.
        where: where exactly; empty where that was never said, or is not for this reader.
    """
    if not place:
        return ""
    kind = say_place(place)
    return f"{kind}: {where}" if where else kind
