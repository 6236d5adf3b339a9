"""What changes practices."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection, transaction

from miedza.db.encryption import make_practice_key
from miedza.db.ids import make_id
from miedza.db.statements import run
from miedza.db.tenancy import TenantModel
from miedza.practice.models import Door, Practice, Practitioner, SentForm, User
from miedza.practice.queries import find_user

if TYPE_CHECKING:
    import uuid
    from datetime import datetime


@transaction.atomic
def create_practice(
    *,
    email: str,
    practitioner_name: str,
    profession: str,
    language: str,
    currency: str,
    time_zone: str,
    now: datetime,
) -> Practitioner:
    """Create a practice, its first practitioner, and the user who signs in as them.

    Returns:
        The practitioner, with `practice` and `user`.
    """
    practice_id = make_id()
    user = User.objects.create_user(email, language=language, practice_id=practice_id)
    practice = Practice.objects.create(
        id=practice_id,
        name=practitioner_name,
        profession=profession,
        language=language,
        currency=currency,
        time_zone=time_zone,
        sealed_key=make_practice_key(practice_id),
        created_at=now,
    )
    return make_practitioner(practice, user, practitioner_name)


def make_practitioner(practice: Practice, user: User, name: str) -> Practitioner:
    """Let a user work in a practice."""
    practitioner_id = make_id()
    return Practitioner.across.create(
        id=practitioner_id,
        practice=practice,
        user=user,
        name=name,
        calendar_key=_calendar_key(practitioner_id.bytes),
    )


def lock_installation() -> None:
    """Stand in line until this transaction ends, where no practice can be locked for it.

    On SQLite all writers stand in one line anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LINE_OF_INSTALLATION])


_LINE_OF_INSTALLATION = 0x6D6965647A61  # "miedza"; the number only has to be ours.


def lock_practice(*, practice_id: uuid.UUID) -> None:
    """Stand in line until this transaction ends; what changes one practice goes one by one.

    Bookings of two practitioners may touch one person, and rulings of one person several bookings:
    with a line for each they could wait for each other for ever. On SQLite all writers stand in
    one line anyway. Take it before anything is read that the change rests on.

    Whoever stands in line means to change something: the practice gets another stamp.
    """
    if not run(_STAMP, practice_id):
        raise Practice.DoesNotExist


_STAMP = "UPDATE practice_practice SET stamp = COALESCE(stamp, 0) + 1 WHERE id = %s"


@transaction.atomic
def erase_practice(*, practice_id: uuid.UUID) -> None:
    """Erase a practice with all its rows, the ledger's too. There is no way back.

    The practice goes first: append-only tables let rows go only when theirs is gone, and the keys
    that hold the rows to it are looked at when the transaction ends.
    """
    lock_practice(practice_id=practice_id)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL miedza.erasing = 'on'")
    workers = Practitioner.objects.of(practice_id).values("user_id")
    users = list(User.objects.filter(practice_id=practice_id))
    users += User.objects.filter(id__in=workers, practice__isnull=True)
    guests = list(User.objects.filter(doors__practice_id=practice_id, practice__isnull=True))
    Door.objects.filter(practice_id=practice_id).delete()
    Practice.objects.filter(id=practice_id).delete()
    for model in apps.get_models():
        if issubclass(model, TenantModel):
            model.objects.of(practice_id).delete()
    for user in (*users, *guests):
        if not user.doors.exists():  # Who led this one may be a client of another.
            user.delete()


@transaction.atomic
def change_practice(
    *,
    practice: Practice,
    name: str,
    profession: str,
    language: str,
    time_zone: str,
    wished_hour_minor: int | None = None,
) -> None:
    """Change how a practice is called, where it works and what an hour should bring.

    Its currency stays.
    """
    lock_practice(practice_id=practice.id)
    practice.name = name
    practice.profession = profession
    practice.language = language
    practice.time_zone = time_zone
    practice.wished_hour_minor = wished_hour_minor
    practice.save(
        update_fields=["name", "profession", "language", "time_zone", "wished_hour_minor"]
    )


class SlugTaken(ValueError):  # noqa: N818 - named for what is refused.
    """Another practice is called so in addresses."""


@transaction.atomic
def open_pages(*, practice: Practice, slug: str, now: datetime) -> None:
    """Let everybody read the public pages of a practice, under a name in their address.

    Raises:
        SlugTaken: another practice has it.
    """
    lock_installation()
    lock_practice(practice_id=practice.id)
    if Practice.objects.filter(slug=slug).exclude(id=practice.id).exists():
        raise SlugTaken
    practice.slug = slug
    practice.public_at = practice.public_at or now
    practice.save(update_fields=["slug", "public_at"])


@transaction.atomic
def close_pages(*, practice: Practice) -> None:
    """Let nobody read the public pages any more; their name is kept."""
    lock_practice(practice_id=practice.id)
    practice.public_at = None
    practice.save(update_fields=["public_at"])


@transaction.atomic
def open_door(*, practice: Practice, email: str, language: str) -> User:
    """Let somebody enter a practice by signing in with their e-mail."""
    user = find_user(email=email)
    if user is None:
        lock_installation()  # Another practice may let the same person in at this moment.
        user = find_user(email=email) or User.objects.create_user(email, language=language)
    Door.objects.get_or_create(user=user, practice=practice)
    return user


def close_door(*, practice: Practice, user: User) -> None:
    """Let somebody enter a practice no more."""
    Door.objects.filter(practice=practice, user=user).delete()


def change_looks(*, user: User, language: str, theme: str) -> None:
    """Change the language and the colours of the pages for one user."""
    user.language = language
    user.theme = theme
    user.save(update_fields=["language", "theme"])


KEPT_FORMS = timedelta(hours=48)
"""For so long a form that is sent again is known again."""


@transaction.atomic
def note_form(*, form_id: uuid.UUID, digest: str, now: datetime) -> bool:
    """Note that a form was sent; tell whether it holds what it held when it was sent first."""
    SentForm.objects.bulk_create(
        [SentForm(id=form_id, digest=digest, made_at=now)], ignore_conflicts=True
    )
    return SentForm.objects.filter(id=form_id, digest=digest).exists()


def forget_form(*, form_id: uuid.UUID) -> None:
    """Forget a form of which nothing came: put in order, it is sent as if for the first time."""
    SentForm.objects.filter(id=form_id).delete()


def forget_forms(*, now: datetime) -> None:
    """Forget forms that nobody sends again."""
    SentForm.objects.filter(made_at__lt=now - KEPT_FORMS).delete()


def _calendar_key(identity: bytes) -> int:
    """A number of 62 bits that stands for a calendar."""
    return int.from_bytes(hashlib.blake2b(identity, digest_size=8).digest()) >> 2
