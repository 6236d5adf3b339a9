"""What changes messages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from miedza.db.encryption import seal
from miedza.db.ids import make_id
from miedza.messaging.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

LEASE = timedelta(minutes=2)
"""A worker that has not said how it went by then is taken to have died."""

MOST_ATTEMPTS = 8


def queue_mail(*, to: str, subject: str, text: str, now: datetime) -> Mail:
    """Write a mail down; the worker sends it."""
    mail = Mail(id=make_id(), to=to, subject=subject, made_at=now, due_at=now)
    mail.sealed_text = seal(settings.MIEDZA_MASTER_KEY, text, place=f"mail:{mail.id}")
    mail.save(force_insert=True)
    return mail


def claim_mail(*, now: datetime) -> Mail | None:
    """Take the next mail that is due; no other worker takes it while the lease lasts.

    The claim stands before the sending, so a mail whose worker died is tried again: a sign-in code
    may come twice, and is never lost.
    """
    waiting = Mail.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now)
    if not waiting.exists():  # Most of the time: a look takes no lock.
        return None
    with transaction.atomic():
        return _claim_first(waiting, now)


def _claim_first(waiting: QuerySet[Mail], now: datetime) -> Mail | None:
    """Take the first of the waiting mails, and give up those whose every worker died."""
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(
        given_up_at=now, sealed_text=b"", last_error="Every worker that tried it died."
    )
    mail = waiting.select_for_update(skip_locked=_can_skip()).order_by("due_at", "id").first()
    if mail is not None:
        mail.attempts += 1
        mail.due_at = now + LEASE
        mail.save(update_fields=["attempts", "due_at"])
    return mail


def mark_sent(*, mail: Mail, now: datetime) -> None:
    """It went out, however late: forget its text."""
    mail.sent_at = now
    mail.given_up_at = None
    mail.sealed_text = b""
    mail.last_error = ""
    mail.save(update_fields=["sent_at", "given_up_at", "sealed_text", "last_error"])


def mark_failed(*, mail: Mail, error: str, now: datetime) -> None:
    """It did not go out: try later and later, and give up in the end, visibly.

    A worker whose lease ran out has nothing to say once another took the mail over.
    """
    mail.last_error = error.replace("\0", "")[:300]  # PostgreSQL keeps no zero in a text.
    mail.due_at = now + timedelta(seconds=5 * 2**mail.attempts)
    if mail.attempts >= MOST_ATTEMPTS:
        mail.given_up_at = now
        mail.sealed_text = b""
    names = ("last_error", "due_at", "given_up_at", "sealed_text")
    mine = Mail.objects.filter(id=mail.id, attempts=mail.attempts, sent_at=None)
    mine.update(**{name: getattr(mail, name) for name in names})


def give_up_waiting(*, error: str, now: datetime) -> int:
    """Give up every mail that waits, and forget its text; how many there were."""
    waiting = Mail.objects.filter(sent_at=None, given_up_at=None)
    return waiting.update(given_up_at=now, sealed_text=b"", last_error=error)


def _can_skip() -> bool:
    """SQLite has one writer at a time, and no rows to skip."""
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked
