"""Statements that every change runs, written out: to compile them takes longer than to run."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Field, Model


def run(sql: str, *values: object) -> int:
    """Run a statement that changes rows.

    Args:
        sql: the statement, `%s` for each value.
        values: ids and moments as Python has them, or what every database takes as it is.

    Returns:
        How many rows it changed.
    """
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.execute(sql, [adapt(value, here) for value in values])
        return int(cursor.rowcount)


def adapt(value: object, here: BaseDatabaseWrapper) -> Any:
    """An id or a moment as a column of a database keeps it; all else as it is."""
    if isinstance(value, uuid.UUID):
        return value if here.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return here.ops.adapt_datetimefield_value(value)
    return value


def insert(row: Model) -> None:
    """Write a new row as `save(force_insert=True)` does, where `run` takes each of its columns.

    Raises:
        django.db.IntegrityError: a constraint refuses it.
    """
    sql, values = _say_insert(row)
    run(sql, *values)


def insert_if_allowed(row: Model) -> bool:
    """Write a new row, or tell that a constraint refuses it; the transaction goes on either way."""
    sql, values = _say_insert(row)
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":  # There an error is the end.
        return run(f"{sql} ON CONFLICT DO NOTHING", *values) == 1
    try:
        run(sql, *values)
    except IntegrityError:
        return False
    return True


def _say_insert(row: Model) -> tuple[str, list[Any]]:
    """The statement that writes a row, and what it writes."""
    sql, fields = _write_insert(type(row))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as `save` leaves it.
    return sql, [getattr(row, field.attname) for field in fields]


@cache
def _write_insert(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    """The statement that inserts a row of a table, and its columns."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(str(field.column) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({values})"  # noqa: S608 - names.
    return sql, fields
