"""Groups: their dates, one or a series, all or none; who comes; a date that is called off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.bookings.groups import list_seated
from miedza.bookings.hours import take_off
from miedza.bookings.models import Booking, Taken
from miedza.ledger.facts import to_instant
from miedza.practice.joining import let_practitioner_go
from tests.cast import book
from tests.web.clients import give_place, hidden, open_hours, sign_agreement
from tests.web.hostile import bad_date, bad_number, bad_time
from tests.web.offers import NOTHING, add_colleague, define, list_times, set_date
from tests.web.pages import WARSAW, dump_rows, follow, list_events, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Service
    from tests.cast import Cast

PASSED = "This time has passed. Choose a later one."


@pytest.fixture
def circle(cast: Cast, db: None) -> Service:
    """A group of three, and hours on every day."""
    open_hours(cast.anna)
    return define(cast.anna, "Circle", seats=3)


def _page(group: Service) -> str:
    return reverse("group_dates", args=[group.id])


def _form(days: int = 5, clock: str = "18:00", **said: Any) -> dict[str, str]:
    day = present().astimezone(WARSAW).date() + timedelta(days=days)
    return {"day": f"{day:%Y-%m-%d}", "clock": clock, "count": "1", "weeks": "1", **said}


def _frames(group: Service) -> list[Taken]:
    frames = Taken.objects.of(group.practice_id).filter(service_id=group.id, occupies=True)
    return list(frames.filter(frame_id=None).order_by("starts_at"))


def _seat(cast: Cast, group: Service, frame: Taken) -> tuple[Client, Booking]:
    """Ola takes a seat in her place."""
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    address = reverse("my_book", args=[cast.ola.id])
    asked = {"service": group.slug, "at": str(to_instant(frame.starts_at))}
    page = ola.get(address, asked)
    ola.post(address, hidden(page, address))
    return ola, Booking.objects.of(cast.anna.practice_id).get(person_id=cast.ola.id)


def test_group_has_no_dates_at_first(circle: Service, anna: Client) -> None:
    page = anna.get(_page(circle))

    assert "No date is set, so nobody can book a seat yet." in read(page)
    assert (typed(page, "count"), typed(page, "weeks")) == (["1"], ["1"])


def test_date_is_set_at_the_hour_of_the_practice(cast: Cast, circle: Service, anna: Client) -> None:
    body = _form()

    said = follow(anna, anna.post(_page(circle), body))

    assert "1 date is set." in said
    assert "0 of 3 seats taken" in said
    (frame,) = _frames(circle)
    local = frame.starts_at.astimezone(WARSAW)
    assert f"{local:%Y-%m-%d %H:%M}" == f"{body['day']} 18:00"
    assert (frame.seats, frame.minutes) == (3, 60)
    assert frame.starts_at not in list_times(cast.anna, None)


def test_series_keeps_its_hour_when_the_clocks_change(circle: Service, anna: Client) -> None:
    said = follow(anna, anna.post(_page(circle), _form(count="40", weeks="1")))

    assert "40 dates are set." in said
    starts = [frame.starts_at for frame in _frames(circle)]
    assert len(starts) == 40
    assert {f"{at.astimezone(WARSAW):%H:%M}" for at in starts} == {"18:00"}
    assert len({at.astimezone(UTC).hour for at in starts}) == 2


def test_form_sent_twice_sets_the_dates_once(circle: Service, anna: Client) -> None:
    body = _form(count="3", once=typed(anna.get(_page(circle)), "once")[0])

    for _time in range(2):
        assert "3 dates are set." in follow(anna, anna.post(_page(circle), body))

    assert len(_frames(circle)) == 3


def test_one_date_in_the_way_and_none_is_set(cast: Cast, circle: Service, anna: Client) -> None:
    body = _form(count="4", weeks="1")
    third = datetime.fromisoformat(f"{body['day']}T18:00").replace(tzinfo=WARSAW)
    book(cast.anna, cast.ola, third.astimezone(UTC) + timedelta(days=14), now=present())
    before = dump_rows()

    response = anna.post(_page(circle), body)

    assert response.status_code == 409
    said = read(response)
    assert "Something else is in the calendar:" in said
    assert "No date was set." in said
    assert "The nearest free times" in said
    for name, value in body.items():
        assert typed(response, name) == [value]
    assert dump_rows() == before
    link = response.content.decode().split('class="free-times plain">')[1]
    assert f"{_page(circle)}?day=" in link


def test_free_time_that_is_chosen_stands_in_the_form(circle: Service, anna: Client) -> None:
    page = anna.get(_page(circle), {"day": "2027-01-05", "clock": "09:30"})

    assert (typed(page, "day"), typed(page, "clock")) == (["2027-01-05"], ["09:30"])
    for odd in ("x", "\0", "<script>alert(1)</script>", "9999-99-99"):
        page = anna.get(_page(circle), {"day": odd, "clock": odd})
        assert page.status_code == 200
        assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    ("field", "label", "bad"),
    [
        ("day", "Date", bad_date()),
        ("clock", "Time", bad_time()),
        ("count", "How many times", bad_number(1, 52)),
        ("weeks", "Every so many weeks", bad_number(1, 8)),
    ],
)
def test_bad_field_is_named_and_nothing_typed_is_lost(
    field: str, label: str, bad: dict[str, str], circle: Service, anna: Client
) -> None:
    check_refused(anna, _page(circle), _form(), field, label, bad)


@pytest.mark.parametrize("body", [_form(days=-1), _form(days=0, clock="00:00")])
def test_time_that_has_passed_is_not_set(
    body: dict[str, str], circle: Service, anna: Client
) -> None:
    response = anna.post(_page(circle), body)

    assert response.status_code == 422
    assert PASSED in read(response)
    assert typed(response, "day") == [body["day"]]
    assert _frames(circle) == []


def test_service_for_one_has_no_dates(cast: Cast, anna: Client) -> None:
    lesson = define(cast.anna, "Lesson")

    assert [anna.get(_page(lesson)).status_code, anna.post(_page(lesson)).status_code] == [404] * 2


def test_group_that_nobody_leads_any_more_gets_no_dates(cast: Cast, anna: Client) -> None:
    adam = add_colleague(cast.anna, "adam@miedza.example")
    group = define(cast.anna, "Choir", seats=5, leaders=[adam])
    let_practitioner_go(practitioner=adam, now=present())

    response = anna.post(_page(group), _form())

    assert response.status_code == 422
    assert "Somebody has to lead it." in read(response)
    assert _frames(group) == []


def test_dates_are_set_for_whichever_of_several_leads_them(cast: Cast, anna: Client) -> None:
    adam = add_colleague(cast.anna, "adam@miedza.example")
    open_hours(cast.anna)
    group = define(cast.anna, "Choir", seats=5, leaders=[cast.anna, adam])
    assert typed(anna.get(_page(group)), "leader") == [str(cast.anna.id)]

    anna.post(_page(group), _form(leader=str(adam.id)))

    assert [frame.practitioner_id for frame in _frames(group)] == [adam.id]
    refused = anna.post(_page(group), _form(days=6, leader=str(cast.borys.id)))
    assert refused.status_code == 422
    taken = anna.post(_page(group), _form(leader=str(adam.id)))
    assert taken.status_code == 409
    assert len(_frames(group)) == 1


def test_client_takes_a_seat_and_is_seen_in_the_group(
    cast: Cast, circle: Service, anna: Client
) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    page = reverse("group", args=[frame.id])
    assert "Nobody has a seat yet." in read(anna.get(page))

    _ola, booking = _seat(cast, circle, frame)

    assert (booking.starts_at, booking.service_id) == (frame.starts_at, circle.id)
    assert list_seated(practice_id=frame.practice_id, frame_id=frame.id) == [booking]
    said = read(anna.get(page))
    assert "1 of 3 seats taken" in said
    assert "Ola Żółć" in said
    assert "You cancel the meeting of each of them." in said
    assert "1 of 3 seats taken" in read(anna.get(_page(circle)))


def test_date_that_is_called_off_cancels_the_meeting_of_each(
    cast: Cast, circle: Service, anna: Client
) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    ola, booking = _seat(cast, circle, frame)
    page = reverse("group", args=[frame.id])
    anna.get(page)
    assert list_events(booking.id, cast.anna) == []

    said = follow(anna, anna.post(page))

    assert "Called off; everybody is told." in said
    assert "No date is set" in said
    assert list_events(booking.id, cast.anna) == ["cancelled"]
    assert frame.starts_at in list_times(cast.anna, None)
    assert "cancelled" in read(ola.get(reverse("my_meeting", args=[cast.ola.id, booking.id])))
    assert [anna.get(page).status_code, anna.post(page).status_code] == [404, 404]


def test_date_that_has_passed_is_not_called_off(cast: Cast, circle: Service, anna: Client) -> None:
    frame = set_date(cast.anna, circle, list_times(cast.anna, None)[60])
    _ola, booking = _seat(cast, circle, frame)
    past = present() - timedelta(hours=3)
    ids = Taken.objects.of(frame.practice_id).filter(id__in=[frame.id, booking.id])
    ids.update(starts_at=past, ends_at=past + timedelta(hours=1))
    page = reverse("group", args=[frame.id])
    assert "Cancel this date" not in read(anna.get(page))

    response = anna.post(page)

    assert "This date has passed" in follow(anna, response)
    assert list_events(booking.id, cast.anna) == []


def test_group_of_nobody_and_of_another_practice_is_not_there(
    cast: Cast, circle: Service, anna: Client, borys: Client
) -> None:
    frame = set_date(cast.anna, circle)
    off = take_off(
        practitioner=cast.anna, starts_at=present(), ends_at=present() + timedelta(hours=1)
    )

    for client, wanted in ((anna, NOTHING), (borys, frame.id), (anna, off.id)):
        address = reverse("group", args=[wanted])
        assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert borys.post(_page(circle), _form()).status_code == 404
    assert _frames(circle) == [frame]
