"""A visitor's whole way: a time, who they are, the code from the mail, the agreement, booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from miedza.bookings import actions
from miedza.bookings.models import Kept
from miedza.ledger.facts import to_instant
from miedza.messaging.models import Letter, Mail
from miedza.people.models import Person
from miedza.practice.formats import format_money
from tests.cast import book
from tests.web.clients import open_hours
from tests.web.codes import read_code
from tests.web.hostile import bad_email, bad_name, bad_text
from tests.web.offers import define, list_times, open_page
from tests.web.pages import dump_rows, follow, present, read, typed
from tests.web.refusing import check_refused
from tests.web.visiting import (
    ELA,
    WHO,
    begin_at,
    go_on,
    hold_as,
    let_lapse,
    list_bookings,
    sign,
)

if TYPE_CHECKING:
    from miedza.bookings.models import Service
    from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("queue", "in_one_hour")


def test_visitor_comes_from_a_free_time_to_a_meeting(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    at = list_times(cast.anna, lesson)[20]
    before = read(browser.get(begin_at(lesson), {"at": to_instant(at)}))
    with override("en"):
        assert f"Price: {format_money(20_000, 'PLN')}" in before
    assert "Should you need to cancel" in before

    held = hold_as(browser, lesson, at)["Location"]

    asked = browser.get(held)
    assert f"We sent a code to {ELA}." in read(asked)
    assert "no-store" in asked["Cache-Control"]
    assert asked["X-Robots-Tag"] == "noindex"
    assert at not in list_times(cast.anna, lesson)
    assert not Person.objects.of(cast.anna.practice_id).filter(email=ELA).exists()

    page = follow(browser, browser.post(held, {"code": f" {read_code()} "}))

    assert "One more step: the agreement" in page
    assert list_bookings(cast) == []

    said = follow(browser, sign(browser, held))

    assert "Booked. It is in your e-mail too." in said
    (booking,) = list_bookings(cast)
    ela = Person.objects.of(cast.anna.practice_id).get(email=ELA)
    told = (booking.person_id, booking.starts_at, booking.minutes, booking.service_id)
    assert told == (ela.id, at, 60, lesson.id)
    said_of = (ela.name, ela.phone, ela.open_text(cast.anna.practice.key))
    assert said_of == ("Ela Nowa", "+48 600 100 200", "English")
    letters = Letter.objects.of(cast.anna.practice_id).filter(purpose="booked")
    assert {letter.to for letter in letters} == {ELA, "anna@miedza.example"}
    assert browser.get(held)["Location"] == reverse("my_meeting", args=[ela.id, booking.id])


def test_opening_the_page_of_a_time_keeps_nothing(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    at, before = list_times(cast.anna, lesson)[20], dump_rows()

    for method in ("GET", "HEAD"):
        browser.generic(method, f"{begin_at(lesson)}?at={to_instant(at)}")

    assert dump_rows() == before
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 30, "1.5", "٣"])
def test_what_is_no_time_leads_back_to_the_times(at: str, lesson: Service, browser: Client) -> None:
    page = reverse("service", args=["anna", lesson.slug])

    assert browser.get(begin_at(lesson), {"at": at})["Location"] == page
    assert browser.post(begin_at(lesson), {**WHO, "at": at})["Location"] == page


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("name", "Your first and last name", bad_name()),
        ("email", "Your e-mail", bad_email()),
        ("phone", "Phone, if you like", bad_text(40, required=False)),
        ("child", "For a child that you answer for",
         {**bad_text(120, required=False), "\u3164": "Write a name."}),
        ("text", "What you come for, in a few words", bad_text(120, required=False)),
    ],
)  # fmt: skip
def test_bad_detail_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: dict[str, str], cast: Cast, lesson: Service, browser: Client
) -> None:
    good = {**WHO, "child": "Jaś", "at": str(to_instant(list_times(cast.anna, lesson)[20]))}

    check_refused(browser, begin_at(lesson), good, field, label, bad)
    assert Mail.objects.count() == 0


def test_form_sent_twice_holds_one_time(cast: Cast, lesson: Service, browser: Client) -> None:
    moment = str(to_instant(list_times(cast.anna, lesson)[20]))
    once = typed(browser.get(begin_at(lesson), {"at": moment}), "once")[0]
    body = {**WHO, "at": moment, "once": once}

    first, second = (browser.post(begin_at(lesson), body) for _time in range(2))

    assert first["Location"] == second["Location"]
    assert Kept.objects.of(cast.anna.practice_id).count() == 1


def test_wrong_codes_are_counted_and_a_new_one_is_mailed(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    held = hold_as(browser, lesson, list_times(cast.anna, lesson)[20])["Location"]
    right = read_code()
    wrong = "This is not the code in the letter. Look again, or have a new one sent."
    for code in ("111111", "\0", "٢٢٢٢٢٢"):
        response = browser.post(held, {"code": code})
        assert response.status_code == 422
        assert f"We sent a code to {ELA}." in read(response)
    assert wrong in read(response)

    said = follow(browser, browser.post(held, {"again": "1"}))

    assert "A new code is on its way." in said
    assert read_code() != right
    assert browser.post(held, {"code": right}).status_code == 422
    assert "One more step" in follow(browser, browser.post(held, {"code": read_code()}))


def test_code_of_another_visitor_opens_nothing(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    free = list_times(cast.anna, lesson)
    held = hold_as(browser, lesson, free[20])["Location"]
    other = Client(headers={"accept-language": "en"})
    hold_as(other, lesson, free[21], email="eve@visitors.example")

    assert other.post(held, {"code": read_code()}).status_code == 422


@pytest.mark.parametrize("step", ["code", "again", "agreement"])
def test_time_that_is_held_no_more_is_said_to_be(
    step: str, cast: Cast, lesson: Service, browser: Client
) -> None:
    at = list_times(cast.anna, lesson)[20]
    held = hold_as(browser, lesson, at)["Location"]
    bodies = {"code": {"code": read_code()}, "again": {"again": "1"}}
    if step == "agreement":
        browser.post(held, {"code": read_code()})
        digest = typed(browser.get(held), "digest")[0]
        bodies[step] = {"digest": digest, "typed_name": "Ela", "read": "on"}
    let_lapse(cast)

    responses = [browser.get(held), browser.post(held, bodies[step])]

    for response in responses:
        assert response.status_code == 409
        assert "The time is not kept any more. Choose it again" in read(response)
        assert reverse("service", args=["anna", lesson.slug]) in response.content.decode()
    assert list_bookings(cast) == []
    assert at in list_times(cast.anna, lesson)


def test_time_that_is_gone_meanwhile_is_answered_with_others(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    at = list_times(cast.anna, lesson)[20]
    once = typed(browser.get(begin_at(lesson), {"at": to_instant(at)}), "once")[0]
    book(cast.anna, cast.ola, at, now=present())
    body = {**WHO, "at": str(to_instant(at)), "once": once}

    response = browser.post(begin_at(lesson), body)

    assert response.status_code == 409
    assert "Choose another one; what you typed is kept." in read(response)
    for name in ("name", "email", "phone", "text"):
        assert typed(response, name) == [WHO[name]]
    free = list_times(cast.anna, lesson)
    nearest = sorted(sorted(free, key=lambda each: abs(each - at))[:6])
    for other in nearest:
        assert f'name="at" value="{to_instant(other)}"' in response.content.decode()
    (chosen,) = typed(response, "at")
    assert chosen == str(to_instant(nearest[0]))
    again = browser.post(begin_at(lesson), {**body, "at": chosen})
    assert again["Location"].startswith("/held/")


def test_service_on_request_leads_to_a_wish(cast: Cast, browser: Client, db: None) -> None:
    open_hours(cast.anna)
    open_page(cast.anna)
    service = define(cast.anna, "Talk", way="on_request")
    at = list_times(cast.anna, service)[20]

    held, response = go_on(browser, service, at)
    assert "Once you accept it, your request is sent." in follow(browser, response)
    said = follow(browser, sign(browser, held))

    assert "You have asked for this time. It is kept for you until you have an answer." in said
    kept = Kept.objects.of(cast.anna.practice_id).get()
    assert (kept.purpose, kept.answer) == ("wish", "")
    assert list_bookings(cast) == []
    assert at not in list_times(cast.anna, service)
    place = reverse("my_place", args=[kept.person_id])
    assert browser.get(held)["Location"] == place
    stranger = Client()
    assert stranger.get(held)["Location"] == f"/sign-in/?next={held}"


def test_meeting_that_was_booked_is_not_said_to_be_lost(
    cast: Cast, lesson: Service, browser: Client, borys: Client
) -> None:
    held, _response = go_on(browser, lesson, list_times(cast.anna, lesson)[20])
    sign(browser, held)
    (booking,) = list_bookings(cast)

    assert Client().get(held)["Location"] == f"/sign-in/?next={held}"
    assert borys.get(held).status_code == 409
    actions.strike(practice=cast.anna.practice, booking_id=booking.id, now=present())
    for reader in (browser, borys, Client()):
        assert reader.get(held).status_code in (302, 404, 409)
