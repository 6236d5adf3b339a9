"""A client's place says what is so: nobody is judged by what they never read, sums are whole."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from miedza.bookings.offering import list_free
from miedza.bookings.paying import note_payment
from miedza.db.ids import make_id
from miedza.ledger.facts import to_instant
from miedza.messaging.models import Letter
from miedza.people.actions import open_place, relate
from miedza.people.models import Person
from miedza.practice.formats import format_money, to_local
from tests.cast import ANNAS_TERMS, book, make_person, publish_rules, tell
from tests.web.clients import (
    cancelling,
    drop_payment,
    give_place,
    mine,
    open_hours,
    sign_agreement,
)
from tests.web.pages import follow, present, read, sign_in, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast


def _money(amount_minor: int) -> str:
    with override("en"):
        return format_money(amount_minor, "PLN")


def _place(person: Person) -> str:
    return reverse("my_place", args=[person.id])


def _late(cast: Cast, days: int = 1) -> Booking:
    """A meeting to which Ola came half an hour late."""
    start = yesterday_at(9, days=days)
    booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
    tell(cast.anna, booking, "arrived", "practitioner", start)
    tell(cast.anna, booking, "arrived", "client", start + timedelta(minutes=30))
    tell(cast.anna, booking, "held", "practitioner", start + timedelta(minutes=60))
    return booking


def _payer(cast: Cast) -> Client:
    """The browser of Jan, who pays for Ola."""
    jan = make_person(cast.anna, "Jan")
    jan.email = "jan@clients.example"
    jan.save()
    relate(practice=cast.anna.practice, person=cast.ola, other=jan, kind="payer", now=present())
    open_place(practice=cast.anna.practice, person=jan)
    user = Person.objects.of(cast.anna.practice_id).get(id=jan.id).user
    assert user is not None
    return sign_in(user)


def test_who_never_agreed_is_shown_no_judgement_anywhere(cast: Cast, anna: Client) -> None:
    drop_payment(cast.anna)
    ola = give_place(cast.anna, cast.ola)
    booking = _late(cast)
    assert "30 minutes late" in read(anna.get(reverse("person", args=[cast.ola.id])))

    for address in (_place(cast.ola), mine("my_meeting", booking)):
        page = read(ola.get(address))
        assert "minutes late" not in page
        assert "Not as agreed" not in page
    assert f"Due from you: {_money(200_00)}" in read(ola.get(_place(cast.ola)))  # It was held.

    sign_agreement(cast.anna, cast.ola, yesterday_at(8, days=2))
    assert "30 minutes late" in read(ola.get(mine("my_meeting", _late(cast, days=0))))


def test_who_never_agreed_is_told_of_no_cost_and_owes_no_fee(cast: Cast, anna: Client) -> None:
    drop_payment(cast.anna)
    ola = give_place(cast.anna, cast.ola)
    for days in (2, 3):  # The first would be forgiven, the second is a fee.
        start = yesterday_at(9, days=days)
        booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
        tell(cast.anna, booking, "cancelled", "client", start - timedelta(hours=1))
    assert "not as agreed" in read(anna.get(reverse("person", args=[cast.ola.id])))
    ahead = book(cast.anna, cast.ola, present() + timedelta(hours=3), now=present())

    place = read(ola.get(_place(cast.ola)))
    meeting = read(ola.get(mine("my_meeting", ahead)))

    assert "due from you" not in place.lower()
    assert "No rule says anything about it, so it costs nothing." in meeting
    for word in ("not as agreed", "forgiven", "due from you"):
        assert word not in meeting
    assert "Cancelled." in follow(ola, ola.post(mine("my_cancel", ahead), cancelling(ola, ahead)))
    letter = Letter.objects.of(cast.anna.practice_id).get(
        purpose="cancelled", to=f"{cast.ola.id}@clients.example", meeting_id=ahead.id
    )
    text = letter.open_text(cast.anna.practice.key)
    assert "zł" not in text.split("\n\n", 1)[1]


def test_payer_sees_dates_sums_and_what_lies_ahead(cast: Cast, db: None) -> None:
    drop_payment(cast.anna)
    payer = _payer(cast)
    _late(cast)
    to_at = yesterday_at(15, days=-3)
    ahead = book(cast.anna, cast.ola, yesterday_at(9, days=-2), now=present())
    tell(cast.anna, ahead, "moved", "client", present(), to_at=to_at)
    page = reverse("my_paying", args=[cast.ola.id])

    said = read(payer.get(page))
    assert f"To pay: {_money(200_00)}" in said
    assert f"Prices of the meetings ahead: {_money(200_00)}" in said
    assert "late" not in said

    note_payment(
        practice=cast.anna.practice, person=cast.ola, amount_minor=400_00, at=present(),
        now=present(), id=make_id(),
    )  # fmt: skip
    said = read(payer.get(page))
    assert "Nothing is to be paid." in said  # The one ahead is paid, and that is kept for it.
    assert "To come back to you" not in said
    new, old = (f"{to_local(each, 'Europe/Warsaw'):%H:%M}" for each in (to_at, ahead.starts_at))
    assert new in said
    assert said.count(old) == 1  # The one that was held at that hour.


def test_price_of_a_time_is_told_by_the_rules_that_will_judge_it(cast: Cast, db: None) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=9))
    open_hours(cast.anna)
    at = list_free(practitioner=cast.anna, minutes=60, now=present())[60]
    address = reverse("my_book", args=[cast.ola.id])
    assert "I will wait 15 minutes for you" in read(ola.get(address, {"at": to_instant(at)}))

    lateness = {**ANNAS_TERMS["rules"]["lateness"], "wait_minutes": 25}
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "lateness": lateness}}
    publish_rules(cast.anna, terms, now=present() - timedelta(seconds=1))
    sign_agreement(cast.anna, cast.ola)

    assert "I will wait 25 minutes for you" in read(ola.get(address, {"at": to_instant(at)}))


def test_cancelled_in_one_place_it_is_off_the_list_of_what_is_next(cast: Cast, db: None) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=9))
    ahead = book(cast.anna, cast.ola, yesterday_at(9, days=-4), now=present())
    link = f'href="{mine("my_meeting", ahead)}"'
    before = ola.get(_place(cast.ola)).content.decode().count(link)

    ola.post(mine("my_cancel", ahead), cancelling(ola, ahead))

    assert ola.get(_place(cast.ola)).content.decode().count(link) < before
