"""Tenancy: every row belongs to a practice, and every question names it.

`Model.objects` answers nothing until it is told of which practice: `Person.objects.of(practice)`.
A question without it raises `UnscopedQuery`, so that a forgotten filter fails in the first test and
never shows one practice the rows of another.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

from django.db import models

from miedza.db.encryption import seal, unseal
from miedza.db.ids import make_id

if TYPE_CHECKING:
    from collections.abc import Iterable

M = TypeVar("M", bound="TenantModel")


class UnscopedQuery(RuntimeError):  # noqa: N818 - named for what is refused.
    """A tenant table was asked without saying of which practice."""


class TenantManager(models.Manager[M]):
    """A manager that answers only within one practice."""

    def get_queryset(self) -> NoReturn:
        """Refuse: rows of all practices are nobody's business."""
        raise UnscopedQuery(f"{self.model.__name__}.objects needs .of(practice_id)")

    def of(self, practice_id: uuid.UUID) -> models.QuerySet[M]:
        """All rows of one practice."""
        return super().get_queryset().filter(practice_id=practice_id)


class TenantModel(models.Model):
    """The base of every table whose rows belong to a practice."""

    id = models.UUIDField(primary_key=True, default=make_id, editable=False)
    practice = models.ForeignKey(
        "practice.Practice", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    """The database refuses a practice to go before its rows do: see `erase_practice`."""

    objects = TenantManager()
    across = models.Manager()  # noqa: DJ012 - both are managers.
    """Only for work over all practices, such as claiming due rows; never in a view."""

    class Meta:
        abstract = True
        base_manager_name = "across"
        default_manager_name = "across"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 - Django's signature.
        """Delete only within the row's own practice."""
        return type(self).objects.of(self.practice_id).filter(pk=self.pk).delete()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again only within the row's own practice."""
        kwargs.setdefault("from_queryset", type(self).objects.of(self.practice_id))
        super().refresh_from_db(*args, **kwargs)

    def _do_update(
        self,
        base_qs: models.QuerySet[Any],
        using: str | None,
        pk_val: Any,
        values: Iterable[tuple[models.Field[Any, Any], type[models.Model] | None, Any]],
        *more: Any,
    ) -> Any:
        """Update only within the row's own practice; a row never moves to another."""
        kept = [value for value in values if value[0].name != "practice"]
        scoped = base_qs.filter(practice_id=self.practice_id)
        return super()._do_update(scoped, using, pk_val, kept, *more)


class SealedModel(TenantModel):
    """A tenant table whose rows hold one text for the practice's eyes alone."""

    sealed_text = models.BinaryField(null=True)
    sealed_to: ClassVar[tuple[str, ...]] = ()
    """The columns, beside the practice and the id, without which the text does not open."""

    class Meta(TenantModel.Meta):
        abstract = True

    def seal_text(self, key: bytes, text: str | None) -> None:
        """Seal a text into this row with the key of the practice; nothing where there is none."""
        self.sealed_text = seal(key, text, place=self._place()) if text else None

    def open_text(self, key: bytes) -> str:
        """Read the text with the key of the practice; empty where there is none.

        Raises:
            SealBroken: it was sealed for another row or with another key.
        """
        if self.sealed_text is None:
            return ""
        return unseal(key, self.sealed_text, place=self._place())

    def _place(self) -> str:
        """Where the text belongs: it opens nowhere else."""
        columns = ("practice_id", *self.sealed_to, "id")
        return ":".join((self._meta.label_lower, *(str(getattr(self, name)) for name in columns)))
