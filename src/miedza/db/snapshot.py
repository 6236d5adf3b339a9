"""The database at one moment, whatever is written meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Read within a block as if nobody wrote; nobody who writes waits, and nothing can be written.

    On SQLite a transaction that begins DEFERRED and reads from the write-ahead log; Django's own
    would begin IMMEDIATE and stop every writer. On PostgreSQL a repeatable read.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with transaction.atomic():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield
            return
        cursor.execute("PRAGMA query_only = ON")
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")  # The moment is that of this.
            yield
        finally:
            cursor.execute("ROLLBACK")
            cursor.execute("PRAGMA query_only = OFF")
