"""How a visitor books from the public page, step by step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from miedza.bookings.models import Booking, Taken
from miedza.ledger.facts import to_instant
from tests.web.codes import read_code
from tests.web.pages import present, typed

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

ELA = "ela@visitors.example"
WHO = {
    "name": "Ela Nowa", "email": ELA, "phone": "+48 600 100 200", "child": "", "text": "English",
}  # fmt: skip


def begin_at(service: Service) -> str:
    return reverse("begin", args=["anna", service.slug])


def hold_as(browser: Client, service: Service, at: datetime, **said: str) -> Any:
    """Choose a time and say who one is, as the page asks for it."""
    moment = str(to_instant(at))
    page = browser.get(begin_at(service), {"at": moment})
    return browser.post(
        begin_at(service), {**WHO, "at": moment, "once": typed(page, "once")[0], **said}
    )


def sign(browser: Client, held: str, name: str = "Ela Nowa", **more: str) -> Any:
    digest = typed(browser.get(held), "digest")[0]
    return browser.post(held, {"digest": digest, "typed_name": name, "read": "on", **more})


def list_bookings(cast: Cast) -> list[Booking]:
    return list(Booking.objects.of(cast.anna.practice_id))


def let_lapse(cast: Cast) -> None:
    """The time of everything that is held is over."""
    held = Taken.objects.of(cast.anna.practice_id).exclude(kept_until=None)
    assert held.update(kept_until=present() - timedelta(minutes=2))


def go_on(browser: Client, service: Service, at: datetime, **said: str) -> tuple[str, Any]:
    """The way until the code is typed: the address of what is held, and the answer."""
    held = hold_as(browser, service, at, **said)["Location"]
    return held, browser.post(held, {"code": read_code()})
