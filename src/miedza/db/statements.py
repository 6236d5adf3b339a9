"""Statements that every change runs, written out: to compile them takes longer than to run."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import connection


def run(sql: str, *values: object) -> int:
    """Run a statement that changes rows.

    Args:
        sql: the statement, `%s` for each value.
        values: ids and moments as Python has them, or what every database takes as it is.

    Returns:
        How many rows it changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapt(value) for value in values])
        return int(cursor.rowcount)


def adapt(value: object) -> Any:
    """An id or a moment as a column of this database keeps it; all else as it is."""
    if isinstance(value, uuid.UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
