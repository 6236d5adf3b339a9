"""One draft at a time; what is published binds, and stays as it was."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import Error, IntegrityError, transaction

from miedza.agreements.actions import (
    NothingToPublish,
    StaleDraft,
    discard_draft,
    publish_draft,
    save_draft,
)
from miedza.agreements.models import RulesVersion
from miedza.agreements.queries import find_draft, find_in_force, list_published
from miedza.agreements.templates import MINUTES, TEMPLATES, begin_terms
from miedza.core.faults import InvalidDocument
from miedza.core.terms import read_terms
from miedza.ledger.models import Ruling
from miedza.practice.models import PROFESSIONS
from tests.bookings.racing import RACES, race
from tests.cast import ANNAS_TERMS, BOOKED, FOUNDED, MONDAY, Cast, book, publish_rules, tell

if TYPE_CHECKING:
    from miedza.practice.models import Practice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _terms(percent: int) -> dict[str, Any]:
    """Anna's terms, with another price of a missed meeting."""
    rules = {**ANNAS_TERMS["rules"], "missed": {"percent": percent}}
    rules.pop("goodwill")
    return {**ANNAS_TERMS, "rules": rules}


def _numbers(practice: Practice) -> list[tuple[int, bool]]:
    """Each version: its number, and whether it is published."""
    versions = RulesVersion.objects.of(practice.id).order_by("number")
    return [(version.number, version.published_at is not None) for version in versions]


def test_draft_is_kept_and_overwritten_until_it_is_published(cast: Cast) -> None:
    practice = cast.anna.practice

    save_draft(practice=practice, terms=_terms(10))
    draft = save_draft(practice=practice, terms=_terms(20))

    assert find_draft(practice_id=practice.id) == draft
    assert (draft.number, draft.terms) == (2, _terms(20))
    assert _numbers(practice) == [(1, True), (2, False)]
    publish_draft(practice=practice, number=2, now=BOOKED)
    assert find_draft(practice_id=practice.id) is None
    assert _numbers(practice) == [(1, True), (2, True)]


def test_terms_with_faults_are_not_kept(cast: Cast) -> None:
    with pytest.raises(InvalidDocument):
        save_draft(practice=cast.anna.practice, terms=_terms(101))

    assert find_draft(practice_id=cast.anna.practice_id) is None


def test_publishing_in_a_second_window_is_refused(cast: Cast) -> None:
    practice = cast.anna.practice
    save_draft(practice=practice, terms=_terms(10))
    publish_draft(practice=practice, number=2, now=BOOKED)

    with pytest.raises(NothingToPublish):
        publish_draft(practice=practice, number=2, now=BOOKED)
    save_draft(practice=practice, terms=_terms(20))
    with pytest.raises(StaleDraft):
        publish_draft(practice=practice, number=2, now=BOOKED)

    assert _numbers(practice) == [(1, True), (2, True), (3, False)]


def test_draft_is_discarded_and_what_is_published_stays(cast: Cast) -> None:
    practice = cast.anna.practice
    save_draft(practice=practice, terms=_terms(10))

    assert [discard_draft(practice=practice) for _ in range(2)] == [True, False]

    assert _numbers(practice) == [(1, True)]


def test_database_keeps_one_draft_and_each_number_once(cast: Cast) -> None:
    practice = cast.anna.practice
    save_draft(practice=practice, terms=_terms(10))

    with pytest.raises(IntegrityError), transaction.atomic():
        RulesVersion.across.create(practice=practice, number=3, terms={})
    with pytest.raises(IntegrityError), transaction.atomic():
        RulesVersion.across.create(practice=practice, number=1, terms={}, published_at=BOOKED)


def test_published_version_is_not_changed_by_an_old_copy(cast: Cast) -> None:
    practice = cast.anna.practice
    old = save_draft(practice=practice, terms=_terms(10))
    publish_draft(practice=practice, number=2, now=BOOKED)
    old.terms = _terms(100)

    with pytest.raises(Error, match="append-only"), transaction.atomic():
        old.save()

    assert RulesVersion.objects.of(practice.id).get(number=2).terms == _terms(10)


def test_version_in_force_is_the_last_published_up_to_then(cast: Cast) -> None:
    practice_id = cast.anna.practice_id
    publish_rules(cast.anna, _terms(10), now=BOOKED)

    def number(at: Any) -> int | None:
        version = find_in_force(practice_id=practice_id, at=at)
        return None if version is None else version.number

    ats = (FOUNDED - HOUR, FOUNDED, BOOKED - HOUR, BOOKED, MONDAY)
    assert [number(at) for at in ats] == [None, 1, 1, 2, 2]
    assert [version.number for version in list_published(practice_id=practice_id)] == [1, 2]


def test_meeting_is_judged_by_the_version_it_was_booked_under(cast: Cast) -> None:
    publish_rules(cast.anna, _terms(10), now=BOOKED - HOUR)
    before = book(cast.anna, cast.ola)
    publish_rules(cast.anna, _terms(90), now=BOOKED + HOUR)
    after = book(cast.anna, cast.ola, MONDAY + DAY, now=BOOKED + HOUR)

    for booking in (before, after):
        tell(cast.anna, booking, "left", "practitioner", MONDAY + 2 * DAY)

    fees = Ruling.objects.of(cast.anna.practice_id).filter(reason="missed")
    assert dict(fees.values_list("meeting_id", "amount_minor")) == {
        before.id: 2_000, after.id: 18_000,
    }  # fmt: skip


@pytest.mark.parametrize("template", sorted(TEMPLATES))
@pytest.mark.parametrize("profession", PROFESSIONS)
def test_every_beginning_is_sound(template: str, profession: str) -> None:
    terms = begin_terms(
        template=template, profession=profession, currency="PLN", time_zone="Europe/Warsaw"
    )

    assert read_terms(terms).rules["session"]["minutes"] == MINUTES[profession]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_drafts_of_many_windows_become_one(standing_cast: Cast, number: int) -> None:
    practice = standing_cast.anna.practice

    answers = race(
        [partial(save_draft, practice=practice, terms=_terms(percent)) for percent in range(8)]
    )

    assert answers == {"done": 8}
    assert _numbers(practice) == [(1, True), (2, False)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_of_publishing_and_discarding_at_once_one_happens(standing_cast: Cast, number: int) -> None:
    practice = standing_cast.anna.practice
    save_draft(practice=practice, terms=_terms(10))
    discarded: list[bool] = []

    answers = race(
        [
            *[lambda: publish_draft(practice=practice, number=2, now=BOOKED)] * 3,
            *[lambda: discarded.append(discard_draft(practice=practice))] * 3,
        ]
    )

    published = answers["done"] - 3
    assert (published, sum(discarded)) in [(1, 0), (0, 1)]
    assert set(answers) <= {"done", "NothingToPublish"}
    assert _numbers(practice) == [(1, True), (2, True)][: 1 + published]
