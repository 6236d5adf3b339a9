"""Tables of messaging."""

from __future__ import annotations

from django.db import models

from miedza.db.ids import make_id


class Mail(models.Model):
    """A mail of the installation itself, such as a sign-in code. A local table.

    Its text is sealed while it waits and forgotten once it is sent.
    """

    id = models.UUIDField(primary_key=True, default=make_id, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    sealed_text = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """When it may be tried next; while a worker tries it, when that worker is given up."""
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="mail_due",
            )
        ]

    def __str__(self) -> str:
        """Its subject."""
        return self.subject
