"""What is asked about practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miedza.practice.models import Door, Practice, Practitioner, User

if TYPE_CHECKING:
    import uuid


def is_new_installation() -> bool:
    """Tell whether nobody has created a practice yet."""
    return not Practice.objects.exists()


def list_practices() -> list[Practice]:
    """All practices of the installation, the oldest first."""
    return list(Practice.objects.order_by("id"))


def find_practitioner(*, user_id: int) -> Practitioner | None:
    """The practitioner that a user is, with the practice; None where they are none."""
    users = User.objects.filter(id=user_id, practice_id__isnull=False)
    practice_id = users.values_list("practice_id", flat=True).first()
    if practice_id is None:
        return None
    practitioners = Practitioner.objects.of(practice_id).filter(user_id=user_id, left_at=None)
    return practitioners.select_related("practice").first()


def read_any_key() -> bool:
    """Open the key of one practice, where there is one; tell whether there is.

    Raises:
        miedza.db.encryption.SealBroken: the key of the installation is not the right one.
    """
    practice = Practice.objects.first()
    return practice is not None and bool(practice.key)


def find_user(*, email: str) -> User | None:
    """The user with an e-mail, whatever its letters' case."""
    return User.objects.filter(email=email.strip().lower()).first()


def get_practice(*, practice_id: uuid.UUID) -> Practice:
    """The practice with an id."""
    return Practice.objects.get(id=practice_id)


def list_doors(*, user_id: int) -> list[Practice]:
    """The practices that a user enters as a client, or beside one."""
    doors = Door.objects.filter(user_id=user_id).select_related("practice")
    return [door.practice for door in doors.order_by("practice__name", "id")]


def opens_one_place(*, user: User) -> bool:
    """Tell whether an account enters one practice alone, as a client.

    What was mailed for one practice may let such a one in. Whoever leads a practice, or has a place
    in another, signs in.
    """
    return user.practice_id is None and len(list_doors(user_id=user.pk)) == 1


def find_leader(*, practice_id: uuid.UUID) -> Practitioner | None:
    """The practitioner who leads a practice: the first one."""
    return next(iter(list_practitioners(practice_id=practice_id)), None)


def is_leader(practitioner: Practitioner) -> bool:
    """Whether a practitioner leads the practice: they alone change what holds for everybody."""
    return find_leader(practice_id=practitioner.practice_id) == practitioner


def find_by_slug(*, slug: str) -> Practice | None:
    """The practice that is called so in addresses, whether its pages are public or not."""
    return Practice.objects.filter(slug=slug).first()


def list_practitioners(*, practice_id: uuid.UUID) -> list[Practitioner]:
    """Who works in a practice, of those who have not left; the first one first."""
    practitioners = Practitioner.objects.of(practice_id).filter(left_at__isnull=True)
    return list(practitioners.select_related("practice", "user").order_by("id"))


def name_practitioners(*, practice_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """The names by which clients tell practitioners apart; none where one works alone.

    Who works alone is known by the name of the practice.
    """
    working = list_practitioners(practice_id=practice_id)
    return {each.id: each.name for each in working} if len(working) > 1 else {}
