"""Who is asked to accept, by which link, and who may."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from miedza.agreements.accepting import (
    NotAsked,
    NothingInForce,
    enter_once,
    let_no_link_enter,
)
from miedza.agreements.models import Acceptance, Invitation
from miedza.agreements.queries import find_invitation
from miedza.bookings.agreeing import find_asked
from miedza.messaging.actions import claim_mail
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import unrelate
from miedza.people.queries import list_beside
from tests.bookings.asking import accept, ask, guard, has_door, name_address, read_letters
from tests.cast import BOOKED, FOUNDED, Cast

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OLA, EWA, ANNA = "ola@miedza.example", "ewa@miedza.example", "anna@miedza.example"


def test_token_stands_nowhere_in_the_open(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    asked = ask(cast)

    rows = [*Invitation.across.values(), *Letter.across.values(), *Mail.objects.values()]
    for row in rows:
        assert asked.token not in repr(row)
        assert asked.token.encode() not in b"".join(
            bytes(value) for value in row.values() if isinstance(value, bytes | memoryview)
        )


@pytest.mark.parametrize(("email", "by_mail"), [("", True), (OLA, False), ("", False)])
def test_link_that_is_handed_over_brings_no_letter(
    cast: Cast,
    email: str,
    by_mail: bool,  # noqa: FBT001 - a case.
) -> None:
    name_address(cast.ola, email)

    asked = ask(cast, by_mail=by_mail)

    assert (asked.to, asked.invitation.mailed_to) == ("", "")
    assert not Letter.across.exists()
    assert not has_door(cast, cast.ola)
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation


def test_whoever_answers_for_a_person_is_asked(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    ewa = guard(cast)
    assert find_asked(practice=cast.anna.practice, person=cast.ola) == ewa
    assert find_asked(practice=cast.anna.practice, person=cast.marek) == cast.marek

    asked = ask(cast)

    assert (asked.to, asked.invitation.asked, asked.invitation.person) == (EWA, ewa, cast.ola)
    assert "You are asked because you answer for Ola Żółć." in read_letters("agreement")[EWA].text
    assert (has_door(cast, ewa), has_door(cast, cast.ola)) == (True, False)


def test_asked_again_the_older_link_is_dead_and_its_letter_never_goes(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    first, second = ask(cast), ask(cast, now=BOOKED + HOUR)

    assert find_invitation(token=first.token, now=BOOKED + HOUR) is None
    assert find_invitation(token=second.token, now=BOOKED + HOUR) == second.invitation
    assert Letter.across.filter(purpose="agreement").count() == 2
    going = claim_mail(now=BOOKED + HOUR)
    assert going is not None
    assert second.token in read_mail(going).text
    assert claim_mail(now=BOOKED + HOUR) is None


def test_asked_twice_by_one_form_it_is_one_letter(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    wanted = uuid.uuid4()

    first, second = ask(cast, id=wanted), ask(cast, id=wanted)

    assert second == (first.invitation, "", OLA)
    assert find_invitation(token=first.token, now=BOOKED) == first.invitation
    assert Letter.across.count() == 1


def test_only_who_answers_for_somebody_accepts_for_them(cast: Cast) -> None:
    ewa, marek = guard(cast), cast.marek

    for stranger in (cast.ola, marek):
        with pytest.raises(NotAsked):
            accept(cast, accepted_by=stranger)
    assert not Acceptance.across.exists()

    assert accept(cast, accepted_by=ewa).accepted_by == ewa


def test_link_of_who_answers_no_longer_opens_nothing(cast: Cast) -> None:
    ewa = guard(cast)
    asked = ask(cast)
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation

    (relation,) = list_beside(practice_id=cast.anna.practice_id, person_id=cast.ola.id)
    assert relation.other == ewa
    unrelate(practice=cast.anna.practice, person=cast.ola, relation_id=relation.id)

    assert find_invitation(token=asked.token, now=BOOKED) is None


def test_link_to_an_address_of_the_past_opens_nothing(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    asked = ask(cast)

    name_address(cast.ola, OLA.upper())
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation
    name_address(cast.ola, "new@miedza.example")
    assert find_invitation(token=asked.token, now=BOOKED) is None


def test_restored_links_let_nobody_in(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    invitation = ask(cast).invitation
    assert invitation.can_enter(BOOKED)

    let_no_link_enter(now=BOOKED)

    invitation.refresh_from_db()
    assert not invitation.can_enter(BOOKED)
    assert not enter_once(invitation=invitation, now=BOOKED)


def test_nobody_is_asked_before_rules_are_published(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    with pytest.raises(NothingInForce):
        ask(cast, now=FOUNDED - SECOND)

    assert not Letter.across.exists()
    assert not has_door(cast, cast.ola)
