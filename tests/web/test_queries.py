"""Pages ask the database the same number of questions however much lies behind them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from miedza.people.actions import write_note
from tests.cast import book, make_person, tell
from tests.web.pages import present
from tests.web.rules_answers import all_rules, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.cast import Cast

MOST = 25


def _add_people(cast: Cast, number: int) -> None:
    make_person(cast.anna, f"Person {number}")


def _add_note(cast: Cast, number: int) -> None:
    write_note(practitioner=cast.anna, person=cast.ola, text=f"{number}", now=present())


def _add_meeting(cast: Cast, number: int) -> None:
    """A meeting of today or of days before, with things that happened."""
    start = present() - timedelta(minutes=20 * (number + 2))
    booking = book(cast.anna, cast.ola, start, minutes=10, now=start - timedelta(days=9))
    tell(cast.anna, booking, "arrived", "client", booking.starts_at + timedelta(minutes=9))
    tell(cast.anna, booking, "incident", "client", booking.ends_at, text="words")


def _add_day(cast: Cast, number: int) -> None:
    """Somebody to meet today, ahead or over, of which nobody said anything."""
    start = present() + timedelta(minutes=15 * (number - 15))
    person = make_person(cast.anna, f"Person {number}")
    book(cast.anna, person, start, minutes=10, now=start - timedelta(days=9))


def _add_event(cast: Cast, number: int) -> None:
    """One more thing that happened with the same meeting."""
    from miedza.bookings.models import Booking

    booking = Booking.objects.of(cast.anna.practice_id).filter(person_id=cast.marek.id).first()
    if booking is None:
        start = present() - timedelta(days=2)
        booking = book(cast.anna, cast.marek, start, now=start - timedelta(days=9))
    when = booking.starts_at + timedelta(minutes=number)
    tell(cast.anna, booking, "paid", "client", when, amount_minor=100 + number)


def _add_version(cast: Cast, number: int) -> None:
    from tests.cast import publish_rules
    from tests.web.rules_answers import of_template

    terms = of_template("clear")
    terms["rules"]["missed"]["percent"] = 50 + number
    publish_rules(cast.anna, terms, now=present() - timedelta(minutes=90 - number))


def _meeting(cast: Cast) -> str:
    from miedza.bookings.models import Booking

    booking = Booking.objects.of(cast.anna.practice_id).get(person_id=cast.marek.id)
    return reverse("meeting", args=[booking.id])


PAGES: dict[str, tuple[Callable[[Cast, int], None], Callable[[Cast], str]]] = {
    "today": (_add_day, lambda _c: reverse("today")),
    "people": (_add_people, lambda _c: reverse("people")),
    "search": (_add_people, lambda _c: reverse("people") + "?q=person"),
    "person": (_add_meeting, lambda c: reverse("person", args=[c.ola.id])),
    "meeting": (_add_event, _meeting),
    "export": (_add_meeting, lambda c: reverse("export_history", args=[c.ola.id])),
    "notes": (_add_note, lambda c: reverse("notes", args=[c.ola.id])),
    "rules": (_add_version, lambda _c: reverse("rules")),
    "version": (_add_version, lambda _c: reverse("rules_version", args=[1])),
}


def _count(client: Client, address: str) -> int:
    """How many questions a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_as_much_for_many_rows(page: str, cast: Cast, anna: Client) -> None:
    grow, address = PAGES[page]
    counts = {}
    rows = 0
    for wanted in (1, 3, 30):
        while rows < wanted:
            grow(cast, rows)
            rows += 1
        counts[wanted] = _count(anna, address(cast))

    assert counts[1] == counts[3] == counts[30], counts
    assert counts[30] <= MOST, counts


def test_meeting_of_a_long_history_asks_as_much(cast: Cast, anna: Client) -> None:
    counts: list[int] = []
    for rows in (1, 3, 12):
        for number in range(len(counts) * 4, len(counts) * 4 + rows):
            _add_meeting(cast, number)
        ahead = book(cast.anna, cast.ola, present() + timedelta(days=2 + rows), now=present())
        counts.append(_count(anna, reverse("meeting", args=[ahead.id])))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST


def test_effect_of_rules_asks_little(cast: Cast, anna: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        anna.post(reverse("rules_effect"), answer(all_rules()))

    assert len(asked) <= 8
