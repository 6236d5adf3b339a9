"""Asking for the agreement and accepting it: letters, a place, and all judged anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from miedza.agreements.accepting import NothingInForce, StaleAgreement
from miedza.agreements.models import Acceptance, Invitation
from miedza.agreements.queries import find_invitation
from miedza.bookings import agreeing
from miedza.bookings.agreeing import Asked, find_asked
from miedza.ledger.models import Ruling
from miedza.messaging.models import Letter, Mail
from miedza.messaging.queries import read_mail
from miedza.people.actions import relate
from miedza.people.models import Person
from miedza.practice.queries import list_doors
from tests.agreements.agreeing import EVIDENCE, read_text
from tests.bookings.racing import RACES, race
from tests.cast import (
    ANNAS_TERMS,
    BOOKED,
    FOUNDED,
    MONDAY,
    Cast,
    book,
    make_person,
    publish_rules,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from miedza.messaging.envelopes import Envelope

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OLA, EWA, ANNA = "ola@miedza.example", "ewa@miedza.example", "anna@miedza.example"


def _address(person: Person, email: str, language: str = "en") -> Person:
    person.email, person.language = email, language
    person.save()
    return person


def _guard(cast: Cast, email: str = EWA) -> Person:
    """Ewa answers for Ola."""
    ewa = _address(make_person(cast.anna, "Ewa"), email)
    relate(practice=cast.anna.practice, person=cast.ola, other=ewa, kind="guardian", now=BOOKED)
    return ewa


def _ask(cast: Cast, person: Person | None = None, **other: Any) -> Asked:
    told = {"holds_at": None, "words": "", "by_mail": True, "now": BOOKED, **other}
    return agreeing.ask(practice=cast.anna.practice, person=person or cast.ola, **told)


def _accept(cast: Cast, *, now: datetime = BOOKED, **other: Any) -> Acceptance:
    text = read_text(
        cast.anna, cast.ola, now=now, language="en", invitation=other.get("invitation")
    )
    told = {
        "accepted_by": cast.ola, "language": "en", "text_digest": text.digest,
        "typed_name": "Ola Żółć", "evidence": EVIDENCE, "invitation": None, **other,
    }  # fmt: skip
    return agreeing.accept(practice=cast.anna.practice, person=cast.ola, now=now, **told)


def _read(purpose: str) -> dict[str, Envelope]:
    """What was written for a purpose, by address."""
    letters = Letter.across.filter(purpose=purpose)
    return {each.to: read_mail(Mail.objects.get(id=each.mail_id)) for each in letters}


def _has_door(cast: Cast, person: Person) -> bool:
    user = Person.objects.of(cast.anna.practice_id).get(id=person.id).user
    return user is not None and list_doors(user_id=user.id) == [cast.anna.practice]


def test_person_is_asked_by_letter_and_has_a_place(cast: Cast) -> None:
    _address(cast.ola, OLA)

    asked = _ask(cast, words="Dzień dobry!")

    assert (asked.to, asked.invitation.mailed_to, asked.invitation.asked_id) == (
        OLA, OLA, cast.ola.id
    )  # fmt: skip
    said = _read("agreement")[OLA]
    assert said.subject == "How we work together: please read before we begin"
    assert "Dzień dobry!" in said.text
    assert f"{settings.PUBLIC_URL}/agree/{asked.token}/" in said.text
    assert (said.sender_name, said.reply_to) == ("Anna Zielińska", ANNA)
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation
    assert _has_door(cast, cast.ola)


def test_token_stands_nowhere_in_the_open(cast: Cast) -> None:
    _address(cast.ola, OLA)

    asked = _ask(cast)

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
    _address(cast.ola, email)

    asked = _ask(cast, by_mail=by_mail)

    assert (asked.to, asked.invitation.mailed_to) == ("", "")
    assert not Letter.across.exists()
    assert not _has_door(cast, cast.ola)
    assert find_invitation(token=asked.token, now=BOOKED) == asked.invitation


def test_whoever_answers_for_a_person_is_asked(cast: Cast) -> None:
    _address(cast.ola, OLA)
    ewa = _guard(cast)
    assert find_asked(practice=cast.anna.practice, person=cast.ola) == ewa
    assert find_asked(practice=cast.anna.practice, person=cast.marek) == cast.marek

    asked = _ask(cast)

    assert (asked.to, asked.invitation.asked, asked.invitation.person) == (EWA, ewa, cast.ola)
    assert "You are asked because you answer for Ola Żółć." in _read("agreement")[EWA].text
    assert (_has_door(cast, ewa), _has_door(cast, cast.ola)) == (True, False)


def test_running_work_is_told_its_day(cast: Cast) -> None:
    _address(cast.ola, OLA)

    _ask(cast, holds_at=MONDAY)

    said = _read("agreement")[OLA]
    assert said.subject == "From Monday 2 March: the rules of our meetings"
    assert "what happened before that day is not judged by them." in said.text


def test_new_version_tells_what_reads_otherwise(cast: Cast) -> None:
    _address(cast.ola, OLA)
    _accept(cast)
    rules = {**ANNAS_TERMS["rules"], "missed": {"percent": 30}}
    publish_rules(cast.anna, {**ANNAS_TERMS, "rules": rules}, now=BOOKED + HOUR)

    _ask(cast, now=BOOKED + HOUR)

    said = _read("agreement")[OLA]
    assert said.subject == "A new version of our rules: please read"
    assert said.text.count("– ") == 1
    assert "30% of the price" in said.text


def test_asked_again_the_older_link_is_dead_and_both_letters_were_written(cast: Cast) -> None:
    _address(cast.ola, OLA)

    first, second = _ask(cast), _ask(cast, now=BOOKED + HOUR)

    assert find_invitation(token=first.token, now=BOOKED + HOUR) is None
    assert find_invitation(token=second.token, now=BOOKED + HOUR) == second.invitation
    assert Letter.across.filter(purpose="agreement").count() == 2


def test_nobody_is_asked_before_rules_are_published(cast: Cast) -> None:
    _address(cast.ola, OLA)

    with pytest.raises(NothingInForce):
        _ask(cast, now=FOUNDED - SECOND)

    assert not Letter.across.exists()
    assert not _has_door(cast, cast.ola)


def test_introducing_judges_anew_at_once(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    tell(cast.anna, booking, "left", "practitioner", MONDAY + HOUR / 2)
    holding = Ruling.objects.of(cast.anna.practice_id).filter(retractions=None)
    assert holding.exists()

    _ask(cast, by_mail=False, now=MONDAY + DAY)
    assert holding.exists()
    _ask(cast, by_mail=False, holds_at=MONDAY + 2 * DAY, now=MONDAY + DAY)

    assert not holding.exists()


def test_copy_of_the_exact_text_goes_to_both(cast: Cast) -> None:
    _address(cast.ola, OLA)
    ewa = _guard(cast)

    acceptance = _accept(cast, accepted_by=ewa, typed_name="Ewa")

    letters = _read("accepted")
    assert set(letters) == {OLA, EWA}
    text = acceptance.open_text(cast.anna.practice.key).strip()
    for said in letters.values():
        assert said.subject == "Accepted: how we work together"
        assert text in said.text
        assert acceptance.text_digest in said.text
        assert "accepted under the name Ewa." in said.text
        assert "/my/" not in said.text


def test_copy_leads_to_the_place_of_who_has_one(cast: Cast) -> None:
    _address(cast.ola, OLA)
    asked = _ask(cast)
    cast.ola.refresh_from_db()

    _accept(cast, invitation=asked.invitation)

    assert f"{settings.PUBLIC_URL}/my/" in _read("accepted")[OLA].text


def test_accepted_twice_brings_one_copy(cast: Cast) -> None:
    _address(cast.ola, OLA)

    assert _accept(cast) == _accept(cast, now=BOOKED + HOUR)

    assert Letter.across.filter(purpose="accepted").count() == 1


def test_stale_text_leaves_nothing_behind(cast: Cast) -> None:
    _address(cast.ola, OLA)

    with pytest.raises(StaleAgreement):
        _accept(cast, text_digest="0" * 64)

    assert (Acceptance.across.count(), Letter.across.count()) == (0, 0)


@pytest.fixture
def committed(standing_cast: Cast) -> Iterator[Cast]:
    """Everybody, committed, and no mail left behind."""
    _address(standing_cast.ola, OLA)
    yield standing_cast
    Mail.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_accepted_at_once_it_is_one_acceptance_with_one_copy(committed: Cast, number: int) -> None:
    answers = race([lambda: _accept(committed)] * 5)

    assert answers == {"done": 5}
    assert (Acceptance.across.count(), Letter.across.count()) == (1, 1)
