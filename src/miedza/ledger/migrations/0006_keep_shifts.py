"""Shifted starts are only added to, as all of the ledger."""

from django.db import migrations

from miedza.db.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_create_shifts")]

    operations = [AppendOnly("ledger_shift")]
