"""What is asked about messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from miedza.db.encryption import unseal
from miedza.messaging.models import Mail

if TYPE_CHECKING:
    from datetime import datetime


def read_mail_text(mail: Mail) -> str:
    """The text of a mail that waits."""
    return unseal(settings.MIEDZA_MASTER_KEY, mail.sealed_text, place=f"mail:{mail.id}")


def count_given_up(*, since: datetime) -> int:
    """How many mails could not be sent since an instant."""
    return Mail.objects.filter(given_up_at__gte=since).count()
