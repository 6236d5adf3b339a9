"""What was accepted stays as it was accepted."""

from django.db import migrations

from miedza.db.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_create_acceptances")]

    operations = [AppendOnly("agreements_acceptance")]
