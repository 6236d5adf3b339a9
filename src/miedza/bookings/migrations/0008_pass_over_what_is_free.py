"""Who waits is not offered what was free already when they began to wait."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0007_propose_beside_its_own_time")]

    operations = [
        migrations.AddField(
            model_name="waiting",
            name="passed",
            field=models.JSONField(null=True),
        ),
    ]
