"""A database is known by its migrations, and its models can be had as they were."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from miedza.db.relations import SamePractice
from miedza.db.tables import list_columns, list_links, list_models
from miedza.db.versions import NewerDatabase, find_apps, is_up_to_date, read_migrations
from tests.db.test_schema import TENANT

pytestmark = pytest.mark.django_db


def test_models_at_the_last_migration_are_those_of_the_code() -> None:
    from django.apps import apps

    then = list_models(find_apps(read_migrations()))
    now = list_models(apps)

    assert [model._meta.db_table for model in then] == [model._meta.db_table for model in now]
    for old, new in zip(then, now, strict=True):
        assert {field.attname for field in list_columns(old)} == {
            field.attname for field in list_columns(new)
        }
        assert set(list_links(old)) == set(list_links(new))


def test_models_are_had_as_they_were_before_a_table_was_made() -> None:
    some = [names for names in read_migrations() if names[0] not in ("bookings", "messaging")]

    tables = {model._meta.db_table for model in list_models(find_apps(some))}

    assert "bookings_booking" not in tables
    gone = {name for name in TENANT if name.startswith(("bookings_", "messaging_"))}
    assert tables >= set(TENANT) - gone


def test_every_constraint_of_tenants_is_known_to_the_models_as_they_were() -> None:
    models = list_models(find_apps(read_migrations()))

    held = [
        c.to for model in models for c in model._meta.constraints if isinstance(c, SamePractice)
    ]

    assert len(held) >= 13


def test_database_with_a_migration_too_many_is_newer() -> None:
    assert is_up_to_date()
    MigrationRecorder(connection).record_applied("people", "0099_future")

    assert not is_up_to_date()
    with pytest.raises(NewerDatabase, match=r"people\.0099_future"):
        find_apps(read_migrations())


def test_database_with_a_migration_too_few_is_not_up_to_date() -> None:
    last = [name for app, name in read_migrations() if app == "bookings"][-1]
    MigrationRecorder(connection).record_unapplied("bookings", last)

    assert not is_up_to_date()
