"""Running late: what it would mean, said before the button."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from miedza.bookings.models import Booking
    from miedza.messaging.saying import Said
    from miedza.web.outlook import Outlook

STEPS = (5, 10, 15, 20, 30)
"""Minutes that one can choose from."""


NOT_NEAR = _("This can be said from a day before a meeting until its end. Nothing was said.")


class LateForm(forms.Form):
    """By how much one will be late."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)


class LateStep(NamedTuple):
    """So many minutes, and what the rules would say of them."""

    minutes: int
    said: Said | None


def list_late_steps(outlook: Outlook, booking: Booking, by: str) -> list[LateStep]:
    """What the rules would say of a side that comes so many minutes late to a meeting."""
    return [
        LateStep(
            minutes,
            outlook.ask("arrived", by, at=booking.starts_at + timedelta(minutes=minutes)).said,
        )
        for minutes in STEPS
        if minutes < booking.minutes
    ]
