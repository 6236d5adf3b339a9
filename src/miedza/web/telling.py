"""What was recorded, told in a few words without saying "she" or "he"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from miedza.ledger.models import Event
    from miedza.web.strip import Reader


def say_event(reader: Reader, event: Event, name: str) -> str:
    """An event as a line of the record: "Ola: arrival"."""
    who = _("You") if event.by == reader.side else name
    what = _DETAILED[event.type](reader, event) if event.type in _DETAILED else _PLAIN(event.type)
    cause = _say_cause(event.cause)
    return f"{who}: {what}" + (f" ({cause})" if cause else "")


def _PLAIN(kind: str) -> str:  # noqa: N802 - stands beside the table below.
    """The event types that need no number."""
    return {
        "arrived": _("arrival"),
        "left": _("stopped waiting"),
        "held": _("held as planned"),
        "ended": _("end of the meeting"),
        "cancelled": _("cancellation"),
        "request_added": _("a request added"),
        "incident": _("an incident"),
        "voided": _("a correction"),
    }.get(kind, kind)


def _say_moved(reader: Reader, event: Event) -> str:
    when = "" if event.to_at is None else reader.when(event.to_at)
    return _("move to %(when)s") % {"when": when}


def _say_extended(reader: Reader, event: Event) -> str:
    del reader
    minutes = event.minutes or 0
    if event.agreed:
        said = ngettext("%(n)d minute more, agreed", "%(n)d minutes more, agreed", minutes)
    else:
        said = ngettext("%(n)d minute more, not agreed", "%(n)d minutes more, not agreed", minutes)
    return said % {"n": minutes}


def _say_paid(reader: Reader, event: Event) -> str:
    return _("payment of %(amount)s") % {"amount": reader.money(event.amount_minor or 0)}


_DETAILED = {"moved": _say_moved, "extended": _say_extended, "paid": _say_paid}


def _say_cause(cause: str | None) -> str:
    """A cause in the reader's language; the practice's own words as they are."""
    known = {
        "illness": _("illness"),
        "emergency": _("something serious"),
        "technical": _("a technical fault"),
    }
    return known.get(cause or "", cause or "")
