"""Time off that is drawn and dragged in the calendar: wall times, undone, never another's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.bookings.hours import take_off
from miedza.bookings.models import TimeOff
from tests.web.offers import NOTHING
from tests.web.pages import WARSAW, dump_rows, follow, present, read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.practice.models import Practitioner
    from tests.cast import Cast

DRAG = reverse("calendar_off")


def _day(days: int = 5) -> date:
    return present().astimezone(WARSAW).date() + timedelta(days=days)


def _at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=WARSAW).astimezone(UTC)


def _spans(cast: Cast) -> list[tuple[datetime, datetime]]:
    spans = TimeOff.objects.of(cast.anna.practice_id).order_by("starts_at")
    return [(off.starts_at, off.ends_at) for off in spans]


def _take_day_off(practitioner: Practitioner, text: str = "") -> TimeOff:
    starts_at, ends_at = _at(_day(), "00:00"), _at(_day(6), "00:00")
    return take_off(practitioner=practitioner, starts_at=starts_at, ends_at=ends_at, text=text)


def _drag(anna: Client, start: str, end: str, **more: str) -> str:
    response = anna.post(DRAG, {"start": start, "end": end, **more})
    assert response.status_code == 200, response.content
    said: str = response.json()["id"]
    return said


def test_time_off_is_drawn_dragged_and_dragged_back(cast: Cast, anna: Client) -> None:
    spans = [(f"{_day()}T10:00:00", f"{_day()}T12:00:00"), (f"{_day()}T11:00", f"{_day()}T14:30")]
    drawn = _drag(anna, *spans[0])
    TimeOff.objects.of(cast.anna.practice_id).get(id=drawn)
    assert _spans(cast) == [(_at(_day(), "10:00"), _at(_day(), "12:00"))]

    assert _drag(anna, *spans[1], id=drawn) == drawn
    assert _spans(cast) == [(_at(_day(), "11:00"), _at(_day(), "14:30"))]
    _drag(anna, *spans[0], id=drawn)

    assert _spans(cast) == [(_at(_day(), "10:00"), _at(_day(), "12:00"))]


def test_words_of_time_off_stay_when_it_is_dragged(cast: Cast, anna: Client) -> None:
    off = _take_day_off(cast.anna, "By the sea")

    _drag(anna, f"{_day(6)}T00:00", f"{_day(7)}T00:00", id=str(off.id))

    said = read(anna.get(reverse("days")))
    assert "By the sea" in said


def test_time_off_without_a_script_leads_back_to_its_week(cast: Cast, anna: Client) -> None:
    body = {"start": f"{_day()}T10:00", "end": f"{_day()}T12:00", "back": "1"}

    response = anna.post(DRAG, body)

    assert response["Location"] == f"{reverse('calendar')}?from={_day()}"
    assert "Time off" in follow(anna, response)


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("", "", 400), ("x", "y", 400), ("2026-12-01", "", 400), ("\0", "\0", 400),
        ("9999-12-31T23:00", "9999-12-31T23:30", 400), ("0001-01-01", "0001-01-02", 400),
        ("2026-12-02T10:00", "2026-12-01T10:00", 422), ("2026-12-01", "2026-12-01", 422),
        ("2026-13-01T10:00", "2026-13-02T10:00", 400), ("٢", "٣", 400),
    ],
)  # fmt: skip
def test_span_that_is_none_is_refused(
    start: str, end: str, status: int, cast: Cast, anna: Client
) -> None:
    response = anna.post(DRAG, {"start": start, "end": end})

    assert response.status_code == status
    assert response.json()["fault"]
    assert _spans(cast) == []


@pytest.mark.parametrize("wanted", ["x", "\0", str(NOTHING), "theirs"])
def test_time_off_that_is_not_there_is_not_dragged(wanted: str, cast: Cast, anna: Client) -> None:
    theirs = str(_take_day_off(cast.borys).id)
    before = dump_rows()

    body = {"start": f"{_day()}T10:00", "end": f"{_day()}T12:00"}
    response = anna.post(DRAG, {**body, "id": theirs if wanted == "theirs" else wanted})

    assert response.status_code == 404
    assert dump_rows() == before
