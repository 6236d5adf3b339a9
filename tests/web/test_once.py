"""A form sent twice, by a double click or a slow network, is meant once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.models import Booking
from miedza.ledger.models import Event
from miedza.people.models import Note, Person
from tests.web.clients import hidden
from tests.web.pages import dump_rows, read, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.cast import Cast
    from tests.web.pages import Stage

NEW_PERSON = {"name": "Zoe", "language": "en", "usual_minutes": "50", "usual_price_minor": "1"}
NEW_BOOKING = {"day": "2030-01-07", "clock": "12:00", "minutes": "60", "kind": "free"}
FORMS: dict[str, tuple[Callable[[Stage], Any], dict[str, str], type[Any]]] = {
    "add_person": (lambda _stage: [], NEW_PERSON, Person),
    "book": (lambda stage: [stage.mine.person.id], NEW_BOOKING, Booking),
    "notes": (lambda stage: [stage.mine.person.id], {"text": "Shy."}, Note),
    "meeting": (
        lambda stage: [stage.mine.booking.id],
        {"type": "paid", "by": "practitioner", "amount": "50"},
        Event,
    ),
}
"""By page: what its address names, what is typed, what one sending makes."""


def _ids(page: Any) -> list[str]:
    return re.findall(r'name="once" value="([^"]+)"', page.content.decode())


def _send(client: Client, name: str, stage: Stage, once: str, /, **more: str) -> None:
    """Send the form of a page."""
    named, typed, _model = FORMS[name]
    address = reverse("record" if name == "meeting" else name, args=named(stage))
    assert client.post(address, {**typed, **more, "once": once}).status_code == 302


def _count(stage: Stage, name: str) -> int:
    return int(FORMS[name][2].objects.of(stage.mine.practitioner.practice_id).count())


@pytest.mark.parametrize("name", FORMS)
def test_form_sent_twice_counts_once(stage: Stage, anna: Client, name: str) -> None:
    once = _ids(anna.get(reverse(name, args=FORMS[name][0](stage))))[0]
    before = _count(stage, name)

    _send(anna, name, stage, once)
    after = dump_rows(stage.mine.practitioner)
    _send(anna, name, stage, once)

    assert _count(stage, name) == before + 1
    assert dump_rows(stage.mine.practitioner) == after


@pytest.mark.parametrize("name", FORMS)
def test_form_opened_twice_counts_twice(stage: Stage, anna: Client, name: str) -> None:
    address = reverse(name, args=FORMS[name][0](stage))
    ids = [_ids(anna.get(address))[0] for _again in range(2)]
    before = _count(stage, name)

    _send(anna, name, stage, ids[0])
    _send(anna, name, stage, ids[1], **({"clock": "15:00"} if name == "book" else {}))

    assert _count(stage, name) == before + 2


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("add_person", {"name": "Zoja"}),
        ("add_person", {"email": "zoe@miedza.example"}),
        ("notes", {"text": "Not shy."}),
        ("meeting", {"amount": "60"}),
        ("meeting", {"at_day": "2026-01-07", "at_clock": "9:00"}),
    ],
)
def test_form_changed_on_going_back_counts_anew_and_once(
    stage: Stage, anna: Client, name: str, other: dict[str, str]
) -> None:
    once = _ids(anna.get(reverse(name, args=FORMS[name][0](stage))))[0]
    before = _count(stage, name)

    _send(anna, name, stage, once)
    for _click in range(3):
        _send(anna, name, stage, once, **other)

    assert _count(stage, name) == before + 2


def test_booking_changed_on_going_back_is_asked_about_first(stage: Stage, anna: Client) -> None:
    address = reverse("book", args=[stage.mine.person.id])
    once = _ids(anna.get(address))[0]
    _send(anna, "book", stage, once)
    before = _count(stage, "book")
    other = {**NEW_BOOKING, "clock": "15:00"}

    asked = [anna.post(address, {**other, "once": once}) for _click in range(3)]

    assert [answer.status_code for answer in asked] == [409, 409, 409]
    assert "This page was sent before" in read(asked[0])
    assert _count(stage, "book") == before
    assert hidden(asked[0], address).items() >= other.items()
    meant = anna.post(address, {**other, "once": _ids(asked[0])[-1]})
    assert meant.status_code == 302
    assert _count(stage, "book") == before + 1


def test_booking_that_was_refused_is_put_in_order_without_a_question(
    stage: Stage, anna: Client
) -> None:
    address = reverse("book", args=[stage.mine.person.id])
    once = _ids(anna.get(address))[0]
    assert anna.post(address, {**NEW_BOOKING, "clock": "", "once": once}).status_code == 422

    _send(anna, "book", stage, once)

    assert (
        Booking.objects.of(stage.mine.practitioner.practice_id)
        .filter(starts_at__year=2030)
        .exists()
    )


def test_what_was_taken_back_can_be_said_again_once(stage: Stage, anna: Client) -> None:
    booking = stage.mine.booking
    once = _ids(anna.get(reverse("meeting", args=[booking.id])))[0]
    _send(anna, "meeting", stage, once)
    paid = Event.objects.of(booking.practice_id).get(meeting_id=booking.id, type="paid")
    anna.post(reverse("void", args=[booking.id]), {"event": f"{booking.id}:{paid.id}"})

    for _click in range(3):
        _send(anna, "meeting", stage, once)

    events = Event.objects.of(booking.practice_id).filter(meeting_id=booking.id)
    assert sorted(event.type for event in events) == ["paid", "paid", "voided"]


@pytest.mark.parametrize("undone", ["struck", "cancelled"])
def test_booking_that_is_gone_can_be_made_again_once(
    cast: Cast, stage: Stage, anna: Client, undone: str
) -> None:
    once = _ids(anna.get(reverse("book", args=[stage.mine.person.id])))[0]
    _send(anna, "book", stage, once)
    made = Booking.objects.of(cast.anna.practice_id).get(starts_at__year=2030)
    if undone == "struck":
        anna.post(reverse("strike", args=[made.id]))
    else:
        anna.post(reverse("record", args=[made.id]), {"type": "cancelled", "by": "client"})

    for _click in range(3):
        _send(anna, "book", stage, once)

    again = Booking.objects.of(cast.anna.practice_id).get(starts_at__year=2030, occupies=True)
    assert again.id != made.id


def test_booking_that_was_moved_is_not_made_again(cast: Cast, stage: Stage, anna: Client) -> None:
    once = _ids(anna.get(reverse("book", args=[stage.mine.person.id])))[0]
    _send(anna, "book", stage, once)
    made = Booking.objects.of(cast.anna.practice_id).get(starts_at__year=2030)
    moved = {"type": "moved", "by": "client", "to_day": "2030-02-01", "to_clock": "12:00"}
    anna.post(reverse("record", args=[made.id]), moved)

    _send(anna, "book", stage, once)

    assert Booking.objects.of(cast.anna.practice_id).get(starts_at__year=2030).id == made.id


@pytest.mark.parametrize("once", ["", "x", "of another"])
def test_id_that_was_not_handed_out_is_not_used(
    stage: Stage, anna: Client, cast: Cast, once: str
) -> None:
    if once == "of another":
        page = sign_in(cast.borys.user).get(reverse("add_person"))
        once = _ids(page)[0]

    _send(anna, "add_person", stage, once)

    kept = Person.objects.of(cast.anna.practice_id).get(name="Zoe")
    assert str(kept.id) not in once


def test_each_form_on_a_meetings_page_has_an_id_of_its_own(stage: Stage, anna: Client) -> None:
    ids = _ids(anna.get(reverse("meeting", args=[stage.mine.booking.id])))

    assert len(ids) == len(set(ids)) > 5
