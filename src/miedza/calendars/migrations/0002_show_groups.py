"""A date of a group is one event in other calendars, however many come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_create_tables")]

    operations = [
        migrations.AddField(
            model_name="shown",
            name="group_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="shown",
            name="meeting_id",
            field=models.UUIDField(null=True),
        ),
        # Before this, only meetings were written elsewhere.
        migrations.RunSQL(
            migrations.RunSQL.noop, "DELETE FROM calendars_shown WHERE meeting_id IS NULL"
        ),
        migrations.AddConstraint(
            model_name="shown",
            constraint=models.UniqueConstraint(
                fields=["practice", "source_id", "group_id"], name="shown_group_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shown",
            constraint=models.CheckConstraint(
                condition=models.Q(meeting_id__isnull=False, group_id__isnull=True)
                | models.Q(meeting_id__isnull=True, group_id__isnull=False),
                name="shown_is_one_thing",
            ),
        ),
    ]
