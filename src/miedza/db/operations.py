"""Migration operations for what Django's schema cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class _ByVendor(Operation):
    """An operation whose SQL differs between SQLite and PostgreSQL."""

    reduces_to_sql = True
    reversible = True

    def sql(self, vendor: str) -> tuple[list[str], list[str]]:
        """The statements forwards and backwards."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Run the statements."""
        for statement in self.sql(schema_editor.connection.vendor)[0]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Undo the statements."""
        for statement in self.sql(schema_editor.connection.vendor)[1]:
            schema_editor.execute(statement, params=None)


class AppendOnly(_ByVendor):
    """Make a table refuse every UPDATE and, unless its practice is erased, every DELETE.

    On PostgreSQL the erasing of a practice says so for its transaction, with
    `SET LOCAL miedza.erasing = 'on'`; on SQLite the practice row is gone before its rows are.
    A TRUNCATE is refused as well, and so is a REPLACE on SQLite, which deletes before it inserts:
    its triggers are heard since every connection sets `recursive_triggers`.
    """

    def __init__(self, table: str, since: str = "") -> None:
        """Take the table's name, and the column that is null while a row may still change."""
        self.table = table
        self.since = since

    def deconstruct(self) -> Any:
        """For migrations."""
        return self.__class__.__qualname__, [self.table, self.since], {}

    def describe(self) -> str:
        """What the operation does."""
        return f"Make {self.table} append-only"

    def sql(self, vendor: str) -> tuple[list[str], list[str]]:
        """The statements for one kind of database."""
        table = self.table
        fixed = f"OLD.{self.since} IS NOT NULL" if self.since else "true"
        if vendor == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            return [
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {fixed} {refuse}",
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {fixed} AND "
                f"EXISTS (SELECT 1 FROM practice_practice WHERE id = OLD.practice_id) {refuse}",
            ], [f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete"]
        body = (
            "IF TG_OP <> 'UPDATE' AND current_setting('miedza.erasing', true) = 'on' "
            "THEN RETURN OLD; END IF; "
            f"IF TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT FROM {table}) THEN RETURN NULL; END IF; "
            f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23514';"
        )
        return [
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {body} END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW WHEN ({fixed}) EXECUTE FUNCTION {table}_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
        ], [
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"DROP TRIGGER {table}_no_truncate ON {table}",
            f"DROP FUNCTION {table}_append_only()",
        ]


class NoOverlap(_ByVendor):
    """Make a table refuse two rows that occupy one calendar at one time.

    The table has `practice_id`, `calendar_key` (an integer that stands for one practitioner),
    `starts_at`, `ends_at` and `occupies`; with `seated` also `first_seat` and `last_seat`, and then
    two rows meet only where their seats do, too. On PostgreSQL it is an exclusion constraint that
    needs no extension; on SQLite, where writers stand in line, a trigger.
    """

    def __init__(self, table: str, *, seated: bool = False) -> None:
        """Take the table's name, and whether its rows have seats."""
        self.table = table
        self.seated = seated

    def deconstruct(self) -> Any:
        """For migrations."""
        return self.__class__.__qualname__, [self.table], {"seated": self.seated}

    def describe(self) -> str:
        """What the operation does."""
        return f"Refuse overlaps in {self.table}"

    def sql(self, vendor: str) -> tuple[list[str], list[str]]:
        """The statements for one kind of database."""
        table = self.table
        if vendor == "sqlite":
            seats = (
                " AND other.first_seat <= NEW.last_seat AND other.last_seat >= NEW.first_seat"
                if self.seated
                else ""
            )
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{table}_no_overlap') WHERE EXISTS ("
                f"SELECT 1 FROM {table} AS other WHERE other.practice_id = NEW.practice_id "
                "AND other.calendar_key = NEW.calendar_key AND other.occupies "
                "AND other.id <> NEW.id "
                # By what has not ended: what is long over need not be looked at.
                "AND +other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at"
                f"{seats}); END"
            )
            return [
                f"CREATE TRIGGER {table}_overlap_insert BEFORE INSERT ON {table} "
                f"WHEN NEW.occupies {body}",
                f"CREATE TRIGGER {table}_overlap_update BEFORE UPDATE ON {table} "
                f"WHEN NEW.occupies {body}",
            ], [  # They go with a table that Django makes anew to change a column.
                f"DROP TRIGGER IF EXISTS {table}_overlap_insert",
                f"DROP TRIGGER IF EXISTS {table}_overlap_update",
            ]
        seats = "int4range(first_seat, last_seat, '[]') WITH &&, " if self.seated else ""
        return [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist ("
            "int4range(uuid_hash(practice_id) & 1073741823, uuid_hash(practice_id) & 1073741823, "
            "'[]') WITH &&, int8range(calendar_key, calendar_key, '[]') WITH &&, "
            f"{seats}tstzrange(starts_at, ends_at) WITH &&) WHERE (occupies)"
        ], [f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap"]


class Without(_ByVendor):
    """Take back what another of these operations did."""

    def __init__(self, operation: _ByVendor) -> None:
        """Take the operation."""
        self.operation = operation

    def deconstruct(self) -> Any:
        """For migrations."""
        return self.__class__.__qualname__, [self.operation], {}

    def describe(self) -> str:
        """What the operation does."""
        return f"No longer: {self.operation.describe()}"

    def sql(self, vendor: str) -> tuple[list[str], list[str]]:
        """The statements for one kind of database."""
        forwards, backwards = self.operation.sql(vendor)
        return backwards, forwards
