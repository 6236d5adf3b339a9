"""What somebody has chosen to book: a service, or the usual meeting of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from miedza.bookings.models import Kept, Service
    from miedza.people.models import Person


class Choice(NamedTuple):
    """What is to be booked, with the length and the price that go with it."""

    service: Service | None
    """None for the person's usual meeting."""
    minutes: int
    price_minor: int
    """0 for a free one."""
    kind: str
    """`paid` or `free`."""

    @property
    def seen(self) -> tuple[int, int]:
        """The minutes and the price, to be compared with those on the page that was read."""
        return self.minutes, self.price_minor

    @property
    def service_alone(self) -> Service | None:
        """The service, where one comes alone: who leaves a group has none of its dates."""
        return None if self.service is None or self.service.is_group else self.service


def choose_usual(person: Person) -> Choice:
    """A person's usual meeting, as it is now; of no length where none was agreed."""
    person.refresh_from_db(fields=["usual_minutes", "usual_price_minor"])
    return Choice(None, person.usual_minutes, person.usual_price_minor, "paid")


def choose_service(service: Service) -> Choice:
    """A meeting of a service, as it is now."""
    service.refresh_from_db()
    return Choice(service, service.minutes, service.price_minor, service.kind)


def choose_again(choice: Choice, person: Person) -> Choice:
    """What was chosen before, as it is now."""
    return choose_usual(person) if choice.service is None else choose_service(choice.service)


def read_choice(kept: Kept) -> Choice:
    """What a kept time would become, as it was when it was kept."""
    return Choice(kept.service, kept.minutes, kept.price_minor, kept.kind)
