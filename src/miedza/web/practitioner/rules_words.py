"""The names of the numbers in the rules form, as a screen reader says them, and its refusals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LABELS = {
    "session__minutes": _("length of a meeting in minutes"),
    "session__requests": _("requests in a meeting"),
    "lateness__grace_minutes": _("minutes that do not count as late"),
    "lateness__wait_minutes": _("minutes of waiting"),
    "ending__grace_minutes": _("minutes around the end that do not count"),
    "ending__rate_percent": _("cost of an agreed extra minute in percent"),
    "missed__percent": _("percent owed for not coming"),
    "rescheduling__hours": _("hours before, to move in time"),
    "rescheduling__free_moves": _("free moves"),
    "rescheduling__percent": _("percent owed for a move too late"),
    "goodwill__forgiven": _("how many times forgiven"),
    "goodwill__days": _("days of goodwill"),
    "hardship__times": _("how many times hardship is forgiven"),
    "hardship__days": _("days of hardship"),
    "messages__reply_hours": _("hours to an answer"),
    "payment__hours": _("hours to the payment"),
    "payment__due": _("before or after the meeting"),
    "free_session__minutes": _("length of a free meeting in minutes"),
    "free_session__per_person": _("free meetings for each person"),
    "free_session__per_month": _("free meetings in a month"),
    "free_session__invite_at_minute": _("minute of the invitation"),
    "tier0__hours": _("first step: hours before"),
    "tier0__percent": _("first step: percent owed"),
    "tier1__hours": _("second step: hours before"),
    "tier1__percent": _("second step: percent owed"),
    "tier2__percent": _("later: percent owed"),
}
"""What a screen reader says at each number; a fault is told under the same name."""

DAY_NAMES = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}

SENTENCES = {
    "lighter than the client's": _("You cannot bind yourself more lightly than the client."),
    "must not be more than wait_minutes": _("This cannot be longer than the waiting."),
    "must not be more than session.minutes": _("This cannot be longer than the meeting."),
    "must not be more than free_session.minutes": _("This cannot be later than the end."),
    "must have strictly falling hours": _("Write the hours from most to least."),
    "must have percents that never fall": _("A later step must cost the same or more."),
}
"""The faults of terms that only several fields together can have."""
