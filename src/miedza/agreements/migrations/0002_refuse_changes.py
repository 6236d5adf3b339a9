"""A version that came into force stays as it was."""

from django.db import migrations

from miedza.db.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_create_tables")]

    operations = [AppendOnly("agreements_rulesversion", since="published_at")]
