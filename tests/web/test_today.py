"""Today: whom one meets, the next meeting, what waits for a word, closing the day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from miedza.bookings.grouping import open_group
from miedza.bookings.judging import judge_due
from miedza.bookings.lateness import say_late
from miedza.ledger.models import Event
from miedza.people.models import Person
from miedza.practice.models import Practice
from tests.bookings.keeping import seat, serve
from tests.cast import book, look, tell
from tests.web.judging import check_judged
from tests.web.offers import fill_busy
from tests.web.pages import dump_rows, follow, list_events, present, read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast

BEFORE = timedelta(days=10)


@pytest.fixture(autouse=True)
def _noon(cast: Cast, db: None) -> None:
    """Let it be about noon where Anna works, so that a day lies around the present."""
    hours = 12 - datetime.now(UTC).hour
    hours += 24 if hours < -11 else 0
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    assert datetime.now(ZoneInfo(zone)).hour == 12
    Practice.objects.filter(id=cast.anna.practice_id).update(time_zone=zone)


def _book(cast: Cast, hours: float, person: Person | None = None) -> Booking:
    start = present() + timedelta(hours=hours)
    return book(cast.anna, person or cast.ola, start, now=start - BEFORE)


def _close(client: Client, *bookings: Booking) -> Any:
    return client.post(reverse("close_day"), {"booking": [str(b.id) for b in bookings]})


def test_empty_installation_is_invited(cast: Cast, anna: Client) -> None:
    Person.objects.of(cast.anna.practice_id).delete()

    page = read(anna.get(reverse("today")))

    assert "Here you will see whom you meet today, and close the day in one tap." in page
    assert "Add the first person" in page


def test_day_without_meetings_says_so(anna: Client) -> None:
    assert "Nothing is booked today." in read(anna.get(reverse("today")))


def test_day_shows_its_meetings_in_order(cast: Cast, anna: Client) -> None:
    _book(cast, 3, cast.marek)
    _book(cast, -3)
    _book(cast, 30)

    page = read(anna.get(reverse("today")))

    day, _next, after = page.partition("Next")
    assert 0 < day.index("Ola Żółć to confirm") < day.index("Marek Łącki booked")
    assert after.count("Marek Łącki") == 1
    assert page.count("Ola Żółć") == 2, "once hidden, for those who listen"


def test_meeting_that_goes_on_is_now(cast: Cast, anna: Client) -> None:
    _book(cast, -0.5)

    page = read(anna.get(reverse("today")))

    assert "Ola Żółć now" in page
    assert "Close the day" not in page


def test_meetings_of_another_practice_are_not_shown(cast: Cast, anna: Client) -> None:
    start = present() - timedelta(hours=2)
    book(cast.borys, cast.nastia, start, now=start - BEFORE)

    assert "Настя" not in read(anna.get(reverse("today")))


def test_day_is_closed_in_one_tap(cast: Cast, anna: Client) -> None:
    first, second = _book(cast, -5), _book(cast, -3, cast.marek)
    untouched = _book(cast, 2)

    page = follow(anna, _close(anna, first, second))

    assert "2 meetings confirmed as held." in page
    for booking in (first, second):
        assert list_events(booking.id, cast.anna) == ["held"]
        assert check_judged(anna, cast.anna, booking)["outcome"] == "held"
    assert list_events(untouched.id, cast.anna) == []


def test_one_meeting_is_told_as_one(cast: Cast, anna: Client) -> None:
    assert "1 meeting confirmed as held." in follow(anna, _close(anna, _book(cast, -3)))


def test_what_is_not_ticked_is_left(cast: Cast, anna: Client) -> None:
    first, second = _book(cast, -5), _book(cast, -3)

    _close(anna, first)

    assert list_events(second.id, cast.anna) == []


def test_closed_day_is_undone_at_once(cast: Cast, anna: Client) -> None:
    bookings = [_book(cast, -5), _book(cast, -3, cast.marek)]
    page = anna.get(_close(anna, *bookings)["Location"]).content.decode()
    events = Event.objects.of(cast.anna.practice_id).order_by("at", "id")
    pairs = [f"{event.meeting_id}:{event.id}" for event in events]
    assert all(f'value="{pair}"' in page for pair in pairs)
    assert f'action="{reverse("void", args=[bookings[0].id])}"' in page

    assert 'name="to" value="today"' in page
    response = anna.post(reverse("void", args=[bookings[0].id]), {"event": pairs, "to": "today"})

    assert response["Location"] == "/"  # Where one came from: the day, and no single meeting.
    assert "Taken back." in follow(anna, response)
    for booking in bookings:
        assert list_events(booking.id, cast.anna) == ["held", "voided"]
        assert look(cast.anna, booking.id).outcome in ("open", "unclear")


def test_day_is_closed_once(cast: Cast, anna: Client) -> None:
    booking = _book(cast, -3)
    _close(anna, booking)
    before = dump_rows()

    page = follow(anna, _close(anna, booking))

    assert "Nothing was waiting to be confirmed." in page
    assert dump_rows() == before


def test_what_is_not_over_or_was_told_otherwise_is_left(cast: Cast, anna: Client) -> None:
    ahead, now, cancelled = _book(cast, 3), _book(cast, -0.5), _book(cast, -5)
    tell(cast.anna, cancelled, "cancelled", "client", cancelled.starts_at - timedelta(hours=5))
    before = dump_rows()

    page = follow(anna, _close(anna, ahead, now, cancelled))

    assert "Nothing was waiting to be confirmed." in page
    assert dump_rows() == before


@pytest.mark.parametrize("text", ["", "x", "\0", "'; --", "9" * 10_000, "[]", "٣" * 32])
def test_nonsense_closes_nothing(text: str, cast: Cast, anna: Client) -> None:
    _book(cast, -3)
    before = dump_rows()

    page = follow(anna, anna.post(reverse("close_day"), {"booking": text}))

    assert "Nothing was waiting to be confirmed." in page
    assert dump_rows() == before


def test_nonsense_beside_a_meeting_closes_the_meeting(cast: Cast, anna: Client) -> None:
    booking = _book(cast, -3)

    anna.post(reverse("close_day"), {"booking": ["x", str(booking.id), str(booking.id)]})

    assert list_events(booking.id, cast.anna) == ["held"]


def test_meeting_of_which_nobody_spoke_waits(cast: Cast, anna: Client) -> None:
    booking = _book(cast, -60)
    judge_due(now=present())
    assert look(cast.anna, booking.id).outcome == "unclear"

    page = read(anna.get(reverse("today")))

    assert "Nobody said what happened Ola Żółć" in page
    follow(anna, anna.post(reverse("record", args=[booking.id]), {"tap": "held:practitioner"}))
    assert "Nobody said what happened" not in read(anna.get(reverse("today")))


def test_meeting_at_a_time_that_is_busy_elsewhere_is_named(cast: Cast, anna: Client) -> None:
    clashing, free = _book(cast, 30), _book(cast, 50, cast.marek)
    note = "1 meeting falls at a time that is busy in another of your calendars:"
    assert note not in read(anna.get(reverse("today")))

    start, hour = clashing.starts_at, timedelta(hours=1)
    fill_busy(cast.anna, (start + hour / 2, start + 3 * hour), (start - 3 * hour, start))
    fill_busy(cast.anna, (free.ends_at, free.ends_at + hour))
    fill_busy(cast.borys, (free.starts_at, free.ends_at))

    page = anna.get(reverse("today"))
    assert note in read(page)
    said = page.content.decode().partition("1 meeting falls")[2].partition("</section>")[0]
    assert [str(each.id) in said for each in (clashing, free)] == [True, False]


def test_next_date_of_a_group_is_named_with_its_seats(cast: Cast, anna: Client) -> None:
    circle = serve(cast.anna, name="Circle", seats=6)
    frame = open_group(
        practitioner=cast.anna, service=circle, starts_at=present() + timedelta(days=2),
        now=present(),
    )  # fmt: skip
    for person in (cast.ola, cast.marek):
        seat(cast.anna, frame, person, now=present())

    page = anna.get("/")

    assert re.search(r"Next Circle .* 2 of 6 seats taken", read(page))
    assert reverse("group", args=[frame.id]) in page.content.decode()


def test_who_will_be_late_is_told_of_today_and_beside_the_next_meeting(
    cast: Cast, anna: Client
) -> None:
    ahead = _book(cast, 0.5)
    say_late(
        practice=cast.anna.practice, booking_id=ahead.id, by="client", minutes=10, now=present()
    )

    assert read(anna.get("/")).count("expects to be 10 minutes late") == 2
