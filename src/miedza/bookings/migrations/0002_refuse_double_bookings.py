"""No two bookings occupy one calendar at one time."""

from django.db import migrations

from miedza.db.operations import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_create_tables")]

    operations = [NoOverlap("bookings_booking")]
