"""Waiting for a time that becomes free: for some dates, five times at most, for a seat as well."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.lapsing import offer_waited_for
from miedza.bookings.models import Kept, Waiting
from miedza.bookings.waiting import MOST_WAITING
from miedza.people.actions import block
from miedza.people.models import Person
from tests.bookings.keeping import seat
from tests.cast import book, make_person, tell
from tests.web.clients import give_place, open_hours, sign_agreement
from tests.web.hostile import bad_date
from tests.web.offers import define, list_times, set_date
from tests.web.pages import WARSAW, dump_rows, follow, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted; nothing is on offer yet."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    return client


def _today() -> date:
    return present().astimezone(WARSAW).date()


def _dates(first: int = 1, last: int = 9, **said: Any) -> dict[str, Any]:
    """A form: from so many days ahead until so many."""
    ends = {"first_date": first, "last_date": last}
    dates = {name: f"{_today() + timedelta(days=days):%Y-%m-%d}" for name, days in ends.items()}
    return {**dates, "service": "usual", **said}


def _page(cast: Cast) -> str:
    return reverse("my_waiting", args=[cast.ola.id])


def _entries(cast: Cast) -> list[Waiting]:
    return list(Waiting.objects.of(cast.anna.practice_id).filter(ended_at=None).order_by("id"))


def _offers(cast: Cast) -> list[Kept]:
    return list(Kept.objects.of(cast.anna.practice_id).filter(purpose="offer", answer=""))


def test_client_waits_for_a_span_of_dates(cast: Cast, ola: Client) -> None:
    body = _dates(2, 12, days=["mon", "thu"])

    response = ola.post(_page(cast), body)

    said = follow(ola, response)
    assert "You are on the waiting list; you get a letter." in said
    assert "On the waiting list: the usual meeting" in said
    (entry,) = _entries(cast)
    assert (entry.person_id, entry.practitioner_id) == (cast.ola.id, cast.anna.id)
    assert (f"{entry.first_date}", f"{entry.last_date}") == (body["first_date"], body["last_date"])
    assert (entry.days, entry.service_id) == (["mon", "thu"], None)


def test_form_sent_twice_is_one_entry(cast: Cast, ola: Client) -> None:
    body = _dates(once=typed(ola.get(_page(cast)), "once")[0])

    for _time in range(2):
        assert "You are on the waiting list" in follow(ola, ola.post(_page(cast), body))

    assert len(_entries(cast)) == 1


def test_time_that_becomes_free_is_offered_to_who_waits(cast: Cast, ola: Client) -> None:
    open_hours(cast.anna, max_per_day=1)
    start = next(
        at for at in list_times(cast.anna, None)
        if at.astimezone(WARSAW).date() == _today() + timedelta(days=3)
    )  # fmt: skip
    taken = book(cast.anna, cast.marek, start, now=present())
    ola.post(_page(cast), _dates(3, 3))
    assert _offers(cast) == []

    tell(cast.anna, taken, "cancelled", "practitioner", present())

    (offer,) = _offers(cast)
    assert offer.person_id == cast.ola.id
    said = read(ola.get(reverse("my_place", args=[cast.ola.id])))
    assert "Free for you:" in said
    assert "Say whether it suits you" in said


def test_times_on_other_days_are_not_offered(cast: Cast, ola: Client) -> None:
    wanted = _today() + timedelta(days=4)
    other = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(wanted.weekday() + 1) % 7]
    ola.post(_page(cast), _dates(4, 4, days=[other]))

    open_hours(cast.anna)

    assert _offers(cast) == []


@pytest.mark.parametrize(("field", "label"), [("first_date", "From"), ("last_date", "Until")])
def test_wrong_date_is_named_and_nothing_typed_is_lost(
    field: str, label: str, cast: Cast, ola: Client
) -> None:
    check_refused(ola, _page(cast), _dates(), field, label, bad_date())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (9, 1, "Choose the first date or a later one, within a year."),
        (0, 367, "Choose the first date or a later one, within a year."),
        (-9, -1, "Choose today or a later day."),
        (-400, -100, "Choose today or a later day."),
    ],
)
def test_dates_for_which_nobody_can_wait_are_refused(
    first: int, last: int, said: str, cast: Cast, ola: Client
) -> None:
    body = _dates(first, last, days=["mon"])

    response = ola.post(_page(cast), body)

    assert response.status_code == 422
    assert f"Until : {said}" in read(response)
    for name in ("first_date", "last_date"):
        assert typed(response, name) == [body[name]]
    assert typed(response, "days") == ["mon"]
    assert _entries(cast) == []


def test_day_that_is_none_is_refused(cast: Cast, ola: Client) -> None:
    response = ola.post(_page(cast), _dates(days=["mon", "someday"]))

    assert response.status_code == 422
    assert "Select a valid choice." in read(response)
    assert _entries(cast) == []


def test_one_person_waits_so_often_and_no_more(cast: Cast, ola: Client) -> None:
    for number in range(MOST_WAITING):
        follow(ola, ola.post(_page(cast), _dates(number, number + 1)))
    before = dump_rows()

    response = ola.post(_page(cast), _dates(9, 12))

    assert response.status_code == 422
    assert "Your places on the waiting list are all used; leave one first." in read(response)
    assert typed(response, "last_date") == [_dates(9, 12)["last_date"]]
    assert dump_rows() == before
    first = _entries(cast)[0]
    stop = reverse("my_stop_waiting", args=[cast.ola.id, first.id])
    assert "You are not on the waiting list any more." in follow(ola, ola.post(stop))
    assert "You are on the waiting list" in follow(ola, ola.post(_page(cast), _dates(9, 12)))


def test_who_stops_waiting_leaves_what_was_offered(cast: Cast, ola: Client) -> None:
    ola.post(_page(cast), _dates())
    (entry,) = _entries(cast)
    open_hours(cast.anna)
    offer_waited_for(now=present())
    assert len(_offers(cast)) == 1

    follow(ola, ola.post(reverse("my_stop_waiting", args=[cast.ola.id, entry.id])))

    assert (_entries(cast), _offers(cast)) == ([], [])
    assert "What waits" not in read(ola.get(reverse("my_place", args=[cast.ola.id])))


def test_nobody_ends_the_waiting_of_somebody_else(cast: Cast, ola: Client) -> None:
    ola.post(_page(cast), _dates())
    (entry,) = _entries(cast)
    marek = give_place(cast.anna, cast.marek)

    for person in (cast.marek, cast.ola):
        address = reverse("my_stop_waiting", args=[person.id, entry.id])
        assert marek.post(address).status_code == 404
    assert _entries(cast) == [entry]


def test_seat_in_a_group_is_waited_for(cast: Cast, ola: Client) -> None:
    open_hours(cast.anna)
    group = define(cast.anna, "Circle", seats=1 + 1)
    frame = set_date(cast.anna, group, list_times(cast.anna, None)[60])
    people = [cast.marek, make_person(cast.anna, "Ida")]
    seats = [seat(cast.anna, frame, person, now=present()) for person in people]
    ola.post(_page(cast), _dates(0, 29, service=group.slug))
    assert _offers(cast) == []

    tell(cast.anna, seats[0], "cancelled", "practitioner", present())

    (offer,) = _offers(cast)
    assert (offer.person_id, offer.service_id) == (cast.ola.id, group.id)


def test_who_has_not_accepted_reads_the_agreement_first(cast: Cast, db: None) -> None:
    marek = give_place(cast.anna, cast.marek)
    address = reverse("my_waiting", args=[cast.marek.id])

    for response in (marek.get(address), marek.post(address, _dates())):
        assert response["Location"] == reverse("my_agreement", args=[cast.marek.id])
    assert _entries(cast) == []


def test_blocked_person_reads_a_kind_word(cast: Cast, ola: Client) -> None:
    person = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    block(practice=cast.anna.practice, person=person, now=present())

    said = follow(ola, ola.post(_page(cast), _dates()))

    assert "A place in the waiting list could not be kept here." in said
    assert "Please write to Anna Zielińska" in said
    assert _entries(cast) == []


def test_page_of_a_group_leads_to_its_waiting_list(cast: Cast, ola: Client) -> None:
    group = define(cast.anna, "Circle", seats=2)

    page = ola.get(reverse("my_book", args=[cast.ola.id]), {"service": group.slug})

    assert f"{_page(cast)}?service={group.slug}" in page.content.decode()
