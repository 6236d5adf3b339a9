"""Sets the stage for forms that are sent many times: `python -m soak.keys_stage set` or `count`."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from typing import Any

from soak.stage import ZONE, read_form


def set_stage() -> dict[str, Any]:
    """A practitioner, somebody to book, and the form for it."""
    from tests.cast import ANNAS_TERMS, make_person, make_practitioner

    anna = make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)
    person = make_person(anna, "Ola")
    today = datetime.now(ZONE).date()
    form = read_form(anna.user, f"/people/{person.id}/book/")
    return {**form, "days": [f"{today + timedelta(days=n)}" for n in range(1, 60)]}


def count() -> int:
    """How many meetings are booked."""
    from miedza.bookings.models import Booking

    return Booking.across.count()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"set": set_stage, "count": count}[sys.argv[1]]()))
