"""django-appointment on SQLite, asked over standard input: one JSON line a question, one an answer.

Run by the interpreter of a venv that holds it, with the path of a database to make. What is taken
is stored as unavailabilities, their cheapest kind: appointments cost a further query each.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import date, datetime, time, timedelta
from importlib import import_module
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import django
from django.conf import settings
from django.core.management import call_command

ZONE = ZoneInfo("Europe/Warsaw")
MINUTES, STEP, BUFFER = 50, 15, 15


def set_up(database: str) -> None:
    """Configure Django, with nothing but what the package needs, and make the tables."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "appointment",
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="only for a measurement",
        TIME_ZONE=str(ZONE),
        USE_TZ=True,
        DEBUG=False,
    )
    logging.disable(logging.WARNING)
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)  # It brings no migrations.


def make_staff(models: Any, opens: int, closes: int) -> tuple[Any, Any]:
    """Make the one practitioner and their one service."""
    user = import_module("django.contrib.auth").get_user_model().objects.create(username="ours")
    staff = models.StaffMember.objects.create(
        user=user, slot_duration=STEP, slot_gap_time=BUFFER, appointment_buffer_time=0
    )
    service = models.Service.objects.create(
        name="session", duration=timedelta(minutes=MINUTES), price=100
    )
    staff.services_offered.add(service)
    for day_of_week in range(1, 6):
        models.WorkingHours.objects.create(
            staff_member=staff,
            day_of_week=day_of_week,
            start_time=time(opens),
            end_time=time(closes),
        )
    return staff, service


def store_busy(models: Any, staff: Any, busy: list[list[int]]) -> None:
    """Replace what is taken."""
    models.Unavailability.objects.all().delete()
    rows = []
    for pair in busy:
        start, end = (datetime.fromtimestamp(seconds, ZONE) for seconds in pair)
        rows.append(
            models.Unavailability(
                staff_member=staff, date=start.date(), start_time=start.time(), end_time=end.time()
            )
        )
    models.Unavailability.objects.bulk_create(rows)


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Find the slots of all dates, as their view does for the one date that is picked."""
    models, services = import_module("appointment.models"), import_module("appointment.services")
    helpers = import_module("appointment.utils.db_helpers")
    staff = models.StaffMember.objects.first()
    if staff is None:
        staff, service = make_staff(models, question["opens"], question["closes"])
    service = models.Service.objects.get()
    store_busy(models, staff, question["busy"])
    first, last = (date.fromisoformat(question[end]) for end in ("first", "last"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    milliseconds: list[float] = []
    slots: list[datetime] = []
    for _ in range(question["times"]):
        began = perf_counter()
        slots = []
        for day in days:
            weekday = helpers.get_weekday_num_from_date(day)
            slots += services.get_available_slots_for_staff(day, staff, weekday, service=service)
        milliseconds.append((perf_counter() - began) * 1000)
    starts = [int(slot.replace(tzinfo=ZONE).timestamp()) for slot in slots]
    return {"milliseconds": milliseconds, "starts": starts}


def main() -> None:
    """Answer until there are no more questions."""
    set_up(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
