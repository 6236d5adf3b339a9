"""The ledger is only added to: its tables refuse UPDATE and DELETE."""

from django.db import migrations

from miedza.db.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_create_tables")]

    operations = [
        AppendOnly("ledger_meeting"),
        AppendOnly("ledger_event"),
        AppendOnly("ledger_ruling"),
        AppendOnly("ledger_retraction"),
        AppendOnly("ledger_settlement"),
        AppendOnly("ledger_strike"),
        AppendOnly("ledger_waiver"),
    ]
