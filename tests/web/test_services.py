"""Services: what is offered, by whom it is led, who may book it, and the link of the invited."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.models import Service
from miedza.bookings.services import list_leaders
from miedza.practice.models import Practice
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.hostile import REQUIRED, bad_choice, bad_money, bad_name, bad_number, bad_text
from tests.web.offers import add_colleague, define, open_page
from tests.web.pages import dump_rows, follow, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.hostile import Bad

PAGE = reverse("services")
ADD = reverse("add_service")
LIMITS = (
    "buffer_before", "buffer_after", "notice_hours", "horizon_days", "step_minutes",
    "max_per_day", "max_per_week", "most_ahead",
)  # fmt: skip


def _good(cast: Cast, **said: Any) -> dict[str, Any]:
    """A form of a service with everything in it."""
    return {
        "name": "Lesson", "about": "For whoever writes.", "minutes": "50", "kind": "paid",
        "price": "120.50", "seats": "1", "place": "video", "where": "https://meet.example/4711",
        "languages": "pl", "who": "anyone", "way": "at_once", "leaders": str(cast.anna.id),
        **dict.fromkeys(LIMITS, "12"), **said,
    }  # fmt: skip


def _services(cast: Cast) -> list[Service]:
    return list(Service.objects.of(cast.anna.practice_id).order_by("rank"))


def _address(name: str, service: Service) -> str:
    return reverse(name, args=[service.id])


def test_first_service_is_asked_for(anna: Client) -> None:
    page = anna.get(PAGE)

    assert "A service is something that can be booked" in read(page)
    assert f'href="{ADD}"' in page.content.decode()


def test_service_is_added_with_all_that_was_said(cast: Cast, anna: Client) -> None:
    response = anna.post(ADD, _good(cast))

    page = follow(anna, response)
    assert "Saved." in page
    assert "Lesson" in page
    assert "Who may book: anyone, on the public page" in page
    (service,) = _services(cast)
    told = (service.name, service.about, service.minutes, service.price_minor, service.seats)
    assert told == ("Lesson", "For whoever writes.", 50, 12_050, 1)
    assert (service.place, service.languages, service.slug) == ("video", ["pl"], "lesson")
    assert (service.notice_minutes, service.buffer_before, service.most_ahead) == (720, 12, 12)
    assert list_leaders(practice_id=service.practice_id, service=service) == [cast.anna]
    shown = anna.get(_address("change_service", service))
    for name, value in _good(cast).items():
        assert typed(shown, name) == [value], name


def test_form_sent_twice_adds_one_service(cast: Cast, anna: Client) -> None:
    body = _good(cast, once=typed(anna.get(ADD), "once")[0])

    for _time in range(2):
        assert "Saved." in follow(anna, anna.post(ADD, body))

    assert len(_services(cast)) == 1


def test_two_services_of_one_name_have_addresses_of_their_own(cast: Cast, anna: Client) -> None:
    for name in ("Lesson", "Lesson", "Rules", "李"):
        anna.post(ADD, _good(cast, name=name))

    slugs = [service.slug for service in _services(cast)]
    assert slugs == ["lesson", "lesson-2", "rules-2", "service"]


def test_changed_service_keeps_its_address(cast: Cast, anna: Client) -> None:
    service = define(cast.anna, "Lesson")
    body = _good(cast, name="Another", minutes="30", **dict.fromkeys(LIMITS, ""))

    follow(anna, anna.post(_address("change_service", service), body))

    (changed,) = _services(cast)
    assert (changed.id, changed.name, changed.minutes) == (service.id, "Another", 30)
    assert (changed.slug, changed.notice_minutes, changed.buffer_before) == ("lesson", None, 0)


def test_free_meeting_costs_nothing_whatever_was_typed(cast: Cast, anna: Client) -> None:
    anna.post(ADD, _good(cast, kind="free", price="50"))

    (service,) = _services(cast)
    assert (service.kind, service.price_minor) == ("free", 0)


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("name", "What it is called", bad_name()),
        ("about", "For whom and what for", bad_text(2000, required=False)),
        ("minutes", "Length in minutes", bad_number(5, 1440)),
        ("kind", "Kind", bad_choice()),
        ("price", "Price, PLN", bad_money(empty="A paid meeting has a price; it may be 0.")),
        ("seats", "How many come together", bad_number(1, 200)),
        ("place", "Where", bad_choice()),
        ("where", "Address, number or link", bad_text(500, required=False)),
        ("languages", "Languages", {"xx": "Select a valid choice.", "\0": "Select a valid"}),
        ("who", "Who may book", bad_choice()),
        ("way", "How it is booked", bad_choice()),
        ("notice_hours", "Book at least so many hours ahead", bad_number(0, 720, empty="")),
        ("step_minutes", "A start every so many minutes", bad_number(5, 240, empty="")),
        ("most_ahead", "At most so many ahead for one person", bad_number(1, 20, empty="")),
    ],
)
def test_bad_field_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: Bad, cast: Cast, anna: Client
) -> None:
    good = _good(cast)
    if field == "languages":
        del good["languages"]
        for value, message in bad.items():
            response = anna.post(ADD, {**good, "languages": value})
            assert response.status_code == 422
            assert message in read(response)
            assert typed(response, "name") == ["Lesson"]
        return
    check_refused(anna, ADD, good, field, label, bad)


def test_one_thing_is_said_of_one_wrong_price(cast: Cast, anna: Client) -> None:
    said = read(anna.post(ADD, _good(cast, price="abc")))

    assert "Write an amount such as 200 or 200.50." in said
    assert "A paid meeting has a price" not in said


@pytest.mark.parametrize("leaders", [[], ["x"], ["colleague of another practice"]])
def test_somebody_of_the_practice_leads_a_service(
    leaders: list[str], cast: Cast, anna: Client
) -> None:
    add_colleague(cast.anna, "adam@miedza.example")
    if leaders == ["colleague of another practice"]:
        leaders = [str(cast.borys.id)]
    before = dump_rows()

    response = anna.post(ADD, _good(cast, leaders=leaders))

    assert response.status_code == 422
    said = "Select a valid choice." if leaders else "Somebody has to lead it."
    assert f"Who leads it : {said}" in read(response)
    assert dump_rows() == before


def test_service_led_by_two_is_offered_with_both(cast: Cast, anna: Client, browser: Client) -> None:
    slug = open_page(cast.anna)
    adam = add_colleague(cast.anna, "adam@miedza.example")

    anna.post(ADD, _good(cast, leaders=[str(cast.anna.id), str(adam.id)]))

    page = read(browser.get(reverse("service", args=[slug, "lesson"])))
    assert "Anna Zielińska Adam" in page


def test_service_off_the_offer_is_gone_at_once_and_comes_back(
    cast: Cast, anna: Client, browser: Client
) -> None:
    service, slug = define(cast.anna, "Lesson"), open_page(cast.anna)
    page, own = reverse("practice", args=[slug]), reverse("service", args=[slug, service.slug])
    times = reverse("times", args=[slug, service.slug])
    assert "Lesson" in read(browser.get(page))

    said = follow(anna, anna.post(_address("open_service", service), {"close": "1"}))

    assert "not on offer" in said
    assert "Lesson" not in read(browser.get(page))
    assert [browser.get(each).status_code for each in (own, times)] == [404, 404]

    said = follow(anna, anna.post(_address("open_service", service), {"open": "1"}))

    assert "not on offer" not in said
    assert "Lesson" in read(browser.get(page))
    assert browser.get(own).status_code == 200


def _make_link(anna: Client, service: Service) -> str:
    """The path of a new link, as the page shows it once."""
    response = anna.post(_address("open_service", service), {"link": "1"})
    page = anna.get(response["Location"]).content.decode()
    found = re.search(r'id="service-link"[^>]*value="([^"]+)"', page)
    assert found is not None, page
    assert "service-link" not in anna.get(response["Location"]).content.decode()
    return "/with/" + html.unescape(found[1]).split("/with/", 1)[1]


def test_new_link_ends_the_one_before(cast: Cast, anna: Client, browser: Client) -> None:
    open_hours(cast.anna)
    service = define(cast.anna, "Quiet", who="invited")
    slug = open_page(cast.anna)
    first = _make_link(anna, service)
    page = browser.get(first)
    assert page.status_code == 200
    assert "Quiet" in read(page)

    second = _make_link(anna, service)

    assert browser.get(first).status_code == 404
    assert browser.get(second).status_code == 200
    assert browser.get(second.split("?")[0]).status_code == 404
    assert "Quiet" not in read(browser.get(reverse("practice", args=[slug])))
    key = second.partition("?")[2]
    assert f"{key}&amp;" in browser.get(second).content.decode()
    times = reverse("times", args=[slug, service.slug])
    assert browser.get(times).status_code == 404
    assert browser.get(f"{times}?{key}").json()["slots"]


@pytest.mark.parametrize("slug", [None, "anna"])
def test_link_to_a_page_that_is_not_open_is_not_made(
    slug: str | None, cast: Cast, anna: Client
) -> None:
    service = define(cast.anna, "Quiet", who="invited")
    Practice.objects.filter(id=cast.anna.practice_id).update(slug=slug)

    response = anna.post(_address("open_service", service), {"link": "1"})

    assert response["Location"] == reverse("public_page")
    assert "First open your public page: the link leads there." in follow(anna, response)
    assert _services(cast)[0].link_digest == ""


def test_service_for_clients_is_booked_from_a_place_only(
    cast: Cast, anna: Client, browser: Client
) -> None:
    open_hours(cast.anna)
    service, slug = define(cast.anna, "Inside", who="clients"), open_page(cast.anna)
    own = reverse("service", args=[slug, service.slug])

    assert "Inside" not in read(browser.get(reverse("practice", args=[slug])))
    assert [browser.get(own).status_code, anna.get(own).status_code] == [404, 404]
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    assert "Inside" in read(ola.get(reverse("my_book", args=[cast.ola.id])))


def test_request_that_says_nothing_leaves_a_service_as_it_is(cast: Cast, anna: Client) -> None:
    service = define(cast.anna)

    anna.post(_address("open_service", service))

    service.refresh_from_db()
    assert service.is_open


def test_required_words_are_asked_for_together(anna: Client) -> None:
    response = anna.post(ADD, {"csrfmiddlewaretoken": "x"})

    assert response.status_code == 422
    assert read(response).count(REQUIRED) >= 2 * 7
