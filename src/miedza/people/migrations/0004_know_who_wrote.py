"""A note is read by whoever wrote it: those there are by whoever leads the practice."""

import django.db.models.deletion
from django.db import migrations, models

import miedza.db.relations


def name_writers(apps, schema_editor):
    """Until now whoever leads the practice was alone in it."""
    practitioners = apps.get_model("practice", "Practitioner").across
    notes = apps.get_model("people", "Note").across
    for practice_id in notes.order_by().values_list("practice_id", flat=True).distinct():
        leader = practitioners.filter(practice_id=practice_id).order_by("id").first()
        notes.filter(practice_id=practice_id).update(practitioner_id=leader.id)
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_know_time_zones"),
        ("practice", "0005_stamp_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="practitioner",
            field=models.ForeignObject(
                editable=False, from_fields=["practitioner_id", "practice"], null=True,
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", serialize=False,
                to="practice.practitioner", to_fields=["id", "practice"],
            ),
        ),
        migrations.AddField(
            model_name="note", name="practitioner_id", field=models.UUIDField(null=True)
        ),
        migrations.RunPython(name_writers, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="note",
            constraint=miedza.db.relations.SamePractice(
                column="practitioner_id", name="note_by_practitioner", to="practice_practitioner"
            ),
        ),
    ]
