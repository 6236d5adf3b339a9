"""Every booking takes its time in the table that all taken times share.

Its start is written there as the clocks of its practice say it.
"""

from zoneinfo import ZoneInfo

from django.db import migrations

_BATCH = 1000


def take_times(apps, schema_editor):
    """Make the row of each booking."""
    booking_model = apps.get_model("bookings", "Booking")
    taken_model = apps.get_model("bookings", "Taken")
    bookings = booking_model.across.select_related("practice").order_by("id")
    rows = []
    for booking in bookings.iterator(chunk_size=_BATCH):
        zone = booking.practice.time_zone
        local = booking.starts_at.astimezone(ZoneInfo(zone))
        rows.append(
            taken_model(
                id=booking.id, practice_id=booking.practice_id,
                practitioner_id=booking.practitioner_id, calendar_key=booking.calendar_key,
                starts_at=booking.starts_at, ends_at=booking.ends_at, occupies=booking.occupies,
                wall=f"{local:%Y-%m-%dT%H:%M}{'+' if local.fold else ''}", zone=zone,
            )
        )
        if len(rows) == _BATCH:
            taken_model.across.bulk_create(rows)
            rows = []
    taken_model.across.bulk_create(rows)
    # A restore goes forward in one transaction, and PostgreSQL changes no table in which rows wait
    # for their links to be looked at.
    schema_editor.connection.check_constraints()


def forget_times(apps, _schema_editor):
    """Going back, bookings keep their times themselves."""
    apps.get_model("bookings", "Taken").across.all().delete()


class Migration(migrations.Migration):
    dependencies = [("bookings", "0004_create_times")]

    operations = [migrations.RunPython(take_times, forget_times)]
