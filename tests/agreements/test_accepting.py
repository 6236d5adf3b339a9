"""An acceptance is evidence: of one text, by one person, once, and it stays as it was."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import Error, IntegrityError, transaction

from miedza.agreements.accepting import Evidence, NothingInForce, StaleAgreement
from miedza.agreements.models import Acceptance
from miedza.agreements.queries import find_in_force, list_not_accepted, read_standing
from miedza.people.actions import add_person, change_person, relate
from miedza.practice.actions import create_practice
from tests.agreements.agreeing import EVIDENCE, accept, invite, read_text
from tests.bookings.racing import RACES, race
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, make_person, publish_rules
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from miedza.people.models import Person
    from miedza.practice.models import Practice

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
OTHER: dict[str, Any] = {
    **ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 10}}
}  # fmt: skip


def _count(practice: Practice) -> int:
    return Acceptance.objects.of(practice.id).count()


def test_evidence_is_kept_whole(cast: Cast) -> None:
    anna, ola, marek = cast.anna, cast.ola, cast.marek
    rules = find_in_force(practice_id=anna.practice_id, at=BOOKED)
    text = read_text(anna, ola, language="ru")
    relate(practice=anna.practice, person=ola, other=marek, kind="guardian", now=BOOKED)

    told = accept(anna, ola, accepted_by=marek, typed_name="M. Łącki", language="ru")

    kept = Acceptance.objects.of(anna.practice_id).get()
    assert kept == told
    plain = kept.open_text(anna.practice.key)
    assert plain == text.plain
    assert kept.text_digest == hashlib.sha256(plain.encode()).hexdigest()
    assert (kept.person, kept.accepted_by, kept.rules) == (ola, marek, rules)
    assert (kept.language, kept.typed_name) == ("ru", "M. Łącki")
    assert Evidence(kept.way, kept.address, kept.agent) == EVIDENCE
    assert (kept.holds_at, kept.accepted_at) == (BOOKED, BOOKED)


def test_text_is_sealed(cast: Cast) -> None:
    kept = accept(cast.anna, cast.ola)

    sealed = bytes(kept.sealed_text or b"")
    assert sealed
    assert "Żółć".encode() not in sealed
    assert b"Zasady" not in sealed


def test_accepted_at_is_a_whole_second(cast: Cast) -> None:
    kept = accept(cast.anna, cast.ola, now=BOOKED + timedelta(microseconds=999_999))

    assert (kept.accepted_at, kept.holds_at) == (BOOKED, BOOKED)


def test_accepted_twice_is_the_first_acceptance(cast: Cast) -> None:
    first = accept(cast.anna, cast.ola)

    again = accept(cast.anna, cast.ola, now=BOOKED + DAY, typed_name="Ktoś inny", language="en")

    assert again == first
    assert (again.typed_name, again.accepted_at, again.language) == ("Ola Żółć", BOOKED, "pl")
    assert _count(cast.anna.practice) == 1


def test_each_person_and_each_version_is_accepted_apart(cast: Cast) -> None:
    accept(cast.anna, cast.ola)
    accept(cast.anna, cast.marek)
    accept(cast.borys, cast.nastia)
    publish_rules(cast.anna, OTHER, now=BOOKED + HOUR)
    accept(cast.anna, cast.ola, now=BOOKED + DAY)

    rows = Acceptance.objects.of(cast.anna.practice_id).order_by("accepted_at", "person_id")
    told = Counter(rows.values_list("person_id", "rules__number"))
    assert told == Counter([(cast.ola.id, 1), (cast.marek.id, 1), (cast.ola.id, 2)])


def test_version_that_was_replaced_meanwhile_is_refused(cast: Cast) -> None:
    read = read_text(cast.anna, cast.ola)
    publish_rules(cast.anna, OTHER, now=BOOKED + HOUR)

    with pytest.raises(StaleAgreement):
        accept(cast.anna, cast.ola, now=BOOKED + HOUR, text_digest=read.digest)

    assert _count(cast.anna.practice) == 0


def test_same_terms_in_a_new_version_are_read_again(cast: Cast) -> None:
    read = read_text(cast.anna, cast.ola)
    publish_rules(cast.anna, ANNAS_TERMS, now=BOOKED + HOUR)

    with pytest.raises(StaleAgreement):
        accept(cast.anna, cast.ola, now=BOOKED + HOUR, text_digest=read.digest)


@pytest.mark.parametrize("digest", ["", "0" * 64, "x"])
def test_text_that_nobody_showed_is_refused(cast: Cast, digest: str) -> None:
    with pytest.raises(StaleAgreement):
        accept(cast.anna, cast.ola, text_digest=digest)


def test_text_of_another_language_person_or_practice_is_refused(cast: Cast) -> None:
    others = [
        read_text(cast.anna, cast.ola, language="en"),
        read_text(cast.anna, cast.marek),
        read_text(cast.borys, cast.nastia),
    ]

    for text in others:
        with pytest.raises(StaleAgreement):
            accept(cast.anna, cast.ola, text_digest=text.digest)


def test_name_that_was_corrected_meanwhile_makes_it_stale(cast: Cast) -> None:
    read = read_text(cast.anna, cast.ola)
    change_person(
        practice=cast.anna.practice, person=cast.ola, name="Aleksandra Żółć", email="", phone="",
        language="pl", what_for="", usual_minutes=60, usual_price_minor=1,
    )  # fmt: skip

    with pytest.raises(StaleAgreement):
        accept(cast.anna, cast.ola, text_digest=read.digest)


def test_without_published_rules_there_is_nothing_to_accept(cast: Cast) -> None:
    with pytest.raises(NothingInForce):
        accept(cast.anna, cast.ola, now=FOUNDED - SECOND, text_digest="")


def test_day_of_the_invitation_counts_and_is_in_the_text(cast: Cast) -> None:
    invitation, _token = invite(cast.anna, cast.ola, holds_at=MONDAY)

    kept = accept(cast.anna, cast.ola, invitation=invitation)

    assert (kept.accepted_at, kept.holds_at) == (BOOKED, MONDAY)
    assert "Umowa obowiązuje od 2 marca 2026." in kept.open_text(cast.anna.practice.key)


def test_day_that_has_passed_is_not_promised(cast: Cast) -> None:
    invitation, _token = invite(cast.anna, cast.ola, holds_at=MONDAY)
    before = read_text(cast.anna, cast.ola, invitation=invitation, now=MONDAY - SECOND)

    with pytest.raises(StaleAgreement):
        accept(cast.anna, cast.ola, invitation=invitation, now=MONDAY, text_digest=before.digest)
    kept = accept(cast.anna, cast.ola, invitation=invitation, now=MONDAY)

    assert (kept.accepted_at, kept.holds_at) == (MONDAY, MONDAY)
    assert "od chwili akceptacji" in kept.open_text(cast.anna.practice.key)


def test_hostile_names_and_browsers_are_kept_as_they_are(cast: Cast) -> None:
    for text in HOSTILE:
        name = text[:120]
        person = _add(cast, name)
        evidence = Evidence("place", "1.2.3.4", text)

        kept = accept(cast.anna, person, typed_name=name, evidence=evidence)

        stored = Acceptance.objects.of(cast.anna.practice_id).get(id=kept.id)
        assert (stored.typed_name, stored.agent) == (name, text[:300])
        assert name in stored.open_text(cast.anna.practice.key)


def _add(cast: Cast, name: str) -> Person:
    return add_person(
        practice=cast.anna.practice, name=name, email="", phone="", language="pl", what_for="",
        usual_minutes=60, usual_price_minor=1, now=BOOKED,
    )  # fmt: skip


def test_long_and_empty_browsers_are_kept_as_far_as_they_fit(cast: Cast) -> None:
    long = Evidence("link", "1" * 60, "\0" + "ż" * 400)

    kept = [
        accept(cast.anna, cast.ola, evidence=long),
        accept(cast.anna, cast.marek, evidence=Evidence("in_person", "", "")),
    ]

    assert [(each.address, each.agent) for each in kept] == [("1" * 45, "ż" * 300), ("", "")]


def test_who_was_not_asked_stands_so(cast: Cast) -> None:
    in_force = find_in_force(practice_id=cast.anna.practice_id, at=BOOKED)

    standing = read_standing(practice_id=cast.anna.practice_id, person_id=cast.ola.id, now=BOOKED)

    assert not standing.may_book
    assert standing == (in_force, None, None, None, None)


def test_standing_tells_what_is_accepted_and_what_was(cast: Cast) -> None:
    of: dict[str, Any] = {"practice_id": cast.anna.practice_id, "person_id": cast.ola.id}
    first = accept(cast.anna, cast.ola)
    assert read_standing(**of, now=BOOKED)[1:] == (first, None, None, None)
    publish_rules(cast.anna, OTHER, now=BOOKED + HOUR)
    invitation, _token = invite(cast.anna, cast.ola, now=BOOKED + HOUR)

    asked = read_standing(**of, now=BOOKED + HOUR)
    second = accept(cast.anna, cast.ola, now=BOOKED + DAY)
    then = read_standing(**of, now=BOOKED + DAY)

    assert (asked[1:], asked.may_book) == ((None, first, invitation, None), False)
    assert (then[1:3], then.may_book) == ((second, first), True)
    assert read_standing(**of, now=BOOKED + 61 * DAY).invitation is None


def test_who_accepted_an_earlier_version_only_is_listed(cast: Cast) -> None:
    zoe = make_person(cast.anna, "Zoe")
    accept(cast.anna, cast.ola)
    mareks = accept(cast.anna, cast.marek)
    publish_rules(cast.anna, OTHER, now=BOOKED + HOUR)
    accept(cast.anna, cast.ola, now=BOOKED + DAY)
    accept(cast.anna, zoe, now=BOOKED + DAY)
    second = find_in_force(practice_id=cast.anna.practice_id, at=BOOKED + DAY)
    assert second is not None

    listed = list_not_accepted(practice_id=cast.anna.practice_id, rules_id=second.id)

    assert listed == [mareks]


def test_acceptance_is_only_added(cast: Cast) -> None:
    kept = accept(cast.anna, cast.ola)
    before = Acceptance.objects.of(cast.anna.practice_id).values().get()
    kept.typed_name = "Ktoś inny"

    for change in (kept.save, kept.delete, Acceptance.objects.of(cast.anna.practice_id).delete):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            change()

    assert Acceptance.objects.of(cast.anna.practice_id).values().get() == before


def test_database_keeps_one_acceptance_of_a_version(cast: Cast) -> None:
    accept(cast.anna, cast.ola)
    row: dict[str, Any] = {**Acceptance.objects.of(cast.anna.practice_id).values().get()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.across.create(**{**row, "id": cast.ola.id})


def test_practice_created_elsewhere_sees_nothing_of_it(cast: Cast) -> None:
    accept(cast.anna, cast.ola)
    other = create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
        currency="EUR", time_zone="UTC", now=BOOKED,
    )  # fmt: skip

    standing = read_standing(practice_id=other.practice_id, person_id=cast.ola.id, now=BOOKED)

    assert standing == (None, None, None, None, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_many_who_accept_at_once_are_one_acceptance(standing_cast: Cast, number: int) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    kept: list[Any] = []

    answers = race([lambda: kept.append(accept(anna, ola).id)] * 6)

    assert answers == {"done": 6}
    assert len(set(kept)) == 1
    assert _count(anna.practice) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_publishing_while_somebody_accepts_leaves_no_stale_acceptance(
    standing_cast: Cast, number: int
) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    read = read_text(anna, ola)

    answers = race(
        [
            *[lambda: accept(anna, ola, text_digest=read.digest)] * 3,
            lambda: publish_rules(anna, OTHER, now=BOOKED),
        ]
    )

    assert set(answers) <= {"done", "StaleAgreement"}
    for kept in Acceptance.objects.of(anna.practice_id).select_related("rules"):
        assert (kept.rules.number, kept.text_digest) == (1, read.digest)
