"""Sealed texts on pages: one that does not open takes no page down with it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from miedza.db.encryption import SealBroken

if TYPE_CHECKING:
    from miedza.db.tenancy import SealedModel

log = logging.getLogger("miedza.sealed")


def read_sealed(row: SealedModel, key: bytes) -> str:
    """The text of a row, or a word on its not opening, which is told in the log too."""
    try:
        return row.open_text(key)
    except SealBroken as broken:
        log.error("%s %s: %s", row._meta.label_lower, row.pk, broken)
        return _("(This text cannot be opened: it was damaged, or does not belong here.)")
