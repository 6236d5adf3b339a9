"""Hours on offer: typed as people type them, kept as the slots read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings.models import OpenHours
from miedza.web.practitioner.hours import read_windows
from tests.web.pages import follow, read, typed

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

PAGE = "/settings/hours/"
LIMITS = {
    "step_minutes": "30", "buffer_minutes": "10", "notice_hours": "24", "horizon_days": "60",
    "max_per_day": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("", []),
        ("9-13", [["09:00", "13:00"]]),
        ("9:00–13:00, 14:30 - 18", [["09:00", "13:00"], ["14:30", "18:00"]]),
        ("09.15—10.45;", [["09:15", "10:45"]]),
        ("22-24", [["22:00", "24:00"]]),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, windows: list[list[str]]) -> None:
    assert read_windows(text) == windows


@pytest.mark.parametrize("text", ["9", "nine-ten", "9-", "9-10-11", "9:5-10", "x 9-10"])
def test_what_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_windows(text)


def test_hours_are_kept_and_shown_again(cast: Cast, anna: Client) -> None:
    assert "No hours are on offer" in read(anna.get(PAGE))

    response = anna.post(PAGE, {**LIMITS, "mon": "9-13, 15-20", "max_per_day": "4"})

    assert "Saved." in follow(anna, response)
    hours = OpenHours.objects.of(cast.anna.practice_id).get()
    assert hours.weekly == {"mon": [["09:00", "13:00"], ["15:00", "20:00"]]}
    told = (hours.step_minutes, hours.buffer_minutes, hours.notice_minutes, hours.horizon_days)
    assert (*told, hours.max_per_day) == (30, 10, 24 * 60, 60, 4)
    assert typed(anna.get(PAGE), "mon") == ["09:00–13:00, 15:00–20:00"]
    anna.post(PAGE, LIMITS)
    assert OpenHours.objects.of(cast.anna.practice_id).get().weekly == {}
    assert "No hours are on offer" in read(anna.get(PAGE))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"mon": "13-9"}, "These hours do not fit"),
        ({"mon": "9-12, 11-13"}, "These hours do not fit"),
        ({"tue": "25-26"}, "These hours do not fit"),
        ({"tue": "morning"}, "Write hours such as 9:00–13:00, 14:00–18:00."),
        ({"step_minutes": "0"}, "greater than or equal to 5"),
        ({"horizon_days": "1000"}, "less than or equal to 365"),
        ({"mon": "9-1\x003"}, "a character here that cannot be seen"),
    ],
)
def test_hours_that_do_not_fit_are_refused_where_they_stand(
    body: dict[str, str], said: str, cast: Cast, anna: Client
) -> None:
    response = anna.post(PAGE, {**LIMITS, "wed": "8-9", **body})

    assert response.status_code == 422
    assert said in read(response)
    assert typed(response, "wed") == ["8-9"]
    assert not OpenHours.objects.of(cast.anna.practice_id).exists()
