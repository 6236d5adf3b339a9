"""A series: every date with what is in its way before anything is booked; all of it, or nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.hours import take_off
from miedza.bookings.models import Booking
from miedza.ledger.facts import to_instant
from miedza.messaging.models import Letter
from tests.cast import book
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.offers import define, list_times, set_date
from tests.web.pages import WARSAW, dump_rows, follow, list_shown, present, read, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

NONE_CHOSEN = "Choose at least one date. Nothing was booked."
TAKEN = "One of the dates has been taken meanwhile, so nothing was booked."
WEEK = timedelta(days=7)


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted, and there are hours on offer for ten weeks."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    open_hours(cast.anna, horizon_days=70)
    return client


def _first(days: int = 5) -> datetime:
    """Noon of a day that lies so many days ahead, in Warsaw."""
    local = present().astimezone(WARSAW).replace(hour=12, minute=0) + timedelta(days=days)
    return local.replace(tzinfo=None).replace(tzinfo=WARSAW).astimezone(UTC)


def _list_starts(count: int, weeks: int = 1) -> list[datetime]:
    """The dates of a series: noon in Warsaw, whatever its clocks do in between."""
    wall = _first().astimezone(WARSAW).replace(tzinfo=None)
    walls = (wall + number * weeks * WEEK for number in range(count))
    return [each.replace(tzinfo=WARSAW).astimezone(UTC) for each in walls]


def _booked(cast: Cast) -> list[datetime]:
    bookings = Booking.objects.of(cast.anna.practice_id).filter(person_id=cast.ola.id)
    return [booking.starts_at for booking in bookings.order_by("starts_at")]


def _dates(page: Any) -> list[tuple[datetime, bool, str]]:
    """The dates of a page: when, whether it is chosen, and what is in its way."""
    rows = re.findall(
        r'name="start" value="(\d+)"([^>]*)>.*?</label>(.*?)</li>', page.content.decode(), re.DOTALL
    )
    return [
        (datetime.fromtimestamp(int(at), UTC), "checked" in how, re.sub("<[^>]+>", "", why).strip())
        for at, how, why in rows
    ]


def _address(cast: Cast) -> str:
    return reverse("my_series", args=[cast.ola.id])


def _ask(count: int = 4, weeks: int = 1) -> dict[str, str]:
    return {
        "service": "usual", "at": str(to_instant(_first())), "count": str(count),
        "weeks": str(weeks),
    }  # fmt: skip


def _choose(cast: Cast, page: Any, *starts: datetime) -> dict[str, Any]:
    """The form as a browser sends it, with these dates chosen."""
    return {**hidden(page, _address(cast)), "start": [str(to_instant(at)) for at in starts]}


def test_client_sees_every_date_before_anything_is_booked(cast: Cast, ola: Client) -> None:
    starts = _list_starts(4, weeks=2)
    book(cast.anna, cast.marek, starts[1], now=present())
    off = starts[2] - timedelta(minutes=30)
    take_off(practitioner=cast.anna, starts_at=off, ends_at=starts[2] + WEEK, text="Surgery")
    before = dump_rows()

    page = ola.get(_address(cast), _ask(4, weeks=2))

    assert _dates(page) == [
        (starts[0], True, ""), (starts[1], False, "not on offer"),
        (starts[2], False, "not on offer"), (starts[3], True, ""),
    ]  # fmt: skip
    said = read(page)
    assert "Nothing is booked yet." in said
    assert "Price of each:" in said
    assert "Should you need to cancel" not in said  # That is of one date alone.
    assert "If you need to cancel: free up to 48 hours before" in said
    for secret in ("Marek", "Surgery", "taken"):
        assert secret not in said
    assert dump_rows() == before


def test_client_books_the_chosen_dates_once(cast: Cast, ola: Client) -> None:
    starts = _list_starts(4)
    form = _choose(cast, ola.get(_address(cast), _ask()), starts[0], starts[3])

    for _time in range(2):
        assert "2 meetings are booked." in follow(ola, ola.post(_address(cast), form))

    assert _booked(cast) == [starts[0], starts[3]]
    told = Letter.objects.of(cast.anna.practice_id).exclude(to="anna@miedza.example")
    assert told.count() == 1


@pytest.mark.parametrize("start", [[], ["x"], ["1"], ["9" * 11], ["9" * 30, "-1", "٣"]])
def test_client_who_chooses_no_date_chooses_again(
    start: list[str], cast: Cast, ola: Client
) -> None:
    page = ola.get(_address(cast), _ask())
    before = dump_rows()

    response = ola.post(_address(cast), {**_choose(cast, page), "start": start})

    assert response.status_code == 422
    assert NONE_CHOSEN in read(response)
    assert [at for at, _is_chosen, _why in _dates(response)] == _list_starts(4)
    assert dump_rows() == before
    follow(ola, ola.post(_address(cast), _choose(cast, response, _first())))
    assert _booked(cast) == [_first()]


def test_one_date_taken_meanwhile_and_nothing_is_booked(cast: Cast, ola: Client) -> None:
    starts = _list_starts(4)
    form = _choose(cast, ola.get(_address(cast), _ask()), *starts)
    book(cast.anna, cast.marek, starts[2], now=present())
    before = dump_rows()

    response = ola.post(_address(cast), form)

    assert response.status_code == 409
    assert TAKEN in read(response)
    assert [chosen for _at, chosen, _why in _dates(response)] == [True, True, False, True]
    free = list_times(cast.anna, None)
    nearest = sorted(sorted(free, key=lambda at: abs(at - starts[0]))[:6])
    assert [at for at, _text in list_shown(response)] == [to_instant(at) for at in nearest]
    assert dump_rows() == before
    left = _choose(cast, response, starts[0], starts[1], starts[3])
    assert "3 meetings are booked." in follow(ola, ola.post(_address(cast), left))


@pytest.mark.parametrize(
    "said",
    [
        {"at": ""}, {"at": "x"}, {"at": "9" * 30}, {"at": "-1"}, {"service": "nothing"},
    ],
)  # fmt: skip
def test_series_of_nothing_leads_back(said: dict[str, str], cast: Cast, ola: Client) -> None:
    for response in (
        ola.get(_address(cast), {**_ask(), **said}),
        ola.post(_address(cast), {**_ask(), **said}),
    ):
        assert response["Location"] == reverse("my_book", args=[cast.ola.id])
    assert _booked(cast) == []


@pytest.mark.parametrize(
    ("count", "weeks", "shown"),
    [
        ("", "", 2), ("1", "1", 2), ("0", "0", 2), ("-5", "-1", 2), ("999", "999", 52),
        ("9" * 400, "x", 2), ("\0", "\0", 2), ("3", "٣", 3),
    ],
)  # fmt: skip
def test_odd_numbers_are_bounded(
    count: str, weeks: str, shown: int, cast: Cast, ola: Client
) -> None:
    page = ola.get(_address(cast), {**_ask(), "count": count, "weeks": weeks})

    assert page.status_code == 200
    assert len(_dates(page)) == shown


def test_far_date_is_on_offer_to_nobody(cast: Cast, ola: Client) -> None:
    page = ola.get(_address(cast), {**_ask(), "at": "9" * 11})

    assert [chosen for _at, chosen, _why in _dates(page)] == [False] * 4


def test_dates_of_a_group_are_not_booked_as_a_series(cast: Cast, ola: Client) -> None:
    group = define(cast.anna, "Circle", seats=4)
    frame = set_date(cast.anna, group, list_times(cast.anna, None)[60])
    asked = {**_ask(), "service": group.slug, "at": str(to_instant(frame.starts_at))}

    for response in (ola.get(_address(cast), asked), ola.post(_address(cast), asked)):
        assert response["Location"] == reverse("my_book", args=[cast.ola.id])
    assert _booked(cast) == []


def _typed(**said: str) -> dict[str, str]:
    """The practitioner's form of a meeting, four times."""
    local = _first().astimezone(WARSAW)
    return {
        "day": f"{local:%Y-%m-%d}", "clock": "12:00", "minutes": "60", "kind": "paid",
        "price_minor": "200", "count": "4", "weeks": "1", **said,
    }  # fmt: skip


def _book(cast: Cast, name: str = "book") -> str:
    return reverse(name, args=[cast.ola.id])


def _chosen(page: Any, *starts: datetime) -> dict[str, Any]:
    """The practitioner's form of dates, with these chosen."""
    names = (*_typed(), "service", "once")
    carried = {name: typed(page, name)[0] for name in names if typed(page, name)}
    return {**carried, "start": [str(to_instant(at)) for at in starts]}


def test_practitioner_sees_every_date_before_anything_is_booked(
    cast: Cast, ola: Client, anna: Client
) -> None:
    starts = _list_starts(4)
    book(cast.anna, cast.marek, starts[1], now=present())
    take_off(practitioner=cast.anna, starts_at=starts[2], ends_at=starts[2] + WEEK / 7)
    before = dump_rows()

    page = anna.post(_book(cast), _typed())

    assert _dates(page) == [
        (starts[0], True, ""), (starts[1], False, "taken"), (starts[2], False, "you have time off"),
        (starts[3], True, ""),
    ]  # fmt: skip
    assert "1 date is taken and is left out." in read(page)
    assert dump_rows() == before


def test_practitioner_books_the_chosen_dates_once(cast: Cast, ola: Client, anna: Client) -> None:
    starts = _list_starts(4)
    form = _chosen(anna.post(_book(cast), _typed()), *starts[1:])

    for _time in range(2):
        response = anna.post(_book(cast, "book_series"), form)
        assert "3 meetings are booked." in follow(anna, response)

    assert _booked(cast) == starts[1:]


@pytest.mark.parametrize("start", [[], ["x"], ["9" * 30]])
def test_practitioner_who_chooses_no_date_loses_nothing(
    start: list[str], cast: Cast, ola: Client, anna: Client
) -> None:
    form = _chosen(anna.post(_book(cast), _typed()))

    response = anna.post(_book(cast, "book_series"), {**form, "start": start})

    assert response.status_code == 422
    assert NONE_CHOSEN in read(response)
    assert [at for at, _is_chosen, _why in _dates(response)] == _list_starts(4)
    for name, value in _typed().items():
        assert typed(response, name) == [value]
    assert _booked(cast) == []


def test_date_taken_meanwhile_is_shown_with_the_nearest_free_times(
    cast: Cast, ola: Client, anna: Client
) -> None:
    starts = _list_starts(4)
    form = _chosen(anna.post(_book(cast), _typed()), *starts)
    book(cast.anna, cast.marek, starts[2], now=present())
    before = dump_rows()

    response = anna.post(_book(cast, "book_series"), form)

    assert response.status_code == 409
    said = read(response)
    assert TAKEN in said
    assert "The nearest free times" in said
    assert f"{_book(cast)}?day=" in response.content.decode()
    assert [why for _at, _is_chosen, why in _dates(response)] == ["", "", "taken", ""]
    assert dump_rows() == before
    left = _chosen(response, starts[0], starts[1], starts[3])
    follow(anna, anna.post(_book(cast, "book_series"), left))
    assert _booked(cast) == [starts[0], starts[1], starts[3]]


def test_form_of_nothing_leads_back_to_booking(cast: Cast, anna: Client) -> None:
    response = anna.post(_book(cast, "book_series"), {"start": "1"})

    assert response["Location"] == _book(cast)
    assert NONE_CHOSEN in follow(anna, response)
