"""Feeds: what other programs read at a private address, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miedza.bookings.actions import strike
from miedza.bookings.entries import say_uid
from miedza.bookings.series import book_series
from miedza.calendars.actions import close_feeds, note_reading, open_feed
from miedza.calendars.models import Feed
from miedza.calendars.queries import list_feeds, say_feed_token
from tests.adapters.strict_calendar import Component, read_strictly
from tests.bookings.asking import name_address
from tests.bookings.keeping import choose, serve
from tests.cast import Cast, book, make_person, tell
from tests.hostile import HEADERS, LINES
from tests.web.pages import dump_rows, present

if TYPE_CHECKING:
    from typing import Any

    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.people.models import Person

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = present()
AHEAD = NOW.replace(minute=0) + 3 * DAY


def _open(cast: Cast, person: Person | None = None, shown: str = "names") -> Feed:
    """Open Anna's feed, or that of somebody who comes to her."""
    practitioner = None if person else cast.anna
    return open_feed(
        practice=cast.anna.practice, practitioner=practitioner, person=person, now=NOW, shown=shown
    )


def _ask(client: Client, feed: Feed, **headers: Any) -> Any:
    return client.get(reverse("feed", args=[say_feed_token(feed)]), **headers)


def _read(client: Client, feed: Feed) -> Component:
    """What a feed says, read strictly."""
    answer = _ask(client, feed)
    assert answer.status_code == 200
    calendar = read_strictly(answer.content)
    assert calendar.text("METHOD") == "PUBLISH"
    return calendar


def _list(calendar: Component) -> list[tuple[str, str, int, str]]:
    """Its events: uid, start, sequence and title of each."""
    return [
        (
            event.text("UID"),
            event.text("DTSTART"),
            int(event.text("SEQUENCE")),
            event.text("SUMMARY"),
        )
        for event in calendar.inside
        if event.name == "VEVENT"
    ]


def _told(booking: Booking, starts_at: Any, sequence: int, title: str) -> tuple[str, str, int, str]:
    return say_uid(booking.id), f"{starts_at:%Y%m%dT%H%M%SZ}", sequence, title


def test_feed_tells_the_meetings_of_its_owner(cast: Cast, client: Client) -> None:
    first = book(cast.anna, cast.ola, AHEAD, now=NOW)
    second = book(cast.anna, cast.marek, AHEAD + HOUR, now=NOW)
    book(cast.borys, cast.nastia, AHEAD, now=NOW)

    calendar = _read(client, _open(cast))

    assert _list(calendar) == [
        _told(first, AHEAD, 0, "Ola Żółć"), _told(second, AHEAD + HOUR, 0, "Marek Łącki")
    ]  # fmt: skip
    assert calendar.text("NAME") == "Anna Zielińska"
    assert calendar.text("X-WR-TIMEZONE") == "Europe/Warsaw"


def test_feed_of_a_client_tells_their_own_meetings_alone(cast: Cast, client: Client) -> None:
    booking = book(cast.anna, cast.ola, AHEAD, now=NOW)
    book(cast.anna, cast.marek, AHEAD + HOUR, now=NOW)

    calendar = _read(client, _open(cast, cast.ola))

    assert _list(calendar) == [_told(booking, AHEAD, 0, "Anna Zielińska")]
    (event,) = calendar.inside
    assert event.text("URL").endswith(reverse("my_meeting", args=[cast.ola.id, booking.id]))
    assert "Marek" not in str(calendar)


@pytest.mark.parametrize(
    ("shown", "title", "unsaid"),
    [
        ("names", "Lekcja: Ola Żółć", []),
        ("initials", "Lekcja: O. Ż.", ["Ola", "Żółć"]),
        ("busy", "Zajęte", ["Ola", "O.", "Lekcja", "Długa", "DESCRIPTION", "LOCATION", "URL"]),
    ],
)
def test_feed_tells_of_people_what_was_chosen(
    cast: Cast, client: Client, shown: str, title: str, unsaid: list[str]
) -> None:
    service = serve(cast.anna, name="Lekcja", where="ul. Długa 7", place="room")
    book_series(
        practitioner=cast.anna, person=cast.ola, choice=choose(service), starts=[AHEAD], now=NOW
    )

    calendar = _read(client, _open(cast, shown=shown))

    assert [event.text("SUMMARY") for event in calendar.inside] == [title]
    (event,) = calendar.inside
    assert event.text("LOCATION").endswith("ul. Długa 7") == (shown != "busy")
    assert not [word for word in unsaid if word in str(calendar.inside)]


def test_meeting_keeps_its_uid_whatever_happens_to_it(cast: Cast, client: Client) -> None:
    booking = book(cast.anna, cast.ola, AHEAD, now=NOW)
    feeds = [_open(cast), _open(cast, cast.ola)]
    titles = ["Ola Żółć", "Anna Zielińska"]

    tell(cast.anna, booking, "moved", "practitioner", NOW, to_at=AHEAD + DAY)
    for feed, title in zip(feeds, titles, strict=True):
        assert _list(_read(client, feed)) == [_told(booking, AHEAD + DAY, 2, title)]

    cancelled = tell(cast.anna, booking, "cancelled", "practitioner", NOW)
    for feed in feeds:
        assert _list(_read(client, feed)) == []

    tell(cast.anna, booking, "voided", "practitioner", NOW, voids_id=cancelled.id)
    for feed, title in zip(feeds, titles, strict=True):
        assert _list(_read(client, feed)) == [_told(booking, AHEAD + DAY, 6, title)]


def test_struck_meeting_is_in_no_feed(cast: Cast, client: Client) -> None:
    booking = book(cast.anna, cast.ola, AHEAD, now=NOW)

    strike(practice=cast.anna.practice, booking_id=booking.id, now=NOW)

    assert _list(_read(client, _open(cast))) == []


def test_feed_goes_back_sixty_days(cast: Cast, client: Client) -> None:
    old = book(cast.anna, cast.ola, NOW - 61 * DAY, now=NOW - 62 * DAY)
    past = book(cast.anna, cast.ola, NOW - 59 * DAY, now=NOW - 62 * DAY)

    told = [uid for uid, *_rest in _list(_read(client, _open(cast)))]

    assert told == [say_uid(past.id)]
    assert say_uid(old.id) not in told


def test_address_that_has_ended_answers_nothing(cast: Cast, client: Client) -> None:
    first = _open(cast)
    second = _open(cast)
    other = _open(cast, cast.ola)
    assert [_ask(client, feed).status_code for feed in (first, second, other)] == [404, 200, 200]

    close_feeds(practice=cast.anna.practice, now=NOW, practitioner_id=cast.anna.id)

    assert [_ask(client, feed).status_code for feed in (first, second, other)] == [404, 404, 200]
    assert list_feeds(practice_id=cast.anna.practice_id, practitioner_id=cast.anna.id) == []


@pytest.mark.parametrize("token", ["x", "0", "ż" * 30, "x" * 500, "a%00b", "..", "%2e%2e", "a.ics"])
def test_address_that_is_none_answers_nothing(cast: Cast, client: Client, token: str) -> None:
    _open(cast)

    assert client.get(f"/feeds/{token}.ics").status_code == 404


def test_address_changed_in_one_letter_answers_nothing(cast: Cast, client: Client) -> None:
    token = say_feed_token(_open(cast))

    for place in range(len(token)):
        letter = "A" if token[place] != "A" else "B"
        changed = f"{token[:place]}{letter}{token[place + 1 :]}"
        assert client.get(reverse("feed", args=[changed])).status_code == 404


def test_feed_without_meetings_is_a_calendar(cast: Cast, client: Client) -> None:
    assert _list(_read(client, _open(cast))) == []


def test_feed_that_was_not_changed_is_not_sent_again(cast: Cast, client: Client) -> None:
    feed = _open(cast)
    booking = book(cast.anna, cast.ola, AHEAD, now=NOW)
    first = _ask(client, feed)
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}

    again = _ask(client, feed, **known)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    tell(cast.anna, booking, "moved", "practitioner", NOW, to_at=AHEAD + DAY)
    assert _ask(client, feed, **known).status_code == 200


def test_feed_says_what_it_is_and_is_kept_by_nobody(cast: Cast, client: Client) -> None:
    answer = _ask(client, _open(cast))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer.cookies == {}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_feed_is_only_read(cast: Cast, client: Client, method: str) -> None:
    address = reverse("feed", args=[say_feed_token(_open(cast))])

    assert getattr(client, method)(address).status_code == 405
    assert client.head(address).status_code == 200


def test_reading_leaves_the_hour_and_nothing_else(cast: Cast, client: Client) -> None:
    book(cast.anna, cast.ola, AHEAD, now=NOW)
    feed = _open(cast)
    before = dump_rows()

    for _ in range(3):
        _ask(client, feed)

    (row,) = (after := dump_rows())["calendars.Feed"]
    assert (row["read_at"].minute, row["read_at"].second, row["read_at"].microsecond) == (0, 0, 0)
    row["read_at"] = None
    assert after == before


def test_reading_is_noted_once_an_hour(cast: Cast) -> None:
    feed = _open(cast)
    note_reading(feed=feed, now=AHEAD)
    feed.refresh_from_db()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        note_reading(feed=feed, now=AHEAD + HOUR - timedelta(seconds=1))

    assert len(asked) == 0


def test_feed_of_many_costs_no_more_questions_than_that_of_one(cast: Cast, client: Client) -> None:
    feed = _open(cast)
    counted = []
    for number in range(3):
        book(cast.anna, make_person(cast.anna, "Iga"), AHEAD + number * HOUR, now=NOW)
        _ask(client, feed)
        with CaptureQueriesContext(connection) as asked:
            _ask(client, feed)
        counted.append(len(asked))

    assert counted[0] == counted[1] == counted[2] <= 5


def test_feed_is_in_the_language_of_its_reader(cast: Cast, client: Client) -> None:
    name_address(cast.ola, "ola@clients.example", "ru")
    book(cast.anna, cast.ola, AHEAD, now=NOW)

    titles = {
        shown: _list(_read(client, _open(cast, shown=shown)))[0][3] for shown in ("busy", "names")
    }
    (event,) = _read(client, _open(cast, cast.ola)).inside

    assert titles == {"busy": "Zajęte", "names": "Ola Żółć"}
    assert "Встреча" in event.text("DESCRIPTION")


def test_names_add_no_line_to_a_feed(cast: Cast, client: Client) -> None:
    names = [*LINES, *HEADERS]
    for number, name in enumerate(names):
        book(cast.anna, make_person(cast.anna, name[:120]), AHEAD + number * HOUR, now=NOW)
    kinds = set()

    for shown in ("names", "initials", "busy"):
        calendar = _read(client, _open(cast, shown=shown))
        assert len(_list(calendar)) == len(names)
        kinds |= {name for event in calendar.inside for name in event.names()}

    assert kinds == {
        "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS",
        "SUMMARY", "TRANSP", "UID", "URL",
    }  # fmt: skip
