"""Whether the mails that wait can be read. Nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.messaging.models import Mail
from miedza.messaging.queries import read_mail

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_broken_mails() -> Iterator[str]:
    """Waiting mails whose text does not open with the key of the installation."""
    for mail in Mail.objects.filter(sent_at=None, given_up_at=None).order_by("id"):
        try:
            read_mail(mail)
        except ValueError:  # Its seal is broken, or it is no envelope.
            yield f"The text of the waiting mail {mail.id} does not open."
