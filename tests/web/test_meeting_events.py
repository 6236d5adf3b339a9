"""What happens with a meeting: every type, by both sides, and what the rules say of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.urls import reverse

from miedza.bookings.judging import judge_due
from miedza.ledger.models import Event
from tests.cast import book, look
from tests.web.judging import check_judged
from tests.web.pages import at, follow, list_events, present, read, record, to, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast


class Happening(NamedTuple):
    """A type of event, when it happens, and what else the form asks for."""

    minutes: int
    """After the start."""
    details: dict[str, str]
    told: str
    """How the page tells it."""


HAPPENINGS = {
    "arrived": Happening(12, {}, "arrival"),
    "left": Happening(30, {}, "stopped waiting"),
    "held": Happening(0, {}, "held as planned"),
    "ended": Happening(75, {}, "end of the meeting"),
    "cancelled": Happening(-20 * 60, {}, "cancellation"),
    "moved": Happening(-20 * 60, {}, "move to"),
    "extended": Happening(20, {"minutes": "15", "agreed": "on"}, "15 minutes more, agreed"),
    "request_added": Happening(-60, {"text": "the interview"}, "a request added"),
    "incident": Happening(5, {"text": "shouting"}, "an incident"),
    "paid": Happening(90, {"amount": "150,50"}, "payment of PLN150.50"),
}
SIDES = ("client", "practitioner")


@pytest.fixture
def booking(cast: Cast, db: None) -> Booking:
    """A meeting of yesterday at noon, booked long before, as the worker has judged it since."""
    start = yesterday_at(12)
    made = book(cast.anna, cast.ola, start, now=start - timedelta(days=10))
    judge_due(now=present())
    return made


def _tell(client: Client, booking: Booking, kind: str, by: str, **more: str) -> Any:
    """Post a happening with its own time."""
    happening = HAPPENINGS[kind]
    details = {**happening.details, **more}
    if kind == "moved":
        details = {**to(booking.starts_at + timedelta(days=3)), **details}
    when = at(booking.starts_at + timedelta(minutes=happening.minutes))
    return record(client, booking, type=kind, by=by, **{**when, **details})


@pytest.mark.parametrize("by", SIDES)
@pytest.mark.parametrize("kind", HAPPENINGS)
def test_event_is_recorded_and_judged(
    kind: str, by: str, booking: Booking, cast: Cast, anna: Client
) -> None:
    page = follow(anna, _tell(anna, booking, kind, by))

    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=booking.id)
    assert (event.type, event.by) == (kind, by)
    assert event.at == booking.starts_at + timedelta(minutes=HAPPENINGS[kind].minutes)
    who = "You" if by == "practitioner" else "Ola"
    assert f"{who}: {HAPPENINGS[kind].told}" in page
    check_judged(anna, cast.anna, booking)


@pytest.mark.parametrize("by", SIDES)
@pytest.mark.parametrize("kind", HAPPENINGS)
def test_event_is_undone_from_the_page_that_follows(
    kind: str, by: str, booking: Booking, cast: Cast, anna: Client
) -> None:
    settled = check_judged(anna, cast.anna, booking)
    response = _tell(anna, booking, kind, by)
    page = anna.get(response["Location"]).content.decode()
    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=booking.id)
    pair = f"{booking.id}:{event.id}"
    assert page.count(f'name="event" value="{pair}"') == 2, "in the toast and in the record"

    page = follow(anna, anna.post(reverse("void", args=[booking.id]), {"event": pair}))

    assert "Taken back." in page
    assert list_events(booking.id, cast.anna) == [kind, "voided"]
    assert check_judged(anna, cast.anna, booking) == settled


STORIES: dict[str, list[tuple[str, str]]] = {
    "held": [("arrived", "client"), ("arrived", "practitioner"), ("ended", "practitioner")],
    "I am late": [("arrived", "practitioner"), ("held", "practitioner")],
    "nobody came": [("left", "client"), ("arrived", "practitioner")],
    "late and long": [("arrived", "client"), ("extended", "client"), ("ended", "client")],
    "moved, then cancelled": [("moved", "client"), ("cancelled", "practitioner")],
    "cancelled, then moved": [("cancelled", "client"), ("moved", "practitioner")],
    "twice cancelled": [("cancelled", "client"), ("cancelled", "client")],
    "paid twice": [("paid", "client"), ("paid", "practitioner"), ("held", "client")],
    "held and missed": [("held", "client"), ("left", "practitioner")],
    "everything": [(kind, by) for kind in HAPPENINGS for by in SIDES if kind != "moved"],
}


@pytest.mark.parametrize("story", STORIES)
def test_story_is_judged_after_each_step(
    story: str, booking: Booking, cast: Cast, anna: Client
) -> None:
    for kind, by in STORIES[story]:
        assert _tell(anna, booking, kind, by).status_code == 302

    check_judged(anna, cast.anna, booking)
    assert list_events(booking.id, cast.anna) == [kind for kind, _by in STORIES[story]]


@pytest.mark.parametrize("cause", ["illness", "emergency", "technical"])
@pytest.mark.parametrize("kind", ["arrived", "cancelled", "moved"])
def test_cause_is_kept_and_judged(
    kind: str, cause: str, booking: Booking, cast: Cast, anna: Client
) -> None:
    page = follow(anna, _tell(anna, booking, kind, "client", cause=cause))

    told = {"emergency": "something serious", "technical": "a technical fault"}
    assert f"({told.get(cause, cause)})" in page
    check_judged(anna, cast.anna, booking)


def test_move_takes_the_new_time_and_frees_the_old(
    booking: Booking, cast: Cast, anna: Client
) -> None:
    _tell(anna, booking, "moved", "client")

    assert look(cast.anna, booking.id).starts_at == booking.starts_at + timedelta(days=3)
    book(cast.anna, cast.marek, booking.starts_at, now=booking.starts_at - timedelta(days=1))


def test_move_into_a_taken_time_is_refused(booking: Booking, cast: Cast, anna: Client) -> None:
    taken = booking.starts_at + timedelta(days=3)
    book(cast.anna, cast.marek, taken, now=booking.starts_at - timedelta(days=1))

    for minutes in (0, -59, 59):
        there = to(taken + timedelta(minutes=minutes))
        response = _tell(anna, booking, "moved", "client", **there)

        assert response.status_code == 422
        page = read(response)
        assert "New time : You are with somebody else at this time. Choose another one." in page
        assert f'value="{there["to_clock"]}"' in response.content.decode()
    assert list_events(booking.id, cast.anna) == []
    after = to(taken + timedelta(hours=1))
    assert _tell(anna, booking, "moved", "client", **after).status_code == 302


def test_words_of_an_incident_are_sealed_and_shown(
    booking: Booking, cast: Cast, anna: Client
) -> None:
    words = "<script>alert(1)</script> & tears"

    response = anna.get(_tell(anna, booking, "incident", "practitioner", text=words)["Location"])

    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=booking.id)
    assert event.sealed_text is not None
    assert b"tears" not in bytes(event.sealed_text)
    assert words in read(response)
    assert "<script>alert" not in response.content.decode()
    assert "tears" not in anna.get(reverse("export_history", args=[cast.ola.id])).content.decode()


def test_one_tap_says_both_type_and_side(booking: Booking, cast: Cast, anna: Client) -> None:
    page = follow(anna, record(anna, booking, tap="held:practitioner", at_day="", at_clock=""))

    assert "You: held as planned" in page
    assert list_events(booking.id, cast.anna) == ["held"]
    assert check_judged(anna, cast.anna, booking)["outcome"] == "held"


def test_details_of_other_types_are_left_out(booking: Booking, cast: Cast, anna: Client) -> None:
    everything = {
        **to(booking.starts_at + timedelta(days=3)), "minutes": "15", "agreed": "on",
        "amount": "5", "text": "words", "cause": "illness",
    }  # fmt: skip

    for kind in HAPPENINGS:
        assert _tell(anna, booking, kind, "client", **everything).status_code == 302, kind

    check_judged(anna, cast.anna, booking)
