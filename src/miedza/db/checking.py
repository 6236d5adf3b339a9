"""What must hold for any table, whatever it is about: nothing damaged, no link into nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef

from miedza.db.encryption import SealBroken
from miedza.db.tables import list_links
from miedza.db.tenancy import SealedModel

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator

    from django.db import models

    from miedza.db.tables import Link


def find_damage() -> Iterator[str]:
    """What the database says of itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            for (said,) in cursor.fetchall():
                if said != "ok":
                    yield f"The database file is damaged: {said}."
            cursor.execute("PRAGMA foreign_key_check")
            for table, _row, to, _key in cursor.fetchall():
                yield f"A row of {table} refers to a row of {to} that is not there."
            return
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE NOT convalidated AND connamespace = current_schema()::regnamespace"
        )
        for table, name in cursor.fetchall():
            yield f"The constraint {name} of {table} was never validated."


def find_orphans() -> Iterator[str]:
    """Rows that refer to nothing, or to a row of another practice."""
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for model in by_table.values():
        for link in list_links(model):
            lost = _list_lost(model, link, by_table[link.to])
            first = lost.first()
            if first is not None:
                yield (
                    f"{model._meta.db_table}: {lost.count()} of its rows refer by {link.column} to "
                    f"no row of {link.to}{' in their practice' if link.is_tenants else ''}; "
                    f"the first is {first}."
                )


def _list_lost(
    model: type[models.Model], link: Link, to: type[models.Model]
) -> models.QuerySet[Any, Any]:
    """The keys of the rows whose link leads nowhere."""
    there: dict[str, Any] = {"pk": OuterRef(link.column)}
    if link.is_tenants:
        there["practice_id"] = OuterRef("practice_id")
    rows = model._base_manager.filter(**{f"{link.column}__isnull": False})
    lost = rows.filter(~Exists(to._base_manager.filter(**there)))
    return lost.order_by("pk").values_list("pk", flat=True)


def find_broken_seals(*, practice_id: uuid.UUID, key: bytes) -> Iterator[str]:
    """Sealed texts of a practice that its key does not open at their place."""
    for model in _list_sealed():
        rows = model.objects.of(practice_id).filter(sealed_text__isnull=False).order_by("id")
        for row in rows.iterator(chunk_size=500):
            try:
                row.open_text(key)
            except SealBroken:
                yield f"{model._meta.db_table}: the sealed text of row {row.pk} does not open."


def count_sealed(*, practice_id: uuid.UUID) -> int:
    """How many sealed texts a practice has."""
    return sum(
        model.objects.of(practice_id).filter(sealed_text__isnull=False).count()
        for model in _list_sealed()
    )


def _list_sealed() -> list[type[SealedModel]]:
    """The tables with sealed texts."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel)]
