"""Taking back, striking, giving away: each once, and each answered by an entry of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.ledger.models import Event, Waiver
from tests.cast import book
from tests.web.hostile import UNSEEN
from tests.web.judging import check_judged
from tests.web.pages import at, dump_rows, follow, list_events, present, read, record, to, typed

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast
    from tests.web.pages import Stage

WHY = "Say in a few words why you give this away. Nothing was changed."


def _void(client: Client, booking: Booking, *events: Any, **more: str) -> Any:
    pairs = [f"{booking.id}:{event.id}" for event in events]
    return client.post(reverse("void", args=[booking.id]), {"event": pairs, **more})


def _waive(client: Client, stage: Stage, **body: str) -> Any:
    address = reverse("waive", args=[stage.mine.missed.id])
    return client.post(address, {"ruling": str(stage.mine.owed.id), "reason": "a gift", **body})


def test_event_taken_back_stays_visible(stage: Stage, anna: Client) -> None:
    side = stage.mine

    page = follow(anna, _void(anna, side.missed, side.event))

    assert "Taken back. The ledger keeps both the entry and the correction." in page
    assert "taken back" in page
    assert list_events(side.missed.id, side.practitioner) == ["arrived", "left", "voided"]


def test_event_is_taken_back_once(stage: Stage, anna: Client) -> None:
    side = stage.mine
    _void(anna, side.missed, side.event)
    before = dump_rows()

    page = follow(anna, _void(anna, side.missed, side.event))

    assert "This was taken back before, perhaps in another window." in page
    assert dump_rows() == before


def test_one_event_named_twice_is_taken_back_once(stage: Stage, anna: Client) -> None:
    side = stage.mine

    page = follow(anna, _void(anna, side.missed, side.event, side.event))

    assert "Taken back." in page
    assert "This was taken back before" in page
    assert list_events(side.missed.id, side.practitioner).count("voided") == 1


def test_correction_is_not_corrected(stage: Stage, anna: Client) -> None:
    side = stage.mine
    _void(anna, side.missed, side.event)
    events = Event.objects.of(side.practitioner.practice_id)
    before = dump_rows()

    page = follow(anna, _void(anna, side.missed, events.get(type="voided")))

    assert "This was taken back before" in page
    assert dump_rows() == before


@pytest.mark.parametrize("event", ["", ":", "x", "x:y", "\0", "\0:\0", "a" * 10_000, "1", "'--"])
def test_nonsense_is_not_found(event: str, stage: Stage, anna: Client) -> None:
    before = dump_rows()

    response = anna.post(reverse("void", args=[stage.mine.missed.id]), {"event": event})

    assert response.status_code == 404
    assert dump_rows() == before


def test_too_many_fields_are_refused(stage: Stage, anna: Client) -> None:
    events = [f"{stage.mine.missed.id}:{stage.mine.event.id}"] * 1_001

    response = anna.post(reverse("void", args=[stage.mine.missed.id]), {"event": events})

    assert response.status_code == 400


def test_taking_back_leads_where_one_came_from(stage: Stage, anna: Client) -> None:
    response = _void(anna, stage.mine.missed, stage.mine.event, to="//evil.example")

    assert response["Location"] == reverse("meeting", args=[stage.mine.missed.id])


def test_cancellation_is_not_taken_back_into_a_taken_time(cast: Cast, anna: Client) -> None:
    start = present() + timedelta(days=5)
    mine = book(cast.anna, cast.ola, start, now=present())
    record(anna, mine, type="cancelled", by="client")
    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=mine.id)
    book(cast.anna, cast.marek, start, now=present())
    before = dump_rows()

    page = follow(anna, _void(anna, mine, event))

    assert "This cannot be taken back: the time has since been given to somebody else." in page
    assert dump_rows() == before


def test_meeting_is_struck_only_while_nothing_has_happened(stage: Stage, anna: Client) -> None:
    before = dump_rows()
    address = reverse("strike", args=[stage.mine.missed.id])
    assert address not in anna.get(reverse("meeting", args=[stage.mine.missed.id])).content.decode()

    page = follow(anna, anna.post(address))

    assert "Something is recorded for this meeting. Take that back first." in page
    assert dump_rows() == before


def test_meeting_is_struck_once_everything_is_taken_back(cast: Cast, anna: Client) -> None:
    mine = book(cast.anna, cast.ola, present() + timedelta(days=5), now=present())
    record(anna, mine, type="cancelled", by="client")
    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=mine.id)
    _void(anna, mine, event)

    page = follow(anna, anna.post(reverse("strike", args=[mine.id])))

    assert "The booking is gone, as if it had never been made." in page
    body = {"tap": "held:client"}
    assert anna.post(reverse("record", args=[mine.id]), body).status_code == 404
    assert _void(anna, mine, event).status_code == 404
    for name in ("person", "export_history"):
        page = read(anna.get(reverse(name, args=[cast.ola.id])))
        assert str(mine.id) not in page


def test_gift_stands_beside_the_ruling(stage: Stage, anna: Client) -> None:
    page = follow(anna, _waive(anna, stage, reason="her <b>exam</b>"))

    assert "Given away. It stays in the record as your gift." in page
    assert "Given away: her <b>exam</b>" in page
    assert "Give away the" not in page
    waiver = Waiver.objects.of(stage.mine.practitioner.practice_id).get()
    assert (waiver.ruling_id, waiver.by) == (stage.mine.owed.id, "practitioner")
    person = read(anna.get(reverse("person", args=[stage.mine.person.id])))
    assert "Due to you:" not in person


def test_gift_is_given_once(stage: Stage, anna: Client) -> None:
    _waive(anna, stage)
    before = dump_rows()

    page = follow(anna, _waive(anna, stage))

    assert "This is not owed to you any more, so there is nothing to give." in page
    assert dump_rows() == before


def test_gift_of_what_no_longer_holds_is_refused(stage: Stage, anna: Client) -> None:
    _void(anna, stage.mine.missed, stage.mine.event)
    before = dump_rows()

    page = follow(anna, _waive(anna, stage))

    assert "This is not owed to you any more" in page
    assert dump_rows() == before


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", WHY), ("   ", WHY), ("x" * 201, "at most 200 characters"), ("\0", UNSEEN),
        ("exam\0", UNSEEN), ("a\x1bb", UNSEEN), ("ż" * 10_240, "at most 200 characters"),
    ],
)  # fmt: skip
def test_gift_without_a_good_reason_is_refused(
    reason: str, said: str, stage: Stage, anna: Client
) -> None:
    before = dump_rows()

    response = _waive(anna, stage, reason=reason)

    assert response.status_code == 422
    assert f"Why : {said}" in read(response) or said in read(response)
    assert set(typed(response, "reason")) == {reason}
    assert dump_rows() == before


@pytest.mark.parametrize("ruling", ["", "x", "\0", "1", "a" * 10_000])
def test_gift_of_nothing_is_refused(ruling: str, stage: Stage, anna: Client) -> None:
    before = dump_rows()

    assert _waive(anna, stage, ruling=ruling).status_code == 422
    assert dump_rows() == before


def test_what_is_taken_back_is_judged_anew(cast: Cast, anna: Client) -> None:
    start = present() - timedelta(hours=30)
    mine = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
    record(anna, mine, type="moved", by="client", **at(start - timedelta(hours=2)),
           **to(start + timedelta(hours=2)))  # fmt: skip
    event = Event.objects.of(cast.anna.practice_id).get(meeting_id=mine.id)
    moved = check_judged(anna, cast.anna, mine)

    _void(anna, mine, event)

    assert check_judged(anna, cast.anna, mine) == {**moved, "client": 0}
