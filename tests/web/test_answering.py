"""A proposal or an offer behind a link: opening it changes nothing; yes, no, or too late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from miedza.bookings import actions
from miedza.bookings.keeping import say_token
from miedza.bookings.models import Booking
from miedza.messaging.models import Letter
from tests.cast import book, look, tell
from tests.web.answering import (
    OVER,
    Asked,
    ask,
    enter_place,
    let_lapse,
    offer_first,
    read_english,
    say,
    start_of,
)
from tests.web.offers import list_times, propose_other
from tests.web.pages import dump_rows, present, read, yesterday_at

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def place(cast: Cast, db: None) -> Client:
    """Ola's browser; she has accepted the rules, and reads English."""
    return enter_place(cast)


@pytest.fixture
def meeting(cast: Cast, place: Client) -> Booking:
    """Ola's meeting in three days."""
    return book(cast.anna, cast.ola, yesterday_at(10, days=-3), now=present())


@pytest.fixture
def proposal(cast: Cast, place: Client, meeting: Booking) -> Asked:
    """Another time for it."""
    return ask(propose_other(cast.anna, meeting, "A dentist <b>waits</b>."), cast, place)


@pytest.fixture
def offer(cast: Cast, place: Client) -> Asked:
    """The first free time, for which Ola has waited."""
    return offer_first(cast, place)


@pytest.fixture
def browser() -> Client:
    """Somebody who opens the link of a letter, and has chosen English."""
    return read_english()


@pytest.mark.parametrize("kind", ["proposal", "offer"])
def test_opening_the_link_changes_nothing(
    kind: str, browser: Client, request: pytest.FixtureRequest
) -> None:
    asked: Asked = request.getfixturevalue(kind)
    before = dump_rows()

    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        browser.generic(method, asked.link)
        browser.generic(method, f"{asked.link}?say=yes")
    page = browser.get(asked.link)

    assert dump_rows() == before
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    for name in ("Ola", "Marek", "clients.example"):
        assert name not in read(page)


def test_proposal_shows_both_times_and_the_words(proposal: Asked, browser: Client) -> None:
    said = read(browser.get(proposal.link))

    assert "Anna Zielińska proposes another time" in said
    assert "A dentist <b>waits</b>." in said
    assert "It is moved only if you say yes." in said
    assert "Warsaw" in said


def test_yes_moves_the_meeting_once(
    cast: Cast, proposal: Asked, meeting: Booking, browser: Client
) -> None:
    to_at = start_of(cast, proposal)

    said = say(browser, proposal, "yes")

    assert "Moved. It is in your e-mail too." in said
    assert "You said yes: it is moved." in said
    assert "Yes, move it" not in said
    assert look(cast.anna, meeting.id).starts_at == to_at
    before = dump_rows()
    assert "You said yes: it is moved." in say(browser, proposal, "yes")
    assert OVER in say(browser, proposal, "no")
    assert dump_rows() == before


def test_no_leaves_the_meeting_and_frees_the_time(
    cast: Cast, proposal: Asked, meeting: Booking, browser: Client
) -> None:
    to_at = start_of(cast, proposal)
    assert to_at not in list_times(cast.anna, None)

    said = say(browser, proposal, "no")

    assert "It stays as it was." in said
    assert "You said no: it stays as it was." in said
    assert look(cast.anna, meeting.id).starts_at == meeting.starts_at
    assert to_at in list_times(cast.anna, None)
    told = Letter.objects.of(cast.anna.practice_id).filter(to="anna@miedza.example")
    assert told.filter(purpose="refused").exists()
    assert OVER in say(browser, proposal, "yes")


def _cancel(cast: Cast, asked: Asked, meeting: Booking) -> None:
    tell(cast.anna, meeting, "cancelled", "practitioner", present())


def _replace(cast: Cast, asked: Asked, meeting: Booking) -> None:
    fresh = look(cast.anna, meeting.id)
    fresh.starts_at += timedelta(hours=1)
    propose_other(cast.anna, fresh)


@pytest.mark.parametrize("ended_by", [_cancel, _replace, let_lapse])
@pytest.mark.parametrize("word", ["yes", ""])
def test_proposal_that_is_over_moves_nothing(
    ended_by: Any, word: str, cast: Cast, proposal: Asked, meeting: Booking, browser: Client
) -> None:
    ended_by(cast, proposal, meeting)
    before = dump_rows()

    assert "This proposal is over. The meeting stands as your place shows it." in read(
        browser.get(proposal.link)
    )
    said = say(browser, proposal, word)

    assert (OVER in said) == (word == "yes")
    assert "Yes, move it" not in said
    assert dump_rows() == before


def test_proposal_for_a_meeting_that_was_struck_opens_nothing(
    cast: Cast, proposal: Asked, meeting: Booking, browser: Client
) -> None:
    actions.strike(practice=cast.anna.practice, booking_id=meeting.id, now=present())

    assert browser.get(proposal.link).status_code == 404
    response = browser.post(proposal.link, {"say": "yes"})
    assert response.status_code in (302, 404)
    assert "This link opens nothing any more" in read(browser.get(proposal.link))


@pytest.mark.parametrize("kind", ["proposal", "offer"])
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York"])
def test_time_stands_on_both_clocks_where_they_differ(
    zone: str, kind: str, cast: Cast, browser: Client, request: pytest.FixtureRequest
) -> None:
    asked: Asked = request.getfixturevalue(kind)
    browser.cookies["miedza_zone"] = zone

    said = read(browser.get(asked.link))

    starts_at = start_of(cast, asked)
    assert f"{starts_at.astimezone(ZoneInfo(zone)):%H:%M}" in said
    assert f"{starts_at.astimezone(ZoneInfo('Europe/Warsaw')):%H:%M}" in said
    assert ("New York" in said) == (zone != "Europe/Warsaw")
    assert "Warsaw" in said


def test_page_speaks_the_language_of_who_is_asked(offer: Asked) -> None:
    page = Client(headers={"accept-language": "en"}).get(offer.link)

    assert page["Content-Language"] == "pl"
    assert "Jest wolny termin dla Ciebie" in read(page)


def test_link_that_is_none_opens_nothing(cast: Cast, offer: Asked, browser: Client) -> None:
    token = say_token(offer.kept)
    for other in ("x", token[:-1], f"{token}a", token.swapcase(), "%00"):
        for response in (browser.get(f"/answer/{other}/"), browser.post(f"/answer/{other}/")):
            assert response.status_code == 404
            assert "This link opens nothing any more" in read(response)
