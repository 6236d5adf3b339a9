"""Asking for the agreement and accepting it: letters, a place, and all judged anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from miedza.agreements.accepting import (
    StaleAgreement,
)
from miedza.agreements.models import Acceptance
from miedza.agreements.queries import find_invitation
from miedza.ledger.models import Ruling
from miedza.messaging.models import Letter, Mail
from tests.bookings.asking import accept, ask, guard, has_door, name_address, read_letters
from tests.bookings.racing import RACES, race
from tests.cast import (
    ANNAS_TERMS,
    BOOKED,
    MONDAY,
    Cast,
    book,
    publish_rules,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OLA, EWA, ANNA = "ola@miedza.example", "ewa@miedza.example", "anna@miedza.example"


def test_person_is_asked_by_letter_and_has_a_place(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    asked = ask(cast, words="Dzień dobry!")

    assert (asked.to, asked.invitation.mailed_to, asked.invitation.asked_id) == (
        OLA, OLA, cast.ola.id
    )  # fmt: skip
    said = read_letters("agreement")[OLA]
    assert said.subject == "How we work together: please read before we begin"
    assert "Dzień dobry!" in said.text
    assert f"{settings.PUBLIC_URL}/agree/{asked.token}/" in said.text
    kept = Letter.across.get().open_text(cast.anna.practice.key)
    assert f"{settings.PUBLIC_URL}/agree/…/" in kept
    assert asked.token not in kept
    assert (said.sender_name, said.reply_to) == ("Anna Zielińska", ANNA)
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation
    assert has_door(cast, cast.ola)


def test_running_work_is_told_its_day(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    ask(cast, holds_at=MONDAY)

    said = read_letters("agreement")[OLA]
    assert said.subject == "From 2 March 2026: the rules of our meetings"
    assert "what happened before that day is not judged by them." in said.text


def test_new_version_tells_what_reads_otherwise(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    accept(cast)
    rules = {**ANNAS_TERMS["rules"], "missed": {"percent": 30}}
    publish_rules(cast.anna, {**ANNAS_TERMS, "rules": rules}, now=BOOKED + HOUR)

    ask(cast, now=BOOKED + HOUR)

    said = read_letters("agreement")[OLA]
    assert said.subject == "A new version of our rules: please read"
    assert said.text.count("– ") == 1
    assert "30% of the price" in said.text


def test_new_version_in_running_work_tells_its_day(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    accept(cast)
    publish_rules(cast.anna, ANNAS_TERMS, now=BOOKED + HOUR)

    ask(cast, now=BOOKED + HOUR, holds_at=MONDAY)

    said = read_letters("agreement")[OLA]
    assert said.subject == "A new version of our rules: please read"
    assert "have a new version. It holds from 2 March 2026." in " ".join(said.text.split())
    assert "reads otherwise" not in said.text  # Nothing does.


def test_introducing_judges_anew_at_once(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "left", "practitioner", MONDAY + HOUR / 2)
    holding = Ruling.objects.of(cast.anna.practice_id).filter(retractions=None)
    assert holding.exists()

    ask(cast, by_mail=False, now=MONDAY + DAY)
    assert holding.exists()
    ask(cast, by_mail=False, holds_at=MONDAY + 2 * DAY, now=MONDAY + DAY)

    assert not holding.exists()


def test_copy_of_the_exact_text_goes_to_both(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    ewa = guard(cast)

    acceptance = accept(cast, accepted_by=ewa, typed_name="Ewa")

    letters = read_letters("accepted")
    assert set(letters) == {OLA, EWA}
    text = acceptance.open_text(cast.anna.practice.key).strip()
    for said in letters.values():
        assert said.subject == "Accepted: how we work together"
        assert text in said.text
        assert acceptance.text_digest in said.text
        assert "accepted under the name Ewa." in said.text
        assert "/my/" not in said.text


def test_copy_leads_to_the_place_of_who_has_one(cast: Cast) -> None:
    name_address(cast.ola, OLA)
    asked = ask(cast)
    cast.ola.refresh_from_db()

    accept(cast, invitation=asked.invitation)

    assert f"{settings.PUBLIC_URL}/my/" in read_letters("accepted")[OLA].text


def test_accepted_twice_brings_one_copy(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    assert accept(cast) == accept(cast, now=BOOKED + HOUR)

    assert Letter.across.filter(purpose="accepted").count() == 1


def test_stale_text_leaves_nothing_behind(cast: Cast) -> None:
    name_address(cast.ola, OLA)

    with pytest.raises(StaleAgreement):
        accept(cast, text_digest="0" * 64)

    assert (Acceptance.across.count(), Letter.across.count()) == (0, 0)


@pytest.fixture
def committed(standing_cast: Cast) -> Iterator[Cast]:
    """Everybody, committed, and no mail left behind."""
    name_address(standing_cast.ola, OLA)
    yield standing_cast
    Mail.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_accepted_at_once_it_is_one_acceptance_with_one_copy(committed: Cast, number: int) -> None:
    answers = race([lambda: accept(committed)] * 5)

    assert answers == {"done": 5}
    assert (Acceptance.across.count(), Letter.across.count()) == (1, 1)
