"""No two rows of one calendar meet in time and in a seat; bookings rest on their rows."""

from django.db import migrations

from miedza.db.operations import NoOverlap, Without
from miedza.db.relations import SamePractice


class Migration(migrations.Migration):
    dependencies = [("bookings", "0005_take_times")]

    operations = [
        Without(NoOverlap("bookings_booking")),
        NoOverlap("bookings_taken", seated=True),
        migrations.AddConstraint(
            model_name="booking",
            constraint=SamePractice(
                column="id", to="bookings_taken", name="booking_takes_its_time"
            ),
        ),
    ]
