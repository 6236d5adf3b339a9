"""Decisions and objections are only added to, as all of the ledger."""

from django.db import migrations

from miedza.db.operations import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_create_decisions")]

    operations = [AppendOnly("ledger_decision"), AppendOnly("ledger_objection")]
