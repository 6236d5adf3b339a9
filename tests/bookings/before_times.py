"""Bookings as they were kept before all times stood in one table: put there, and looked at later.

It is run as a program of its own, on an installation of its own: `python -m … fill`, for example.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps.registry import Apps

THEN = {
    "practice": "0002", "people": "0002", "agreements": "0004", "ledger": "0004",
    "messaging": "0002", "bookings": "0003",
}  # fmt: skip
"""The last migration that each app of ours had before; there were no others of ours."""

ZONES = {"Anna": "Europe/Warsaw", "Zoe": "America/New_York"}
MANY = 1100
"""More than the migration takes in one step."""
HOUR = timedelta(hours=1)


def begin() -> None:
    """Make the folder and its keys, and let Django begin."""
    import django

    from miedza.config.environment import prepare_data_folder

    prepare_data_folder()
    django.setup()


def list_migrations() -> list[tuple[str, str]]:
    """Every migration that there was before."""
    from django.db.migrations.loader import MigrationLoader

    return sorted(
        (app, name)
        for (app, name), migration in MigrationLoader(None).graph.nodes.items()
        if name[:4] <= THEN.get(app, "") or not type(migration).__module__.startswith("miedza.")
    )


def fill() -> None:
    """Bring an empty database to where it was, and let two practices have bookings in it."""
    from django.db import transaction

    from miedza.db.versions import find_apps, migrate_to

    migrate_to(list_migrations())
    apps = find_apps(list_migrations())
    with transaction.atomic():
        anna = Practice(apps, "Anna", key=1)
        for text in ("2026-03-02 09:00", "2026-10-25 00:30", "2026-10-25 01:30"):
            anna.book(text)
        anna.book("2026-03-02 10:00", outcome="cancelled", occupies=False)
        anna.book("2026-03-02 10:30", outcome="held")
        zoe = Practice(apps, "Zoe", key=1)
        for text in ("2026-03-02 09:00", "2026-11-01 06:30"):
            zoe.book(text)
        for number in range(MANY):
            zoe.book("2027-01-01 00:00", after=number * HOUR)


class Practice:
    """A practice as it was then, with somebody who comes to it."""

    def __init__(self, apps: Apps, name: str, *, key: int) -> None:
        self.apps, self.key = apps, key
        now = datetime(2026, 1, 1, tzinfo=UTC)
        self.id = self._add(
            "practice.Practice", name=name, profession="tutor", language="pl", currency="PLN",
            time_zone=ZONES[name], sealed_key=b"", created_at=now,
        )  # fmt: skip
        user = self._add("practice.User", email=f"{name}@miedza.example", practice_id=self.id)
        self.practitioner = self._add(
            "practice.Practitioner", practice_id=self.id, name=name, calendar_key=key, user_id=user
        )
        self.person = self._add(
            "people.Person", practice_id=self.id, name="Ola", search_name="ola", language="pl",
            usual_minutes=30, usual_price_minor=1, created_at=now,
        )  # fmt: skip
        self.rules = self._add(
            "agreements.RulesVersion", practice_id=self.id, number=1, terms={}, published_at=now
        )

    def _add(self, label: str, **fields: Any) -> Any:
        """Put a row into a table as it was then; its id."""
        return self.apps.get_model(label)._base_manager.create(**fields).pk

    def book(self, text: str, *, after: timedelta = timedelta(), **fields: Any) -> None:
        """Book half an hour."""
        start = datetime.fromisoformat(text).replace(tzinfo=UTC) + after
        meeting = self._add(
            "ledger.Meeting", practice_id=self.id, person_id=self.person, rules_id=self.rules,
            booked_at=start, start_at=start, minutes=30, price_minor=1, kind="paid",
        )  # fmt: skip
        self._add(
            "bookings.Booking", id=meeting, practice_id=self.id, person_id=self.person,
            practitioner_id=self.practitioner, calendar_key=self.key, starts_at=start,
            ends_at=start + HOUR / 2, minutes=30, **fields,
        )  # fmt: skip


def go_forward() -> None:
    """Bring the database to this version, as every start of the server does."""
    from miedza.db.versions import is_up_to_date, migrate_forward

    migrate_forward()
    assert is_up_to_date()


def look() -> None:
    """Tell every booking, with the time that it takes."""
    from miedza.bookings.models import Booking, Taken

    taken = {row.id: row for row in Taken.across.all()}
    told = []
    for booking in Booking.across.select_related("practice").order_by("practice__name", "id"):
        row = taken.pop(booking.id)
        told.append({
            "practice": booking.practice.name, "wall": row.wall, "zone": row.zone,
            "occupies": row.occupies,
            "alone": list(_tell_seats(row)),
            "as_before": all(getattr(row, name) == getattr(booking, name) for name in _SAME),
        })  # fmt: skip
    print(json.dumps({"bookings": told, "others": len(taken)}))


_SAME = (
    "practice_id", "practitioner_id", "calendar_key", "starts_at", "ends_at", "occupies",
)  # fmt: skip


def _tell_seats(row: Any) -> Iterator[Any]:
    for name in ("frame_id", "service_id", "kept_until", "seats", "first_seat", "last_seat"):
        yield getattr(row, name)


def overlap() -> None:
    """Try to take times behind the back of the code; tell which of them were refused."""
    from django.db import IntegrityError, transaction

    from miedza.bookings.models import Taken
    from miedza.practice.models import Practitioner

    for name in ZONES:
        anna = Practitioner.across.get(name=name)
        for text in ("2026-03-02 09:15", "2026-03-02 10:00", "2026-10-25 01:45"):
            start = datetime.fromisoformat(text).replace(tzinfo=UTC)
            try:
                with transaction.atomic():
                    Taken.across.create(
                        practice_id=anna.practice_id, practitioner_id=anna.id,
                        calendar_key=anna.calendar_key, starts_at=start, ends_at=start + HOUR / 4,
                    )  # fmt: skip
                print(name, text, "taken")
            except IntegrityError as refusal:
                is_overlap = "bookings_taken_no_overlap" in str(refusal)
                print(name, text, "refused" if is_overlap else refusal)


STEPS = {"fill": fill, "forward": go_forward, "look": look, "overlap": overlap}

if __name__ == "__main__":
    begin()
    for step in sys.argv[1:]:
        STEPS[step]()
