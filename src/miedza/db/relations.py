"""Relations between tenant tables: they join on the id and the practice, so none crosses tenants.

Django's `ForeignObject` joins; the database constraint is ours, since Django makes none for it.
The id comes first: with the practice first, `exclude()` over a reverse relation answers wrongly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.fields.related import ForeignObject

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TenantLink = models.UUIDField
"""The column that holds the id of a row in another tenant table."""


def tenant_relation(to: str, name: str, *, related_name: str = "+") -> ForeignObject[Any, Any]:
    """Relate a row to another of the same practice.

    Args:
        to: the other model, `app.Model`.
        name: the relation's name; the column is the field `<name>_id` beside it.
        related_name: how the other side calls these rows.
    """
    return ForeignObject(
        to,
        # The database cascades, within the practice. Django would first look for the rows and then
        # delete by id alone: two questions, of which the second names no practice and comes late.
        on_delete=models.DO_NOTHING,
        from_fields=[f"{name}_id", "practice"],
        to_fields=["id", "practice"],
        related_name=related_name,
        serialize=False,
        null=True,
        editable=False,
    )


class SamePractice(models.BaseConstraint):
    """The foreign key of a tenant relation: `(column, practice_id)` to `(id, practice_id)`."""

    def __init__(self, *, column: str, to: str, name: str) -> None:
        """Take the column's name, the other table's name and the constraint's name."""
        super().__init__(name=name)
        self.column = column
        self.to = to

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """The constraint as part of a table's definition."""
        del model
        quote = _quoting(schema_editor)
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote(self.column)}, "
            f"{quote('practice_id')}) REFERENCES {quote(self.to)} ({quote('id')}, "
            f"{quote('practice_id')}) ON DELETE CASCADE"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """The statement that adds it to a table that exists."""
        table = "" if model is None else model._meta.db_table
        return (
            f"ALTER TABLE {_quoting(schema_editor)(table)} "
            f"ADD {self.constraint_sql(model, schema_editor)}"
        )

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """The statement that takes it away."""
        table = "" if model is None else model._meta.db_table
        quote = _quoting(schema_editor)
        return f"ALTER TABLE {quote(table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database checks it; forms choose only among rows of the practice."""

    def __eq__(self, other: object) -> bool:
        """Two are equal when they would make the same constraint."""
        if isinstance(other, SamePractice):
            return bool(self.deconstruct() == other.deconstruct())
        return NotImplemented

    __hash__ = None  # type: ignore[assignment] # As Django's own constraints.

    def deconstruct(self) -> Any:
        """For migrations."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "column": self.column, "to": self.to}


def _quoting(schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
    return (lambda name: f'"{name}"') if schema_editor is None else schema_editor.quote_name
