"""Every booking takes its time in the table that all taken times share."""

from zoneinfo import ZoneInfo

from django.db import migrations

_BATCH = 1000


def take_times(apps, schema_editor):
    """Make the row of each booking, and write down its start on the clocks of its practice."""
    booking_model = apps.get_model("bookings", "Booking")
    taken_model = apps.get_model("bookings", "Taken")
    bookings = booking_model.across.select_related("practice").order_by("id")
    rows, known = [], []
    for booking in bookings.iterator(chunk_size=_BATCH):
        rows.append(
            taken_model(
                id=booking.id, practice_id=booking.practice_id,
                practitioner_id=booking.practitioner_id, calendar_key=booking.calendar_key,
                starts_at=booking.starts_at, ends_at=booking.ends_at, occupies=booking.occupies,
            )
        )
        booking.zone = booking.practice.time_zone
        local = booking.starts_at.astimezone(ZoneInfo(booking.zone))
        booking.wall = f"{local:%Y-%m-%dT%H:%M}{'+' if local.fold else ''}"
        known.append(booking)
        if len(rows) == _BATCH:
            _write(taken_model, booking_model, rows, known)
            rows, known = [], []
    _write(taken_model, booking_model, rows, known)
    # A restore goes forward in one transaction, and PostgreSQL changes no table in which rows wait
    # for their links to be looked at.
    schema_editor.connection.check_constraints()


def _write(taken_model, booking_model, rows, known):
    taken_model.across.bulk_create(rows)
    booking_model.across.bulk_update(known, ["wall", "zone"])


def forget_times(apps, _schema_editor):
    """Going back, bookings keep their times themselves."""
    apps.get_model("bookings", "Taken").across.all().delete()


class Migration(migrations.Migration):
    dependencies = [("bookings", "0004_create_times")]

    operations = [migrations.RunPython(take_times, forget_times)]
