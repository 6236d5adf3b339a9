"""Instants as whole seconds, counted by the database.

A calendar is read row by row into integers; made into datetimes first, the same rows cost several
times as much as finding the free times among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Func

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

EPOCHS = {
    "sqlite": "CAST(strftime('%%s', {}) AS INTEGER)",  # It keeps instants as text in UTC.
    "postgresql": "EXTRACT(EPOCH FROM {})::bigint",
}
"""The seconds since 1970 of a column that holds an instant, by kind of database."""


class Epoch(Func):
    """The seconds since 1970 of a column that holds an instant."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        """As SQLite counts them."""
        template = EPOCHS["sqlite"].replace("%%", "%%%%").format("%(expressions)s")
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any
    ) -> Any:
        """As PostgreSQL counts them."""
        template = EPOCHS["postgresql"].format("%(expressions)s")
        return self.as_sql(compiler, connection, template=template, **more)
