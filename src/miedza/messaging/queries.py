"""What is asked about messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from miedza.db.encryption import unseal
from miedza.messaging.envelopes import read_envelope
from miedza.messaging.models import WITHDRAWN, Letter, Mail

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.messaging.envelopes import Envelope


def read_mail(mail: Mail) -> Envelope:
    """What a mail that waits says.

    Raises:
        ValueError: its seal is broken.
    """
    text = unseal(settings.MIEDZA_MASTER_KEY, mail.sealed_text, place=f"mail:{mail.id}")
    return read_envelope(text)


def count_given_up(*, since: datetime) -> int:
    """How many mails could not be sent since an instant; those withdrawn are not meant."""
    return Mail.objects.filter(given_up_at__gte=since).exclude(last_error=WITHDRAWN).count()


def list_letters(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[tuple[Letter, str]]:
    """The letters about a person, newest first, each with how it stands.

    Returns:
        Letters with `sent`, `waiting`, `failed` (and to be tried again), `given_up` or `withdrawn`.
    """
    letters = list(
        Letter.objects.of(practice_id).filter(person_id=person_id).order_by("-made_at", "-id")[:200]
    )
    mails = Mail.objects.in_bulk([letter.mail_id for letter in letters])
    return [(letter, _say_state(mails.get(letter.mail_id))) for letter in letters]


def _say_state(mail: Mail | None) -> str:
    """How a mail stands; one that is gone from the queue was sent."""
    if mail is None or mail.sent_at is not None:
        return "sent"
    if mail.given_up_at is not None:
        return "withdrawn" if mail.last_error == WITHDRAWN else "given_up"
    return "failed" if mail.last_error else "waiting"
