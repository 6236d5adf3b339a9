"""Rows of any table as plain values and back, the same on SQLite and on PostgreSQL.

Whatever models there are, or were at some migration, are looked at; a new table needs no line here.
"""

from __future__ import annotations

import base64
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, models
from django.utils.duration import duration_iso_string

from miedza.db.relations import SamePractice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.apps.registry import Apps

    from miedza.db.archive import Row

    Model = type[models.Model]

LEFT_OUT = frozenset({
    "django_session",
    "django_content_type", "auth_permission", "auth_group", "auth_group_permissions",
})  # fmt: skip
"""Tables that belong to no backup: who is signed in, and what every migration makes anew."""

MOST_VALUES = 10_000
"""In one statement; SQLite takes 32,766."""


class Link(NamedTuple):
    """A column that holds the id of a row in another table, or in the same."""

    column: str
    """The attribute of the model."""
    to: str
    """The other table."""
    is_held: bool
    """Whether the database itself refuses a link that leads nowhere."""
    is_tenants: bool
    """Whether both rows are of one practice."""


def list_models(apps: Apps) -> list[Model]:
    """Every model whose rows are kept, those that others refer to first."""
    by_table = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model._meta.db_table not in LEFT_OUT
    }
    order: TopologicalSorter[str] = TopologicalSorter()
    for name in sorted(by_table):
        held = {link.to for link in list_links(by_table[name]) if link.is_held}
        order.add(name, *sorted(held - {name}))
    return [by_table[name] for name in order.static_order()]


def list_columns(model: Model) -> list[models.Field[Any, Any]]:
    """The columns of a table that are stored, not computed."""
    return [
        field for field in model._meta.concrete_fields if not getattr(field, "generated", False)
    ]


def list_links(model: Model) -> list[Link]:
    """Every column that refers to a row; by foreign key, relation of tenants or constraint."""
    links = {}
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey):
            to = field.related_model._meta.db_table
            is_held = getattr(field, "db_constraint", True)
            links[field.attname, to] = Link(field.attname, to, is_held, False)
        elif isinstance(field, models.ForeignObject):
            column, to = field.from_fields[0], field.related_model._meta.db_table
            links[column, to] = Link(column, to, False, True)
    for constraint in model._meta.constraints:
        if isinstance(constraint, SamePractice):
            column, to = constraint.column, constraint.to
            links[column, to] = Link(column, to, True, True)
    return list(links.values())


def read_rows(model: Model) -> Iterator[Row]:
    """All rows of a table as plain values, by id."""
    names = [field.attname for field in list_columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        yield [_to_plain(value) for value in row]


def load_rows(model: Model, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows to an empty table; every constraint and trigger is in force.

    A row that refers to one of the same table waits until that is there. Rows come by id, so that
    one which refers to a smaller id need not wait.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    table = model._meta.db_table
    own = [columns.index(link.column) for link in list_links(model) if link.to == table]
    key = columns.index(_key(model))
    batch: list[Row] = []
    waiting: dict[Any, Row] = {}
    for row in rows:
        values = [field.to_python(value) for field, value in zip(fields, row, strict=True)]
        if any(_must_wait(values[index], values[key], waiting) for index in own):
            waiting[values[key]] = values
            continue
        batch.append(values)
        if len(batch) * len(fields) >= MOST_VALUES:
            _insert(model, fields, batch)
            batch = []
    _insert(model, fields, batch)
    while waiting:
        ready = [row for row in waiting.values() if not any(row[index] in waiting for index in own)]
        for row in ready or list(waiting.values()):
            _insert(model, fields, [row])
            del waiting[row[key]]


def _key(model: Model) -> str:
    return model._meta.pk.attname


def _must_wait(referred: Any, key: Any, waiting: dict[Any, Row]) -> bool:
    """Tell whether a row that is referred to is not there yet."""
    return referred is not None and (referred > key or referred in waiting)


def _insert(model: Model, fields: Sequence[Any], rows: Sequence[Row]) -> None:
    """Insert rows as they are: no default, no time of saving is put in the place of a value."""
    if not rows:
        return
    quote = connection.ops.quote_name
    places = f"({', '.join(['%s'] * len(fields))})"
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} "
        f"({', '.join(quote(field.column) for field in fields)}) "
        f"VALUES {', '.join([places] * len(rows))}"
    )
    values = [
        field.get_db_prep_save(value, connection)
        for row in rows
        for field, value in zip(fields, row, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def reset_sequences(models_kept: Sequence[Model]) -> None:
    """Let numbers that the database gives go on after those that were loaded."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_kept)):
            cursor.execute(statement)


def _to_plain(value: Any) -> Any:
    """A value of a column as JSON knows it; `Field.to_python` reads it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return value
