"""What cannot be recorded of a meeting: refused beside its field, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.cast import book, tell
from tests.web.hostile import (
    UNSEEN,
    bad_choice,
    bad_date,
    bad_money,
    bad_number,
    bad_text,
    bad_time,
)
from tests.web.pages import (
    at,
    dump_rows,
    list_events,
    present,
    read,
    record,
    to,
    typed,
    yesterday_at,
)
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast

NEEDED = "This is needed here."
AHEAD = "This lies ahead. Only what has happened is recorded."
LATER = "A meeting can be moved only to a later moment than now."
YEAR = "Write a year between 2000 and 2199."
FIELDS = {
    "at_day": ("cancelled", "Date", {**bad_date(required=False), "": ""}),
    "at_clock": ("cancelled", "Time", {**bad_time(required=False), "": "Write the time too."}),
    "cause": ("cancelled", "Reason", bad_choice(required=False)),
    "to_day": ("moved", "New date", {**bad_date(required=False), "": NEEDED}),
    "to_clock": ("moved", "New time", {**bad_time(required=False), "": NEEDED}),
    "minutes": ("extended", "Minutes", bad_number(1, 1440, empty=NEEDED)),
    "amount": ("paid", "Amount, PLN", bad_money(empty=NEEDED)),
    "text": ("incident", "In words", {**bad_text(2_000, required=False), "": NEEDED}),
}


@pytest.fixture
def booking(cast: Cast, db: None) -> Booking:
    """A meeting of yesterday at noon."""
    start = yesterday_at(12)
    return book(cast.anna, cast.ola, start, now=start - timedelta(days=10))


def _good(booking: Booking, kind: str) -> dict[str, str]:
    """A body that would be taken."""
    details = {
        "moved": to(booking.starts_at + timedelta(days=3)), "extended": {"minutes": "15"},
        "paid": {"amount": "5"}, "incident": {"text": "words"}, "cancelled": {"cause": ""},
    }.get(kind, {})  # fmt: skip
    return {"type": kind, "by": "client", **at(booking.starts_at), **details}


@pytest.mark.parametrize("field", FIELDS)
def test_event_is_refused(field: str, booking: Booking, anna: Client) -> None:
    kind, label, bad = FIELDS[field]
    address, good = reverse("record", args=[booking.id]), _good(booking, kind)
    bad = {value: said for value, said in bad.items() if (field, value) != ("at_day", "")}

    check_refused(anna, address, good, field, label, bad)


@pytest.mark.parametrize("field", ["type", "by"])
def test_type_and_side_are_chosen_from_what_there_is(
    field: str, booking: Booking, anna: Client
) -> None:
    before, good = dump_rows(), _good(booking, "arrived")

    for value in (*bad_choice(), "voided", "struck", "client,practitioner"):
        response = record(anna, booking, **{**good, field: value})
        assert response.status_code == 422, value
    for tap in ("", ":", "held", "held:", ":client", "voided:client", "held:client:x", "\0:\0"):
        assert record(anna, booking, tap=tap).status_code == 422, tap
    assert dump_rows() == before


@pytest.mark.parametrize("minutes", [5, 60, 60 * 24, 60 * 24 * 3_000])
def test_what_lies_ahead_is_refused(minutes: int, booking: Booking, anna: Client) -> None:
    before = dump_rows()
    ahead = at(present() + timedelta(minutes=minutes))

    for kind in ("arrived", "held", "left", "cancelled", "moved", "paid", "incident"):
        response = record(anna, booking, **{**_good(booking, kind), **ahead})

        assert response.status_code == 422
        assert AHEAD in read(response)
        assert set(typed(response, "at_clock")) == {ahead["at_clock"]}
    assert dump_rows() == before


def test_present_moment_is_no_future(booking: Booking, cast: Cast, anna: Client) -> None:
    assert record(anna, booking, type="held", by="client", **at(present())).status_code == 302
    assert record(anna, booking, type="held", by="client").status_code == 302


def test_move_goes_forward_in_time(booking: Booking, cast: Cast, anna: Client) -> None:
    before, said = dump_rows(), booking.starts_at - timedelta(days=1)
    good = {**_good(booking, "moved"), **at(said)}

    for where in (said, said - timedelta(minutes=1), said - timedelta(days=300)):
        response = record(anna, booking, **{**good, **to(where)})
        assert response.status_code == 422
        assert LATER in read(response)
    assert dump_rows() == before
    assert record(anna, booking, **{**good, **to(said + timedelta(minutes=1))}).status_code == 302


@pytest.mark.parametrize(
    ("day", "clock"),
    [("9999-12-31", "23:59"), ("0001-01-01", "00:00"), ("0001-01-01", "00:01"), ("2200-01-01", "")],
)
def test_no_date_breaks_the_clock(day: str, clock: str, booking: Booking, anna: Client) -> None:
    before = dump_rows()

    for body in ({"at_day": day, "at_clock": clock}, {"to_day": day, "to_clock": clock}):
        response = record(anna, booking, **{**_good(booking, "moved"), **body})
        assert response.status_code == 422
        assert YEAR in read(response)
    assert dump_rows() == before


def test_side_that_was_chosen_stays_chosen(booking: Booking, anna: Client) -> None:
    response = record(anna, booking, type="request_added", by="practitioner", text="\0")

    assert UNSEEN in read(response)
    assert '<option value="practitioner" selected>' in response.content.decode()


def test_page_of_a_refusal_leads_back_to_the_meeting(booking: Booking, anna: Client) -> None:
    response = record(anna, booking, type="paid", by="client", amount="x")

    assert set(typed(response, "next")) == {reverse("meeting", args=[booking.id])}


def test_signed_out_tap_leads_to_a_page_that_opens(
    booking: Booking, cast: Cast, anna: Client
) -> None:
    address = reverse("record", args=[booking.id])
    anna.logout()

    response = anna.post(address, {"tap": "held:client"})

    assert response["Location"] == "/sign-in/?next=/"
    assert list_events(booking.id, cast.anna) == []


@pytest.mark.parametrize("tap", ["held:practitioner", "ended:client", "left:practitioner"])
def test_meeting_that_has_not_begun_was_not_held(tap: str, cast: Cast, anna: Client) -> None:
    ahead = book(cast.anna, cast.ola, present() + timedelta(days=5), now=present())
    before = dump_rows()

    response = record(anna, ahead, tap=tap)

    assert response.status_code == 422
    assert "The meeting had not begun then, so nothing was recorded." in read(response)
    assert dump_rows() == before


def test_what_the_client_did_is_taken_back_openly_first(
    cast: Cast, booking: Booking, anna: Client
) -> None:
    deed = booking.starts_at - timedelta(days=2)
    tell(cast.anna, booking, "cancelled", "client", deed, entered_by="client")
    before = dump_rows()

    said = at(deed - timedelta(hours=1))
    response = record(anna, booking, type="cancelled", by="practitioner", **said)

    assert response.status_code == 422
    assert "Take that back first, if it was a mistake; they are told." in read(response)
    assert dump_rows() == before
