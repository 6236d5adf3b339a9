"""What changes messages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from miedza.db.encryption import seal
from miedza.db.ids import make_id
from miedza.messaging.envelopes import Envelope, write_envelope
from miedza.messaging.models import WITHDRAWN, Letter, Mail
from miedza.practice.actions import lock_practice

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from miedza.people.models import Person
    from miedza.practice.models import Practice

LEASE = timedelta(minutes=2)
"""A worker that has not said how it went by then is taken to have died."""

MOST_ATTEMPTS = 8


def queue_mail(
    *, to: str, envelope: Envelope, now: datetime, due_at: datetime | None = None
) -> Mail:
    """Write a mail down; the worker sends it, at once where no later moment is given."""
    mail = Mail(id=make_id(), to=to, made_at=now, due_at=due_at or now)
    written = write_envelope(envelope)
    mail.sealed_text = seal(settings.MIEDZA_MASTER_KEY, written, place=f"mail:{mail.id}")
    mail.save(force_insert=True)
    return mail


@transaction.atomic
def draft_letter(
    *,
    practice: Practice,
    person: Person,
    purpose: str,
    language: str,
    to: str,
    envelope: Envelope,
    dedupe_key: str,
    now: datetime,
    meeting_id: uuid.UUID | None = None,
    due_at: datetime | None = None,
    secret: str = "",
) -> Letter:
    """Write a letter and the mail that carries it; told twice with one key, it is one letter.

    Args:
        practice: whose letter.
        person: whom it is about.
        purpose: one of `PURPOSES`.
        language: `en`, `pl` or `ru`.
        to: the address.
        envelope: what is said.
        dedupe_key: what it is one letter for.
        now: the present instant.
        meeting_id: the meeting it is about, if any.
        due_at: when it may go; None for at once. Until then it can be withdrawn.
        secret: what is for the reader of the mail alone; the kept letter has "…" in its place.
    """
    lock_practice(practice_id=practice.id)
    before = Letter.objects.of(practice.id).filter(dedupe_key=dedupe_key).first()
    if before is not None:
        return before
    mail = queue_mail(to=to, envelope=envelope, now=now, due_at=due_at)
    letter = Letter(
        practice=practice,
        person_id=person.id,
        meeting_id=meeting_id,
        purpose=purpose,
        language=language,
        to=to,
        dedupe_key=dedupe_key,
        made_at=now,
        mail_id=mail.id,
    )
    kept = f"{envelope.subject}\n\n{envelope.text}"
    letter.seal_text(practice.key, kept.replace(secret, "…") if secret else kept)
    letter.save(force_insert=True)
    return letter


def withdraw_letters(*, practice: Practice, key: str, now: datetime) -> int:
    """Take back the letters whose dedupe key begins so and that nobody has tried to send yet.

    Returns:
        How many others have gone out, or may have.
    """
    letters = Letter.objects.of(practice.id).filter(dedupe_key__startswith=key)
    mails = list(letters.values_list("mail_id", flat=True))
    waiting = Mail.objects.filter(id__in=mails, attempts=0, sent_at=None, given_up_at=None)
    waiting.update(given_up_at=now, sealed_text=b"", last_error=WITHDRAWN)
    return len(mails) - Mail.objects.filter(id__in=mails, last_error=WITHDRAWN).count()


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
