"""What a practice offers is defined, changed and taken off offer; what is booked stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from miedza.bookings.grouping import open_group
from miedza.bookings.models import Service, ServiceOf
from miedza.bookings.reserving import NotOffered
from miedza.bookings.series import book_series
from miedza.bookings.services import (
    NobodyLeads,
    define_service,
    find_by_slug,
    find_service,
    list_leaders,
    list_services,
    make_link,
    open_service,
    opens,
    write_slug,
)
from miedza.db.ids import make_id
from miedza.ledger.queries import find_meeting
from miedza.practice.models import Practitioner
from tests.bookings.keeping import (
    SAID,
    TEN,
    ask_for,
    assert_sound,
    choose,
    hold,
    kept_of,
    let_in,
    serve,
    spans,
    take_of,
)
from tests.bookings.offered import offer, open_to, take
from tests.cast import BOOKED, MONDAY, Cast, look


def _join(cast: Cast) -> Practitioner:
    """Celina works beside Anna."""
    return Practitioner.across.create(
        practice=cast.anna.practice, user=cast.borys.user, name="Celina", calendar_key=7
    )


def _define(cast: Cast, leaders: list[Practitioner], **said: Any) -> Service:
    told: Any = {**SAID, **said}
    return define_service(
        practice=cast.anna.practice, service_id=make_id(), leaders=leaders, where="", now=BOOKED,
        **told,
    )  # fmt: skip


def test_service_is_defined_and_found(cast: Cast) -> None:
    service = serve(cast.anna, where="Room 7", name="Matura", price_minor=15_000, languages=["pl"])

    practice_id = cast.anna.practice_id
    found = find_service(practice_id=practice_id, service_id=service.id)
    assert found is not None
    assert (found.name, found.slug, found.price_minor) == ("Matura", "matura", 15_000)
    assert (found.is_open, found.rank, found.made_at) == (True, 0, BOOKED)
    assert found.open_text(cast.anna.practice.key) == "Room 7"
    assert found.sealed_text is not None
    assert b"Room 7" not in bytes(found.sealed_text)
    assert find_by_slug(practice_id=practice_id, slug="matura") == service
    assert list_leaders(practice_id=practice_id, service=service) == [cast.anna]


def test_service_of_one_practice_is_none_of_another(cast: Cast) -> None:
    service = serve(cast.anna)

    practice_id = cast.borys.practice_id
    assert find_service(practice_id=practice_id, service_id=service.id) is None
    assert find_service(practice_id=practice_id, service_id=None) is None
    assert find_by_slug(practice_id=practice_id, slug="lesson") is None
    assert list(list_services(practice_id=practice_id)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        serve(cast.borys, service_id=service.id, name="Stolen")
    service.refresh_from_db()
    assert (service.practice, service.name) == (cast.anna.practice, "Lesson")


def test_changed_service_leaves_what_is_booked_as_it_was(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    service = serve(cast.anna)
    booked = take_of(cast.anna, service, cast.ola, MONDAY)
    asked = ask_for(cast.anna, cast.marek, TEN, choice=choose(service))

    changed = serve(cast.anna, service_id=service.id, name="Talk", minutes=30, price_minor=9_000)

    assert (changed.id, changed.slug, changed.rank) == (service.id, "lesson", 0)
    meeting = find_meeting(practice_id=cast.anna.practice_id, meeting_id=booked.id)
    assert meeting is not None
    assert (meeting.minutes, meeting.price_minor) == (60, 20_000)
    assert look(cast.anna, booked.id).minutes == 60
    asked.refresh_from_db()
    assert (asked.minutes, asked.price_minor) == (60, 20_000)
    assert choose(service).seen == (30, 9_000)
    assert_sound(cast.anna)


def test_visitor_books_at_the_price_that_was_held_for_them(cast: Cast) -> None:
    offer(cast.anna)
    service = serve(cast.anna)
    kept = hold(cast.anna, service)
    person = let_in(cast.anna, kept)
    serve(cast.anna, service_id=service.id, price_minor=99_000)
    from miedza.bookings.holding import finish

    finish(kept=kept, person=person, now=BOOKED)

    meeting = find_meeting(practice_id=cast.anna.practice_id, meeting_id=kept.id)
    assert meeting is not None
    assert meeting.price_minor == 20_000


def test_free_service_costs_nothing_whatever_is_said(cast: Cast) -> None:
    assert serve(cast.anna, kind="free", price_minor=5_000).price_minor == 0


@pytest.mark.parametrize(
    "said",
    [
        {"minutes": 0}, {"minutes": 24 * 60 + 1}, {"price_minor": -1}, {"seats": 0},
        {"seats": 1000}, {"kind": "gift"}, {"place": "moon"}, {"who": "all"}, {"way": "never"},
        {"step_minutes": 0},
    ],
)  # fmt: skip
def test_service_that_cannot_be_booked_is_refused_by_the_database(
    cast: Cast, said: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        serve(cast.anna, **said)

    assert not Service.across.exists()
    assert not ServiceOf.across.exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"), ("Щётка & Ёж", "shchyotka-ezh"),
        ("Подъезд", "podezd"), ("Straße", "strasse"), ("Ærø", "ro"), ("数学", "service"),
        ("!!!", "service"), ("  a  b  ", "a-b"), ("x" * 120, "x" * 50), ("Résumé", "resume"),
    ],
)  # fmt: skip
def test_slug_is_plain_letters(name: str, slug: str) -> None:
    written = write_slug(name, otherwise="service")

    assert written.isascii()
    assert written == slug.replace("shchyotka", "shchetka")


def test_slugs_are_one_services_own_in_its_practice(cast: Cast) -> None:
    slugs = [serve(cast.anna, name=name).slug for name in ("Łódź", "Lodz", "lodz!", "Лодз")]

    assert slugs == ["lodz", "lodz-2", "lodz-3", "lodz-4"]
    assert serve(cast.borys, name="Łódź").slug == "lodz"
    named = [serve(cast.borys, name=name).slug for name in ("Rules", "Usual")]
    assert named == ["rules-2", "usual-2"]
    assert [service.rank for service in list_services(practice_id=cast.anna.practice_id)] == [
        0, 1, 2, 3,
    ]  # fmt: skip


def test_nobody_leads_is_refused_and_leaves_nothing(cast: Cast) -> None:
    for leaders in ([], [cast.borys]):
        with pytest.raises(NobodyLeads):
            _define(cast, leaders)

    assert not Service.across.exists()


def test_leaders_of_another_practice_are_ignored(cast: Cast) -> None:
    service = _define(cast, [cast.anna, cast.borys])

    assert list_leaders(practice_id=cast.anna.practice_id, service=service) == [cast.anna]
    assert ServiceOf.across.count() == 1


def test_leaders_change_with_the_service(cast: Cast) -> None:
    celina = _join(cast)
    service = _define(cast, [cast.anna, cast.anna])

    define_service(
        practice=cast.anna.practice, service_id=service.id, leaders=[celina], where="",
        now=BOOKED, **SAID,
    )  # fmt: skip

    assert list_leaders(practice_id=cast.anna.practice_id, service=service) == [celina]
    Practitioner.across.filter(id=celina.id).update(left_at=BOOKED)
    assert list_leaders(practice_id=cast.anna.practice_id, service=service) == []


def test_service_is_booked_only_with_who_leads_it(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = _define(cast, [_join(cast)])
    foreign = serve(cast.borys)

    for wanted in (service, foreign):
        with pytest.raises(NotOffered):
            take_of(cast.anna, wanted, cast.ola, MONDAY)
        with pytest.raises(NotOffered):
            ask_for(cast.anna, cast.ola, MONDAY, choice=choose(wanted))
        with pytest.raises(NotOffered):
            hold(cast.anna, wanted)
    assert spans(cast.anna) == []


def test_closed_service_is_not_on_offer_and_what_is_booked_stays(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    service = serve(cast.anna)
    booked = take_of(cast.anna, service, cast.ola, TEN)

    open_service(service=service, is_open=False)

    choice = choose(service)
    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, MONDAY, choice=choice)
    with pytest.raises(NotOffered):
        ask_for(cast.anna, cast.ola, MONDAY, choice=choice)
    with pytest.raises(NotOffered):
        hold(cast.anna, service)
    with pytest.raises(NotOffered):
        book_series(
            practitioner=cast.anna, person=cast.ola, choice=choice, starts=[MONDAY], now=BOOKED,
            by="client",
        )  # fmt: skip
    assert find_by_slug(practice_id=cast.anna.practice_id, slug="lesson") is None
    assert look(cast.anna, booked.id).outcome == "open"
    open_service(service=service, is_open=True)
    assert kept_of(hold(cast.anna, service)) == ("hold", "")


def test_what_is_given_on_request_is_not_booked_at_once(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    choice = choose(serve(cast.anna, way="on_request"))

    with pytest.raises(NotOffered):
        take(cast.anna, cast.ola, MONDAY, choice=choice)
    with pytest.raises(NotOffered):
        book_series(
            practitioner=cast.anna, person=cast.ola, choice=choice, starts=[MONDAY], now=BOOKED,
            by="client",
        )  # fmt: skip
    assert spans(cast.anna) == []
    assert kept_of(ask_for(cast.anna, cast.ola, MONDAY, choice=choice)) == ("wish", "")


def test_clients_service_is_not_held_for_visitors(cast: Cast) -> None:
    offer(cast.anna)

    with pytest.raises(NotOffered):
        hold(cast.anna, serve(cast.anna, who="clients"))


def test_link_opens_its_service_alone_and_ends_with_the_next(cast: Cast) -> None:
    mine, other = serve(cast.anna, who="invited"), serve(cast.anna, who="invited")
    assert not opens(mine, "")

    first = make_link(service=mine)
    second = make_link(service=other)

    assert [opens(mine, first), opens(mine, second), opens(other, second)] == [True, False, True]
    third = make_link(service=mine)
    mine.refresh_from_db()
    assert [opens(mine, first), opens(mine, third), opens(mine, "")] == [False, True, False]
    assert third not in mine.link_digest
    assert not opens(mine, mine.link_digest)


def test_changed_service_keeps_its_link_and_whether_it_is_open(cast: Cast) -> None:
    service = serve(cast.anna, who="invited")
    secret = make_link(service=service)
    open_service(service=service, is_open=False)

    changed = serve(cast.anna, service_id=service.id, who="invited", name="Other")

    assert opens(changed, secret)
    assert not changed.is_open


def test_group_of_a_changed_service_keeps_its_length_and_seats(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    service = serve(cast.anna, name="Group", seats=2)
    frame = open_group(practitioner=cast.anna, service=service, starts_at=MONDAY, now=BOOKED)

    serve(cast.anna, service_id=service.id, name="Group", seats=5, minutes=90)
    booked = take_of(cast.anna, service, cast.ola, MONDAY, seen=(90, 20_000))
    asked = ask_for(cast.anna, cast.marek, MONDAY, choice=choose(service))

    assert (booked.minutes, asked.minutes, frame.seats) == (60, 60, 2)
    assert_sound(cast.anna)
