"""The code that is mailed to a visitor: it opens one time, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from miedza.bookings.models import Booking, Kept
from miedza.ledger.facts import to_instant
from miedza.people.actions import block, open_place
from miedza.people.models import Person
from miedza.practice.models import User
from tests.web.clients import give_place
from tests.web.codes import read_code
from tests.web.offers import list_times
from tests.web.pages import follow, present, read
from tests.web.visiting import ELA, begin_at, hold_as

if TYPE_CHECKING:
    from miedza.bookings.models import Service
    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("queue", "in_one_hour")


def test_after_five_wrong_codes_the_time_is_chosen_again(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    at = list_times(cast.anna, lesson)[20]
    held = hold_as(browser, lesson, at)["Location"]
    for number in range(5):
        if number == 3:  # A new code gives no new tries.
            browser.post(held, {"again": "1"})
        assert browser.post(held, {"code": "111111"}).status_code == 422

    response = browser.post(held, {"code": read_code()})

    assert response.status_code == 409
    assert "The time is not kept any more. Choose it again" in read(response)
    assert at in list_times(cast.anna, lesson)


def test_visitor_who_goes_back_keeps_the_time_and_may_correct_the_address(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    at = list_times(cast.anna, lesson)[20]
    first = hold_as(browser, lesson, at, email="wrong@visitors.example")["Location"]
    page = browser.get(begin_at(lesson), {"at": str(to_instant(at))})
    assert page.status_code == 200

    second = hold_as(browser, lesson, at)

    assert second.status_code == 302
    assert second["Location"] != first
    assert "One more step" in follow(
        browser, browser.post(second["Location"], {"code": read_code()})
    )
    assert browser.get(first).status_code == 409
    stranger = Client(headers={"accept-language": "en"})
    assert stranger.get(begin_at(lesson), {"at": str(to_instant(at))}).status_code == 409


@pytest.mark.parametrize("who", ["leads a practice", "has a place elsewhere"])
def test_code_of_one_time_lets_nobody_into_another_practice(
    who: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    at, email = list_times(cast.anna, lesson)[20], "somebody@elsewhere.example"
    if who == "leads a practice":
        User.objects.filter(id=cast.borys.user_id).update(email=email)
    else:
        Person.across.filter(id=cast.nastia.id).update(email=email)
        cast.nastia.refresh_from_db()
        open_place(practice=cast.borys.practice, person=cast.nastia)
    held = hold_as(browser, lesson, at, email=email)["Location"]

    response = browser.post(held, {"code": read_code()})

    assert response["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("email", ["ela@vısitors.example", "\u212ala@visitors.example"])
def test_address_that_only_looks_like_another_is_refused(
    email: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    response = hold_as(browser, lesson, list_times(cast.anna, lesson)[20], email=email)

    assert response.status_code == 422
    assert not Kept.objects.of(cast.anna.practice_id).exists()


@pytest.mark.parametrize("child", ["", "Anybody Else"])
def test_blocked_person_books_for_nobody_under_their_address(
    child: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    give_place(cast.anna, cast.ola)
    Person.across.filter(id=cast.ola.id).update(email=ELA)
    cast.ola.refresh_from_db()
    block(practice=cast.anna.practice, person=cast.ola, now=present())
    at = list_times(cast.anna, lesson)[20]

    held = hold_as(browser, lesson, at, child=child, name="Somebody New")["Location"]
    response = browser.post(held, {"code": read_code()}, follow=True)
    browser.post(held, {"name": "Somebody New", "accept": "on"})

    assert response.status_code in (200, 409)
    assert not Booking.across.exists()
    assert not Person.across.filter(name="Anybody Else").exists()
