"""Tables of agreements."""

from __future__ import annotations

import hashlib
import json

from django.db import models

from miedza.db.tenancy import TenantModel


class RulesVersion(TenantModel):
    """One version of the rules: a draft until it is published, unchangeable from then on."""

    number = models.PositiveIntegerField()
    """1, 2, 3, …; the draft has the number it will be published under."""
    terms = models.JSONField()
    """The terms as `miedza judge` reads them."""
    published_at = models.DateTimeField(null=True)
    """When it came into force for bookings made from then on; null for the draft."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "id"], name="rules_in_practice"),
            models.UniqueConstraint(fields=["practice", "number"], name="rules_number"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(published_at__isnull=True),
                name="rules_one_draft",
            ),
        ]

    @property
    def digest(self) -> str:
        """What tells these terms from all others."""
        written = json.dumps(self.terms, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    def __str__(self) -> str:
        """Its number."""
        return f"rules {self.number}"
