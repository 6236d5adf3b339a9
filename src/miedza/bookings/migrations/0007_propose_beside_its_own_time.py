"""A proposal may lie partly where its meeting stands: what is taken is only the other part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_refuse_double_takings")]

    operations = [
        migrations.AddField(
            model_name="kept",
            name="to_at",
            field=models.DateTimeField(null=True),
        ),
    ]
