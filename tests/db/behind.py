"""Changes behind the product's back: plain SQL, with the database's own protection taken away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


def change(sql: str, *values: Any) -> None:
    """Run one statement as somebody could who may write SQL into the database."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def unprotected(*tables: str) -> Iterator[None]:
    """Work within a block without the triggers of some tables; on PostgreSQL, without any.

    On SQLite they do not come back: the transaction of the test takes all of it back at its end.
    """
    if connection.vendor == "postgresql":
        change("SET CONSTRAINTS ALL IMMEDIATE")
        change("SET session_replication_role = replica")
        yield
        change("SET session_replication_role = origin")
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    yield


@contextmanager
def without_keys() -> Iterator[None]:
    """Work within a block in which no foreign key is looked at, and take all of it back."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        change("PRAGMA foreign_keys = OFF")
        change("PRAGMA ignore_check_constraints = ON")
    try:
        change("BEGIN")
        yield
    finally:
        change("ROLLBACK")
        if is_sqlite:
            change("PRAGMA ignore_check_constraints = OFF")
            change("PRAGMA foreign_keys = ON")


def as_key(value: Any) -> str:
    """An id as the database keeps it."""
    return str(value) if connection.vendor == "postgresql" else value.hex
