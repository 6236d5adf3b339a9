"""What the database itself says about its tables: read from the catalogue, not from the models."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.db import connection


class ForeignKey(NamedTuple):
    """A foreign key, as the database keeps it."""

    columns: tuple[str, ...]
    to: str
    to_columns: tuple[str, ...]
    on_delete: str
    """`CASCADE`, `NO ACTION`, `SET NULL`, …"""
    deferrable: bool


class Index(NamedTuple):
    """An index, also one behind a constraint."""

    name: str
    columns: tuple[str, ...]
    """In order; an expression is told as its text."""
    unique: bool
    primary: bool


class Table(NamedTuple):
    """All that the lint wants to know about a table."""

    name: str
    not_null: dict[str, bool]
    indexes: list[Index]
    foreign_keys: list[ForeignKey]
    triggers: set[str]
    exclusions: dict[str, str]
    """By name, the definition; PostgreSQL alone has such constraints."""


def read_table(name: str) -> Table:
    """Read one table from the catalogue of the database in use."""
    return _read_sqlite(name) if connection.vendor == "sqlite" else _read_postgresql(name)


def _ask(sql: str, *params: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _read_sqlite(name: str) -> Table:
    columns = _ask(f'PRAGMA table_info("{name}")')
    indexes = []
    for _number, index, unique, origin, _partial in _ask(f'PRAGMA index_list("{name}")'):
        parts = tuple(part[2] or "expression" for part in _ask(f'PRAGMA index_info("{index}")'))
        indexes.append(Index(index, parts, bool(unique), origin == "pk"))
    (text,) = _ask("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", name)[0]
    composite = re.findall(r"FOREIGN KEY \(([^)]*)\) REFERENCES[^(]*\([^)]*\)([^,)]*)", text)
    deferrable = {
        tuple(re.findall(r"\w+", columns)): "DEFERRABLE" in tail for columns, tail in composite
    }
    keys: dict[int, list[tuple[Any, ...]]] = {}
    for row in _ask(f'PRAGMA foreign_key_list("{name}")'):
        keys.setdefault(row[0], []).append(row)
    foreign_keys = [
        ForeignKey(
            tuple(row[3] for row in rows), rows[0][2], tuple(row[4] for row in rows), rows[0][6],
            deferrable.get(tuple(row[3] for row in rows), True),
        )
        for rows in (sorted(rows, key=lambda row: row[1]) for rows in keys.values())
    ]  # fmt: skip
    triggers = _ask("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", name)
    not_null = {column[1]: bool(column[3]) for column in columns}
    return Table(name, not_null, indexes, foreign_keys, {row[0] for row in triggers}, {})


_ON_DELETE = {
    "a": "NO ACTION",
    "r": "RESTRICT",
    "c": "CASCADE",
    "n": "SET NULL",
    "d": "SET DEFAULT",
}


def _read_postgresql(name: str) -> Table:
    columns = _ask(
        "SELECT attname, attnotnull FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", name,
    )  # fmt: skip
    indexes = _ask(
        "SELECT i.indexrelid::regclass::text, i.indisunique, i.indisprimary, ARRAY("
        "SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnkeyatts) n) "
        "FROM pg_index i WHERE i.indrelid = %s::regclass", name,
    )  # fmt: skip
    foreign_keys = _ask(
        "SELECT ARRAY(SELECT attname FROM unnest(conkey) WITH ORDINALITY k(n, o) "
        "JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY o), "
        "confrelid::regclass::text, ARRAY(SELECT attname FROM unnest(confkey) WITH ORDINALITY "
        "k(n, o) JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY o), "
        "confdeltype::text, condeferrable FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid = %s::regclass", name,
    )  # fmt: skip
    triggers = _ask(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal "
        "AND tgenabled = 'O'", name,
    )  # fmt: skip
    exclusions = _ask(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'x' AND conrelid = %s::regclass", name,
    )  # fmt: skip
    return Table(
        name,
        dict(columns),
        [Index(n, tuple(parts), unique, primary) for n, unique, primary, parts in indexes],
        [
            ForeignKey(tuple(own), to, tuple(theirs), _ON_DELETE[on_delete], deferrable)
            for own, to, theirs, on_delete, deferrable in foreign_keys
        ],
        {row[0] for row in triggers},
        dict(exclusions),
    )
