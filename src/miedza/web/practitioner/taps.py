"""What can be tapped on a meeting, and what can be said of it, in the words of its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from miedza.web.outlook import Foreseen


class Tap(NamedTuple):
    """One button."""

    value: str
    """`<type>:<side>`."""
    icon: str
    text: str


def list_taps(name: str) -> list[Tap]:
    """The one-tap events, in the order in which they happen."""
    return [
        Tap("arrived:practitioner", "user-check", _("I am here")),
        Tap("arrived:client", "log-in", _("%(name)s is here") % {"name": name}),
        Tap("ended:practitioner", "flag", _("We end")),
        Tap("held:practitioner", "check", _("Held as planned")),
        Tap("left:practitioner", "door-open", _("I stop waiting")),
        Tap("left:client", "door-closed", _("%(name)s stopped waiting") % {"name": name}),
    ]


def list_changes(name: str, outlook: dict[str, Foreseen]) -> list[dict[str, Any]]:
    """Moving and cancelling, by either side, each with what it would cost now."""
    titles = {
        "moved_client": _("%(name)s asks to move it") % {"name": name},
        "cancelled_client": _("%(name)s cancels") % {"name": name},
        "moved_practitioner": _("I move it, and %(name)s has said yes") % {"name": name},
        "cancelled_practitioner": _("I cancel"),
    }
    buttons = {"moved": _("Move it"), "cancelled": _("Cancel it")}
    changes = []
    for key, title in titles.items():
        kind, _underscore, by = key.partition("_")
        changes.append(
            {
                "key": key,
                "type": kind,
                "by": by,
                "title": title,
                "button": buttons[kind],
                "outlook": outlook.get(key),
            }
        )
    return changes
