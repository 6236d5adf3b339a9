"""Boundaries: figures for both sides that open to their events, and what an hour really brings."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from miedza.ledger.actions import waive
from miedza.ledger.deciding import decide
from miedza.ledger.models import Ruling
from miedza.practice.actions import change_practice
from miedza.practice.formats import format_money, to_local
from tests.cast import book, tell
from tests.web.clients import drop_payment, sign_agreement
from tests.web.pages import present, read, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.people.models import Person
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _without_payment(cast: Cast, db: None) -> None:
    drop_payment(cast.anna)


def _money(amount_minor: int) -> str:
    with override("en"):
        return format_money(amount_minor, "PLN")


def _book(cast: Cast, days: int, person: Person | None = None) -> Booking:
    start = yesterday_at(9, days=days)
    return book(cast.anna, person or cast.ola, start, now=start - timedelta(days=9))


def _tutors_day(cast: Cast, days: int) -> Booking:
    """She waits two hours, and they work three: an hour brings a fifth of its price."""
    booking = _book(cast, days)
    tell(cast.anna, booking, "arrived", "practitioner", booking.starts_at)
    late = booking.starts_at + timedelta(minutes=120)
    tell(cast.anna, booking, "arrived", "client", late)
    tell(cast.anna, booking, "ended", "client", booking.starts_at + timedelta(minutes=300))
    return booking


def _miss(cast: Cast, days: int) -> Ruling:
    booking = _book(cast, days)
    tell(cast.anna, booking, "left", "practitioner", booking.starts_at + timedelta(minutes=15))
    return Ruling.objects.of(cast.anna.practice_id).get(meeting_id=booking.id, reason="missed")


def _row(page: str, title: str) -> str:
    """A line of the first table, after its title."""
    table = page.split("Both sides", 1)[1]
    found = re.search(rf"{re.escape(title)} (.*?)(?= [A-Z][a-z]+ )", table)
    assert found is not None, title
    return found[1]


def test_empty_page_says_what_it_will_show(anna: Client) -> None:
    page = read(anna.get("/boundaries/"))

    assert "Here you will see what waiting, running over and forgiving cost" in page
    assert "a fifth of its price" in page


def test_tutors_day_brings_a_fifth_of_its_price(cast: Cast, anna: Client) -> None:
    _tutors_day(cast, 3)

    page = read(anna.get("/boundaries/"))

    assert f"What an hour really brings {_money(40_00)}" in page
    assert f"{_money(200_00)} for 5 h:" in page
    assert _row(page, "Waited for the other").startswith("2 h ,")
    assert f"4 h, worth {_money(800_00)}" in page


def test_fee_counts_once_it_is_decided(cast: Cast, anna: Client) -> None:
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    _miss(cast, 4)
    fee = _miss(cast, 3)
    assert f"What an hour really brings {_money(0)}" in read(anna.get("/boundaries/"))

    decide(practice=cast.anna.practice, ruling_id=fee.id, choice="apply", now=present())

    page = read(anna.get("/boundaries/"))
    assert f"What an hour really brings {_money(100_00)}" in page
    assert f"{_money(200_00)} for 2 h:" in page


def test_each_figure_opens_to_its_events(cast: Cast, anna: Client) -> None:
    _tutors_day(cast, 3)
    _miss(cast, 2)
    page = anna.get("/boundaries/").content.decode()
    links = re.findall(r'href="(/boundaries/\w+/\w+/\?days=\w+)"', page)
    assert len(links) == 15

    behind = {link: read(anna.get(link)) for link in links}

    waited = behind["/boundaries/waited/practitioner/?days=30"]
    assert "120 minutes late" in waited
    assert "2 h" in waited
    assert "15 min" in waited
    assert "240 minutes over time" in behind["/boundaries/given/practitioner/?days=30"]
    assert "Nothing in this span of time." in behind["/boundaries/crossed/client/?days=30"]
    forgiven = behind["/boundaries/forgiven/client/?days=30"]
    assert _money(200_00) in forgiven


def test_hour_opens_to_the_time_and_the_money_of_each_meeting(cast: Cast, anna: Client) -> None:
    _tutors_day(cast, 3)
    missed = _miss(cast, 2)
    other = _book(cast, 4, cast.marek)
    tell(cast.anna, other, "held", "practitioner", other.ends_at)
    page = anna.get("/boundaries/").content.decode()
    (of_all,) = re.findall(r'class="figure-big"><a href="([^"]+)"', page)
    of_ola = f"/boundaries/hour/{cast.ola.id}/?days=30"
    assert of_ola in page

    said = read(anna.get(of_all))
    olas = read(anna.get(of_ola))

    assert f"{_money(200_00)} for 5 h" in olas
    assert f"{_money(0)} for 1 h" in olas
    assert "Marek" not in olas
    assert said.count(" for ") == 3
    assert f"{_money(200_00)} for 1 h" in said
    nobodys = anna.get(f"/boundaries/hour/{missed.id}/")
    assert nobodys.status_code == 404


def test_meeting_that_was_moved_stands_at_its_new_hour(cast: Cast, anna: Client) -> None:
    booking = _book(cast, 4)
    to_at = yesterday_at(15, days=2)
    tell(cast.anna, booking, "moved", "client", booking.starts_at - timedelta(days=8), to_at=to_at)
    tell(cast.anna, booking, "held", "practitioner", to_at + timedelta(hours=1))

    for address in ("/boundaries/hour/", "/boundaries/kept/practitioner/"):
        page = read(anna.get(address))
        assert f"{to_local(to_at, 'Europe/Warsaw'):%H:%M}" in page
        assert f"{to_local(booking.starts_at, 'Europe/Warsaw'):%H:%M}" not in page


def test_gifts_are_counted_on_the_side_that_gave(cast: Cast, anna: Client) -> None:
    _miss(cast, 4)
    fee = _miss(cast, 3)
    waive(
        practice=cast.anna.practice, meeting_id=fee.meeting_id, ruling_id=fee.id,
        by="practitioner", reason="A hard week.", now=present(),
    )  # fmt: skip

    page = read(anna.get("/boundaries/"))

    assert _row(page, "Given away by choice").startswith(f"{_money(200_00)} ,")
    mine = read(anna.get("/boundaries/gifts/practitioner/"))
    assert (mine.count(_money(200_00)), mine.count("Ola Żółć,")) == (2, 1)
    assert "Nothing in this span of time." in read(anna.get("/boundaries/gifts/client/"))


def test_meeting_moved_out_of_the_span_is_not_counted_in_it(cast: Cast, anna: Client) -> None:
    booking = _book(cast, 3)
    to_at = present() + timedelta(days=5)
    tell(cast.anna, booking, "moved", "client", booking.starts_at - timedelta(days=8), to_at=to_at)

    assert "Here you will see" in read(anna.get("/boundaries/"))


@pytest.mark.parametrize(
    "address",
    ["/boundaries/x/client/", "/boundaries/kept/nobody/", "/boundaries/hour/client/"],
)
def test_figure_that_is_none_is_not_found(address: str, anna: Client) -> None:
    assert anna.get(address).status_code == 404


def test_span_of_time_counts_its_own_meetings(cast: Cast, anna: Client) -> None:
    _tutors_day(cast, 60)
    recent = _book(cast, 3)
    tell(cast.anna, recent, "held", "practitioner", recent.ends_at)

    pages = {days: read(anna.get("/boundaries/", {"days": days})) for days in ("30", "90", "x")}

    assert f"What an hour really brings {_money(200_00)}" in pages["30"]
    assert f"{_money(400_00)} for 6 h:" in pages["90"]
    assert pages["x"] == pages["30"]


def test_meetings_ahead_are_no_figures(cast: Cast, anna: Client) -> None:
    book(cast.anna, cast.ola, present() + timedelta(days=2), now=present())

    assert "Here you will see" in read(anna.get("/boundaries/"))


def test_wished_hour_stands_beside_the_real_one(cast: Cast, anna: Client) -> None:
    _tutors_day(cast, 3)
    practice = cast.anna.practice
    change_practice(
        practice=practice, name=practice.name, profession=practice.profession,
        language=practice.language, time_zone=practice.time_zone, wished_hour_minor=150_00,
    )  # fmt: skip

    page = anna.get("/boundaries/")

    said = read(page)
    assert f"You wish for {_money(150_00)}." in said
    assert f"would have brought {_money(550_00)} more" in said
    assert 'class="bar-below" width="26"' in page.content.decode()


def test_income_from_one_person_is_told(cast: Cast, anna: Client) -> None:
    for days, person in ((5, cast.ola), (4, cast.ola), (3, cast.ola), (2, cast.marek)):
        booking = _book(cast, days, person)
        tell(cast.anna, booking, "held", "practitioner", booking.ends_at)

    said = read(anna.get("/boundaries/"))

    assert "75% of what comes in comes from one person: Ola Żółć." in said
