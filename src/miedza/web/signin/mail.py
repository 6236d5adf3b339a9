"""Mail of the sign-in library goes the way of all mail: a row, which the worker sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import now

from miedza.messaging.actions import queue_mail
from miedza.messaging.envelopes import Envelope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class QueueBackend(BaseEmailBackend):
    """Queues each message for each of its addressees."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages down; answer how many."""
        for message in email_messages:
            for address in message.to:
                envelope = Envelope(str(message.subject), str(message.body))
                queue_mail(to=address, envelope=envelope, now=now())
        return len(email_messages)
