"""A link to the agreement opens one agreement, for a while, and lets somebody in once."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from miedza.agreements.accepting import VALID, NothingInForce, enter_once
from miedza.agreements.models import ENTER_VALID, Invitation
from miedza.agreements.queries import find_invitation, read_holding
from miedza.db.tokens import make_token, read_token
from miedza.people.actions import relate
from tests.agreements.agreeing import invite
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, FOUNDED, MONDAY, Cast

if TYPE_CHECKING:
    from datetime import datetime

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def _find(token: str, now: datetime = BOOKED) -> Invitation | None:
    return find_invitation(token=token, now=now)


def test_invitation_is_kept_as_told_and_its_secret_is_not(cast: Cast) -> None:
    relate(
        practice=cast.anna.practice, person=cast.ola, other=cast.marek, kind="guardian", now=BOOKED
    )
    made, token = invite(
        cast.anna, cast.ola, asked=cast.marek, holds_at=MONDAY, words="Dzień dobry!",
        mailed_to="marek@miedza.example",
    )  # fmt: skip

    found = _find(token)
    assert found == made
    assert (found.practice, found.person, found.asked) == (
        cast.anna.practice, cast.ola, cast.marek
    )  # fmt: skip
    assert (found.made_at, found.expires_at, found.holds_at) == (BOOKED, BOOKED + VALID, MONDAY)
    assert found.open_text(cast.anna.practice.key) == "Dzień dobry!"
    read = read_token(token)
    assert read is not None
    assert read == (cast.anna.practice_id, made.id, found.token_digest)
    row = repr(Invitation.objects.of(cast.anna.practice_id).values().get())
    assert token not in row
    assert token[43:] not in row


def test_invitation_is_over_when_it_expires(cast: Cast) -> None:
    made, token = invite(cast.anna, cast.ola)

    assert _find(token, BOOKED + VALID - SECOND) == made
    assert _find(token, BOOKED + VALID) is None


def test_earlier_link_is_withdrawn_by_a_newer_one(cast: Cast) -> None:
    _first, old = invite(cast.anna, cast.ola)
    mareks, kept = invite(cast.anna, cast.marek)
    second, new = invite(cast.anna, cast.ola, now=BOOKED + HOUR)

    assert (_find(old), _find(new, BOOKED + HOUR), _find(kept)) == (None, second, mareks)
    rows = Invitation.objects.of(cast.anna.practice_id).order_by("made_at", "id")
    assert set(rows.values_list("person_id", "withdrawn_at")) == {
        (cast.ola.id, BOOKED + HOUR), (cast.marek.id, None), (cast.ola.id, None),
    }  # fmt: skip


def test_every_tampered_letter_of_a_link_opens_nothing(cast: Cast) -> None:
    _made, token = invite(cast.anna, cast.ola)

    for place in range(len(token)):
        letter = "A" if token[place] != "A" else "B"
        assert _find(token[:place] + letter + token[place + 1 :]) is None


def test_link_of_another_practice_or_row_opens_nothing(cast: Cast) -> None:
    mine, _token = invite(cast.anna, cast.ola)
    theirs, token = invite(cast.borys, cast.nastia)
    forged = [
        make_token(cast.anna.practice_id, mine.id)[0],
        make_token(cast.anna.practice_id, theirs.id)[0],
        make_token(uuid.uuid4(), mine.id)[0],
        make_token(cast.anna.practice_id, uuid.uuid4())[0],
    ]

    assert [_find(each) for each in [*forged, "", token[:-1]]] == [None] * 6
    assert _find(token) == theirs


def test_secret_of_one_invitation_does_not_open_another(cast: Cast) -> None:
    _ola, first = invite(cast.anna, cast.ola)
    _marek, second = invite(cast.anna, cast.marek)

    # The first 42 letters name the practice and the row but for some bits of the 43rd.
    assert _find(first[:43] + second[43:]) is None
    assert _find(second[:43] + first[43:]) is None


def test_nobody_is_asked_before_rules_are_published(cast: Cast) -> None:
    with pytest.raises(NothingInForce):
        invite(cast.anna, cast.ola, now=FOUNDED - SECOND)

    assert not Invitation.across.exists()


def test_mailed_link_lets_in_once(cast: Cast) -> None:
    made, _token = invite(cast.anna, cast.ola)

    assert [enter_once(invitation=made, now=BOOKED + HOUR) for _ in range(3)] == [
        True, False, False,
    ]  # fmt: skip
    assert Invitation.objects.of(cast.anna.practice_id).get().entered_at == BOOKED + HOUR


def test_link_that_was_handed_over_lets_nobody_in(cast: Cast) -> None:
    made, token = invite(cast.anna, cast.ola, mailed_to="")

    assert not enter_once(invitation=made, now=BOOKED)
    assert _find(token) == made


def test_link_lets_in_for_a_week_and_not_once_withdrawn(cast: Cast) -> None:
    olas, _token = invite(cast.anna, cast.ola)
    mareks, _token = invite(cast.anna, cast.marek)
    invite(cast.anna, cast.marek, now=BOOKED + HOUR)

    assert not enter_once(invitation=mareks, now=BOOKED + HOUR)
    assert not enter_once(invitation=olas, now=BOOKED + ENTER_VALID)
    assert enter_once(invitation=olas, now=BOOKED + ENTER_VALID - SECOND)


def test_dated_invitation_introduces_rules_for_one_person(cast: Cast) -> None:
    invite(cast.anna, cast.ola, holds_at=MONDAY)
    invite(cast.anna, cast.marek)
    both = [cast.ola.id, cast.marek.id]

    holding = read_holding(practice_id=cast.anna.practice_id, person_ids=both)
    assert holding == {cast.ola.id: ([], True), cast.marek.id: ([], False)}

    invite(cast.anna, cast.ola)  # Asked again without a day: the day was a mistake.
    holding = read_holding(practice_id=cast.anna.practice_id, person_ids=both)
    assert holding == {cast.ola.id: ([], False), cast.marek.id: ([], False)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_of_many_who_open_a_link_at_once_one_enters(standing_cast: Cast, number: int) -> None:
    made, _token = invite(standing_cast.anna, standing_cast.ola)
    entered: list[bool] = []

    answers = race([lambda: entered.append(enter_once(invitation=made, now=BOOKED))] * 6)

    assert answers == {"done": 6}
    assert sorted(entered) == [False] * 5 + [True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_of_many_links_made_at_once_one_works(standing_cast: Cast, number: int) -> None:
    tokens: list[str] = []

    answers = race([lambda: tokens.append(invite(standing_cast.anna, standing_cast.ola)[1])] * 5)

    assert answers == {"done": 5}
    assert len([token for token in tokens if _find(token) is not None]) == 1
