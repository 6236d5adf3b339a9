"""Of which version a database is, by the migrations it has had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps.registry import Apps

    Migrations = Sequence[tuple[str, str]]
"""App and name of each."""


class NewerDatabase(ValueError):  # noqa: N818 - named for what is refused.
    """Migrations have been applied that this version does not know."""


def read_migrations() -> list[tuple[str, str]]:
    """The migrations that the database has had."""
    return sorted(MigrationLoader(connection).applied_migrations)


def is_up_to_date() -> bool:
    """Tell whether the database has had every migration of this version, and no other."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    known = set(loader.applied_migrations) <= set(loader.disk_migrations or {})
    return known and not executor.migration_plan(loader.graph.leaf_nodes())


def find_apps(migrations: Migrations) -> Apps:
    """The models as they were after some migrations.

    Raises:
        NewerDatabase: this version does not know them all.
    """
    loader = MigrationLoader(None)
    if unknown := set(migrations) - set(loader.graph.nodes):
        raise NewerDatabase(", ".join(".".join(names) for names in sorted(unknown)))
    return loader.project_state(list(migrations)).apps


def migrate_to(migrations: Migrations) -> None:
    """Bring an empty database to where it has had just these migrations."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    known = set(migrations)

    def is_last(name: tuple[str, str]) -> bool:
        after = {node.key for node in nodes[name].children}
        return not any(key in known and key[0] == name[0] for key in after)

    executor.migrate([name for name in sorted(known) if is_last(name)])


def migrate_forward() -> None:
    """Bring the database to this version."""
    call_command("migrate", verbosity=0, interactive=False)
