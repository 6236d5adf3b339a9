"""The rules of the schema, from the catalogue of the database: what Citus will ask for one day.

A table is of one of three classes. A tenant table is one practice's, and everything about it names
the practice; a local table is the installation's; the root is the practice itself.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from miedza.db.tenancy import TenantModel
from tests.db.catalogue import Table, read_table

TENANT = sorted(
    model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
)
ROOT = {"practice_practice"}
LOCAL = {
    "account_emailaddress", "account_emailconfirmation", "auth_group", "auth_group_permissions",
    "auth_permission", "django_content_type", "django_migrations", "django_session", "local_cache",
    "messaging_mail", "mfa_authenticator", "practice_door", "practice_sentform",
    "practice_user",
}  # fmt: skip
APPEND_ONLY = {
    "ledger_meeting", "ledger_event", "ledger_ruling", "ledger_retraction", "ledger_settlement",
    "ledger_strike", "ledger_waiver", "ledger_decision", "ledger_objection",
    "ledger_shift",
}  # fmt: skip
EVIDENCE = {"agreements_acceptance"}
ONCE_PUBLISHED = {"agreements_rulesversion"}
"""Append-only from a moment on."""

ACROSS_PRACTICES = {"booking_due", "booking_remind", "source_due", "shown_due"}
"""The indexes of the clock: it looks for what is due in all practices."""

pytestmark = pytest.mark.django_db


@pytest.fixture(params=TENANT)
def table(request: pytest.FixtureRequest) -> Table:
    """Each tenant table in turn."""
    return read_table(request.param)


def test_every_table_is_of_one_declared_class() -> None:
    present = set(connection.introspection.table_names())

    assert present == ROOT | LOCAL | set(TENANT)
    assert not LOCAL & set(TENANT)


def test_every_model_of_ours_is_a_tenants_or_declared() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("miedza.")]

    others = {model._meta.db_table for model in ours if not issubclass(model, TenantModel)}
    assert others == {
        "practice_practice", "practice_user", "practice_door", "practice_sentform",
        "messaging_mail",
    }  # fmt: skip


def test_tenant_table_has_a_practice_that_is_never_null(table: Table) -> None:
    assert table.not_null["practice_id"]


def test_every_unique_key_but_the_id_contains_the_practice(table: Table) -> None:
    keys = {index.columns for index in table.indexes if index.unique and not index.primary}

    assert {index.columns for index in table.indexes if index.primary} == {("id",)}
    assert [key for key in keys if "practice_id" not in key] == []
    assert ("practice_id", "id") in keys


def test_every_exclusion_contains_the_practice(table: Table) -> None:
    assert [text for text in table.exclusions.values() if "practice_id" not in text] == []


def test_every_index_begins_with_the_practice(table: Table) -> None:
    others = {
        index.name
        for index in table.indexes
        if not index.primary and "practice_id" not in index.columns[0]
    }

    assert others <= ACROSS_PRACTICES


def test_every_relation_of_tenants_is_composite_and_immediate(table: Table) -> None:
    between = [key for key in table.foreign_keys if key.to in TENANT]

    for key in between:
        assert key.columns[1:] == key.to_columns[1:] == ("practice_id",)
        assert key.to_columns[0] == "id"
        assert key.on_delete in ("CASCADE", "NO ACTION")
        assert not key.deferrable
    related = [
        field.attname
        for field in apps.get_model(table.name.replace("_", ".", 1))._meta.local_concrete_fields
        if field.attname.endswith("_id")
        # A group is of a room above calendars, which know of it only what they are to write.
        and field.attname not in ("practice_id", "user_id", "engagement_id", "mail_id", "group_id")
    ]
    assert set(related) <= {key.columns[0] for key in between}


def test_tenant_table_is_held_to_its_practice(table: Table) -> None:
    (key,) = [key for key in table.foreign_keys if key.to == "practice_practice"]

    assert (key.columns, key.to_columns) == (("practice_id",), ("id",))
    assert key.on_delete == "NO ACTION"


def test_tenant_table_refers_to_no_local_table(table: Table) -> None:
    assert {key.to for key in table.foreign_keys} <= set(TENANT) | ROOT


def test_no_relation_between_rows_makes_a_table_by_itself() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("miedza.")]

    assert [model for model in ours if model._meta.local_many_to_many] == []


@pytest.mark.parametrize("name", sorted(APPEND_ONLY | ONCE_PUBLISHED | EVIDENCE))
def test_append_only_table_still_has_its_triggers_after_all_migrations(name: str) -> None:
    expected = ("no_update", "no_delete")
    if connection.vendor == "postgresql":
        expected = ("append_only", "no_truncate")

    assert read_table(name).triggers == {f"{name}_{trigger}" for trigger in expected}


def test_every_table_of_the_ledger_is_append_only() -> None:
    assert {name for name in TENANT if name.startswith("ledger_")} == APPEND_ONLY


def test_times_still_refuse_overlaps_after_all_migrations() -> None:
    taken = read_table("bookings_taken")

    if connection.vendor == "postgresql":
        assert list(taken.exclusions) == ["bookings_taken_no_overlap"]
        assert (
            "int4range(first_seat, last_seat, '[]'::text) WITH &&"
            in (taken.exclusions["bookings_taken_no_overlap"])
        )
        assert taken.triggers == set()
    else:
        expected = {"bookings_taken_overlap_insert", "bookings_taken_overlap_update"}
        assert taken.triggers == expected


def test_bookings_may_be_at_one_time_since_seats_are_kept_apart_elsewhere() -> None:
    bookings = read_table("bookings_booking")

    assert (bookings.exclusions, bookings.triggers) == ({}, set())
    assert "bookings_taken" in {key.to for key in bookings.foreign_keys if key.columns[0] == "id"}


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, skip_checks=True)


def test_sqlite_hears_triggers_of_replace_and_checks_its_keys() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "recursive_triggers", "synchronous")
        }

    assert values == {
        "journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "synchronous": 1,
    }  # fmt: skip
