"""Engagement: how many meetings were agreed, how often they are looked back at, until when."""

from __future__ import annotations

from miedza.core.faults import truth, whole

FIELDS = {
    "sessions": (whole(1), "how many meetings are agreed"),
    "review_every": (whole(1), "after how many meetings both look back"),
    "valid_days": (whole(1), "within how many days they are used"),
    "closing_session": (truth, "whether the last meeting closes the work"),
}
