"""What a practice offers: services, who leads them, who may book them."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import transaction
from django.utils.text import slugify

from miedza.bookings.models import Booking, Service, ServiceOf
from miedza.db.ids import make_id
from miedza.practice.actions import lock_practice
from miedza.practice.models import Practitioner
from miedza.practice.queries import list_practitioners

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime
    from typing import Unpack

    from django.db.models import QuerySet

    from miedza.practice.models import Practice


class NobodyLeads(ValueError):  # noqa: N818 - named for what is refused.
    """A service is led by somebody of the practice."""


class Said(TypedDict):
    """What is said of a service; the names and units are those of its columns."""

    name: str
    about: str
    kind: str
    minutes: int
    price_minor: int
    seats: int
    place: str
    languages: list[str]
    who: str
    way: str
    buffer_before: int
    buffer_after: int | None
    notice_minutes: int | None
    horizon_days: int | None
    step_minutes: int | None
    max_per_day: int | None
    max_per_week: int | None
    most_ahead: int | None


@transaction.atomic
def define_service(
    *,
    practice: Practice,
    service_id: uuid.UUID,
    leaders: Iterable[Practitioner],
    where: str,
    now: datetime,
    **said: Unpack[Said],
) -> Service:
    """Say what a service is; said of a known one, it is changed, and what is booked stays.

    Args:
        practice: whose service.
        service_id: of the service.
        leaders: who of the practice leads it.
        where: the address, number or link, for those who come.
        now: the present instant.
        said: what else it is.

    Raises:
        NobodyLeads: no leader is named.
    """
    lock_practice(practice_id=practice.id)
    led_by = {each.id for each in leaders if each.practice_id == practice.id}
    if not led_by:
        raise NobodyLeads
    service = find_service(practice_id=practice.id, service_id=service_id)
    if service is None:
        rank = Service.objects.of(practice.id).count()
        service = Service(id=service_id, practice=practice, made_at=now, rank=rank)
    for name, value in said.items():
        setattr(service, name, value)
    if service.kind == "free":
        service.price_minor = 0
    if not service.slug:
        service.slug = _find_slug(practice, service.name)
    service.seal_text(practice.key, where)
    service.save()
    _lead(service, led_by)
    return service


def _lead(service: Service, led_by: set[uuid.UUID]) -> None:
    """Let these practitioners lead a service, and no others."""
    leading = ServiceOf.objects.of(service.practice_id).filter(service_id=service.id)
    leading.exclude(practitioner_id__in=led_by).delete()
    known = set(leading.values_list("practitioner_id", flat=True))
    ServiceOf.across.bulk_create(
        ServiceOf(
            id=make_id(), practice_id=service.practice_id, service_id=service.id,
            practitioner_id=practitioner_id,
        )
        for practitioner_id in sorted(led_by - known)
    )  # fmt: skip


_LETTERS = str.maketrans(
    "абвгдеёзийклмнопрстуфхыэłøđ", "abvgdeezijklmnoprstufhyelod",
    "ъь",
) | {ord("ж"): "zh", ord("ц"): "ts", ord("ч"): "ch", ord("ш"): "sh", ord("щ"): "shch",
     ord("ю"): "yu", ord("я"): "ya"}  # fmt: skip


def write_slug(name: str, *, otherwise: str) -> str:
    """A name as it stands in an address: plain letters, digits and dashes.

    >>> write_slug("Консультация: Łódź", otherwise="service")
    'konsultatsiya-lodz'
    """
    plain = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    return slugify(plain)[:50].strip("-") or otherwise


_RESERVED = ("rules", "usual")
"""In addresses these stand for the rules, and for a person's usual meeting."""


def _find_slug(practice: Practice, name: str) -> str:
    """A slug that no other service of the practice has."""
    first = write_slug(name, otherwise="service")
    taken = {*_RESERVED, *Service.objects.of(practice.id).values_list("slug", flat=True)}
    tries = (first if number == 1 else f"{first}-{number}" for number in range(1, 10_000))
    return next(slug for slug in tries if slug not in taken)


@transaction.atomic
def open_service(*, service: Service, is_open: bool) -> None:
    """Put a service on offer, or take it away; what is booked stays."""
    lock_practice(practice_id=service.practice_id)
    service.is_open = is_open
    service.save(update_fields=["is_open"])


@transaction.atomic
def make_link(*, service: Service) -> str:
    """Make the secret of a link by which those who are invited come; the one before ends."""
    lock_practice(practice_id=service.practice_id)
    secret = secrets.token_urlsafe(20)
    service.link_digest = hashlib.sha256(secret.encode()).hexdigest()
    service.save(update_fields=["link_digest"])
    return secret


def opens(service: Service, secret: str) -> bool:
    """Tell whether a secret is that of a service's link."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return bool(service.link_digest) and secrets.compare_digest(digest, service.link_digest)


def lets_in(service: Service, secret: str) -> bool:
    """Tell whether somebody may open a service: with its link, where it is for the invited."""
    return service.who != "invited" or opens(service, secret)


def find_service(*, practice_id: uuid.UUID, service_id: uuid.UUID | None) -> Service | None:
    """One service of a practice, or None."""
    if service_id is None:
        return None
    return Service.objects.of(practice_id).filter(id=service_id).first()


def find_by_slug(*, practice_id: uuid.UUID, slug: str) -> Service | None:
    """The service on offer that is called so in addresses, or None."""
    return Service.objects.of(practice_id).filter(slug=slug, is_open=True).first()


def list_services(*, practice_id: uuid.UUID, **narrowed: Any) -> QuerySet[Service]:
    """The services of a practice in their order; `who__in=…` and the like narrow them."""
    return Service.objects.of(practice_id).filter(**narrowed).order_by("rank", "made_at", "id")


def leads(*, practitioner: Practitioner, service: Service) -> bool:
    """Tell whether a practitioner leads a service of their practice."""
    leading = ServiceOf.objects.of(practitioner.practice_id)
    return leading.filter(service_id=service.id, practitioner_id=practitioner.id).exists()


def list_leaders(*, practice_id: uuid.UUID, service: Service) -> list[Practitioner]:
    """Who leads a service, of those who have not left."""
    leading = ServiceOf.objects.of(practice_id).filter(service_id=service.id)
    ids = set(leading.values_list("practitioner_id", flat=True))
    return [each for each in list_practitioners(practice_id=practice_id) if each.id in ids]


def list_usual_leaders(*, practice_id: uuid.UUID, person_id: uuid.UUID) -> list[Practitioner]:
    """With whom somebody has their usual meetings: whom they have met, else who leads the practice.

    A colleague who comes to the practice is not offered to those who come to another.
    """
    met = Booking.objects.of(practice_id).filter(person_id=person_id)
    ids = set(met.values_list("practitioner_id", flat=True).distinct())
    everybody = list_practitioners(practice_id=practice_id)
    return [each for each in everybody if each.id in ids] or everybody[:1]
