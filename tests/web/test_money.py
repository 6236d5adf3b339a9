"""Money by hand: who owes whom, and payments that go where they belong."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from miedza.ledger.models import Event
from miedza.practice.formats import format_money, to_local
from tests.cast import book, tell
from tests.web.clients import drop_payment
from tests.web.pages import follow, present, read, typed, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _without_payment(cast: Cast, db: None) -> None:
    drop_payment(cast.anna)


def _money(amount_minor: int) -> str:
    with override("en"):
        return format_money(amount_minor, "PLN")


def _held(cast: Cast, days: int, person: Person | None = None) -> Booking:
    start = yesterday_at(9, days=days)
    booking = book(cast.anna, person or cast.ola, start, now=start - timedelta(days=9))
    tell(cast.anna, booking, "held", "practitioner", booking.ends_at)
    return booking


def _pay(client: Client, person: Person, amount: str, kind: str = "paid", **more: str) -> Any:
    address = reverse("account", args=[person.id])
    today = f"{to_local(present(), 'Europe/Warsaw'):%Y-%m-%d}"
    body = {"amount": amount, "kind": kind, "day": today, **more}
    return client.post(address, body)


def _paid(cast: Cast, booking: Booking) -> list[int | None]:
    events = Event.objects.of(cast.anna.practice_id).filter(meeting_id=booking.id, type="paid")
    return list(events.order_by("id").values_list("amount_minor", flat=True))


def test_empty_page_says_what_it_is_for(anna: Client) -> None:
    assert "Here you see who owes whom." in read(anna.get("/money/"))


def test_those_who_owe_most_come_first(cast: Cast, anna: Client) -> None:
    _held(cast, 2)
    for days in (3, 4):
        _held(cast, days, cast.marek)

    page = read(anna.get("/money/"))

    assert f"Due to you: {_money(600_00)}" in page
    assert page.index("Marek Łącki") < page.index("Ola Żółć")
    assert _money(400_00) in page


def test_payment_goes_to_the_oldest_meetings_first(cast: Cast, anna: Client) -> None:
    newer, older = _held(cast, 2), _held(cast, 5)

    response = _pay(anna, cast.ola, "250")

    assert "Payment noted." in follow(anna, response)
    assert (_paid(cast, older), _paid(cast, newer)) == ([200_00], [50_00])
    assert f"Due to you: {_money(150_00)}" in read(anna.get(response["Location"]))


def test_what_is_paid_beyond_is_owed_back_and_can_go_back(cast: Cast, anna: Client) -> None:
    booking = _held(cast, 2)
    _pay(anna, cast.ola, "300")
    address = reverse("account", args=[cast.ola.id])
    assert f"Due from you: {_money(100_00)}" in read(anna.get(address))

    response = _pay(anna, cast.ola, "100", "back")

    assert "Refund noted." in follow(anna, response)
    assert _paid(cast, booking) == [300_00, -100_00]
    assert "Nobody owes anybody anything." in read(anna.get(address))


def test_no_more_goes_back_than_was_paid(cast: Cast, anna: Client) -> None:
    booking = _held(cast, 2)
    _pay(anna, cast.ola, "50")

    response = _pay(anna, cast.ola, "51", "back")

    assert response.status_code == 422
    assert "This is more than was ever paid." in read(response)
    assert typed(response, "amount") == ["51"]
    assert _paid(cast, booking) == [50_00]


def test_payment_is_undone(cast: Cast, anna: Client) -> None:
    first, second = _held(cast, 5), _held(cast, 2)
    page = anna.get(_pay(anna, cast.ola, "400")["Location"])
    events = typed(page, "event")

    anna.post(reverse("void", args=[first.id]), {"event": events})

    assert len(events) == 2
    said = read(anna.get(reverse("account", args=[cast.ola.id])))
    assert f"Due to you: {_money(400_00)}" in said
    assert _paid(cast, second) == [200_00]


def test_form_sent_twice_notes_one_payment(cast: Cast, anna: Client) -> None:
    booking = _held(cast, 2)
    once = typed(anna.get(reverse("account", args=[cast.ola.id])), "once")[0]

    for _time in range(2):
        assert _pay(anna, cast.ola, "30", once=once).status_code == 302

    assert _paid(cast, booking) == [30_00]


def test_payment_before_any_meeting_is_refused(cast: Cast, anna: Client) -> None:
    response = _pay(anna, cast.marek, "30")

    assert response.status_code == 422
    assert "Nothing is booked yet that could be paid for." in read(response)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"amount": "0"}, "Write an amount above 0."),
        ({"amount": "-5"}, "Write an amount such as 200 or 200.50."),
        ({"amount": ""}, "This field is required."),
        ({"amount": "5", "day": "2199-01-01"}, "Choose today or a day before."),
        ({"amount": "5", "day": "1999-12-31"}, "Choose today or a day before."),
        ({"amount": "5", "day": "x"}, "Enter a valid date."),
        ({"amount": "5", "kind": "x"}, "is not one of the available choices"),
    ],
)
def test_nonsense_is_no_payment(body: dict[str, str], said: str, cast: Cast, anna: Client) -> None:
    booking = _held(cast, 2)

    response = _pay(anna, cast.ola, **body)

    assert response.status_code == 422
    assert said in read(response)
    assert _paid(cast, booking) == []


def test_payment_of_an_earlier_day_stands_at_its_noon(cast: Cast, anna: Client) -> None:
    booking = _held(cast, 5)
    day = yesterday_at(12, days=3)

    _pay(anna, cast.ola, "200", day=f"{day:%Y-%m-%d}")

    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=booking.id, type="paid")
    assert event.at == day
