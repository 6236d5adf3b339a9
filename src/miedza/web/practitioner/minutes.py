"""Spans of time as people say them."""

from __future__ import annotations

from django.utils.translation import gettext as _


def say_minutes(minutes: int) -> str:
    """Minutes as hours and minutes: "2 h 40 min"; a dash for none."""
    if not minutes:
        return "–"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": rest}
    if not rest:
        return _("%(n)d h") % {"n": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
