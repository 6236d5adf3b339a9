"""What people decide about a ruling stands beside it; no fee is charged before, none unagreed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from miedza.ledger.actions import waive
from miedza.ledger.deciding import NobodyAgreed, NothingToDecide, NothingToSay, decide, object_to
from miedza.ledger.models import Decision, Objection, Ruling
from miedza.ledger.records import list_waiting
from tests.agreements.agreeing import accept
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, BORYSS_TERMS, MONDAY, Cast, book, publish_rules, tell
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from miedza.bookings.models import Booking

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = MONDAY + DAY


def _miss(cast: Cast, *, agreed: bool = True) -> tuple[Booking, Ruling]:
    """A meeting that Настя missed, and the ruling that names its fee."""
    if agreed:
        accept(cast.borys, cast.nastia, now=BOOKED - HOUR)
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "left", "practitioner", MONDAY + HOUR / 2)
    return booking, Ruling.objects.of(cast.borys.practice_id).get(reason="missed")


def _decide(cast: Cast, ruling: Ruling, choice: str, **other: Any) -> Decision:
    told = {"practice": cast.borys.practice, "now": NOW, **other}
    return decide(ruling_id=ruling.id, choice=choice, **told)


def _waive(cast: Cast, ruling: Ruling, by: str = "practitioner") -> None:
    waive(
        practice=cast.borys.practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id, by=by,
        reason="…", now=NOW,
    )  # fmt: skip


def _choices(cast: Cast) -> list[tuple[int, str]]:
    rows = Decision.objects.of(cast.borys.practice_id).order_by("edition")
    return list(rows.values_list("edition", "choice"))


def _waiting(cast: Cast) -> int:
    return list_waiting(practice_id=cast.borys.practice_id).count()


def test_decision_is_a_row_of_its_own_and_rewrites_nothing(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    before = Ruling.objects.of(cast.borys.practice_id).values().get()

    made = _decide(cast, ruling, "apply")

    assert (made.ruling_id, made.edition, made.choice, made.made_at) == (ruling.id, 1, "apply", NOW)
    assert Ruling.objects.of(cast.borys.practice_id).values().get() == before


def test_decided_the_same_twice_is_one_decision(cast: Cast) -> None:
    _booking, ruling = _miss(cast)

    first = _decide(cast, ruling, "apply")

    assert _decide(cast, ruling, "apply", now=NOW + HOUR) == first
    assert _choices(cast) == [(1, "apply")]


def test_editions_follow_each_other_and_the_last_one_holds(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    waiting = [_waiting(cast)]

    for choice in ("talk", "apply", "apply", "open", "apply", "talk"):
        _decide(cast, ruling, choice)
        waiting.append(_waiting(cast))

    assert _choices(cast) == [
        (1, "talk"), (2, "apply"), (3, "open"), (4, "apply"), (5, "talk"),
    ]  # fmt: skip
    assert waiting == [1, 1, 0, 0, 1, 0, 1]


def test_fee_is_not_left_be_since_that_is_a_gift(cast: Cast) -> None:
    _booking, ruling = _miss(cast)

    with pytest.raises(NothingToDecide):
        _decide(cast, ruling, "leave")

    assert _choices(cast) == []


def test_crossing_without_a_fee_is_left_be(cast: Cast) -> None:
    accept(cast.borys, cast.nastia, now=BOOKED - HOUR)
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "arrived", "client", MONDAY + HOUR / 4)
    late = Ruling.objects.of(cast.borys.practice_id).get(reason="late")
    assert (late.owed_by, late.step, _waiting(cast)) == (None, "remind", 1)

    made = _decide(cast, late, "leave")

    assert (made.choice, _waiting(cast)) == ("leave", 0)


def test_fee_that_nobody_agreed_to_is_not_charged(cast: Cast) -> None:
    _booking, ruling = _miss(cast, agreed=False)

    with pytest.raises(NobodyAgreed):
        _decide(cast, ruling, "apply")
    assert _decide(cast, ruling, "talk").choice == "talk"

    assert _choices(cast) == [(1, "talk")]
    assert _waiting(cast) == 1


def test_what_the_practitioner_owes_needs_no_agreement(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "left", "client", MONDAY + HOUR / 2)
    ruling = Ruling.objects.of(cast.borys.practice_id).get(owed_by="practitioner")

    assert _decide(cast, ruling, "apply").choice == "apply"


def test_agreement_to_a_later_version_is_none_to_this_one(cast: Cast) -> None:
    _booking, ruling = _miss(cast, agreed=False)
    publish_rules(cast.borys, BORYSS_TERMS, now=NOW)
    accept(cast.borys, cast.nastia, now=NOW)

    with pytest.raises(NobodyAgreed):
        _decide(cast, ruling, "apply")


def test_ruling_that_does_not_hold_is_not_decided(cast: Cast) -> None:
    booking, ruling = _miss(cast)
    left = Ruling.objects.of(cast.borys.practice_id).get().source
    tell(cast.borys, booking, "voided", "practitioner", NOW, voids_id=uuid.UUID(left))

    for choice in ("apply", "talk", "leave", "open"):
        with pytest.raises(NothingToDecide):
            _decide(cast, ruling, choice)
    assert _choices(cast) == []


def test_what_was_given_away_is_not_decided(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    _waive(cast, ruling)

    for choice in ("apply", "talk", "leave", "open"):
        with pytest.raises(NothingToDecide):
            _decide(cast, ruling, choice)
    assert _waiting(cast) == 0


def test_what_was_kept_or_is_unclear_is_not_decided(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "arrived", "client", MONDAY)
    tell(cast.borys, booking, "incident", "client", MONDAY, text="…")

    rulings = list(Ruling.objects.of(cast.borys.practice_id).order_by("verdict"))
    assert {ruling.verdict for ruling in rulings} <= {"kept", "unclear"}
    assert rulings
    for ruling in rulings:
        with pytest.raises(NothingToDecide):
            _decide(cast, ruling, "apply")


def test_ruling_of_another_practice_or_of_none_is_not_decided(cast: Cast) -> None:
    _booking, ruling = _miss(cast)

    with pytest.raises(NothingToDecide):
        _decide(cast, ruling, "talk", practice=cast.anna.practice)
    with pytest.raises(NothingToDecide):
        decide(practice=cast.borys.practice, ruling_id=uuid.uuid4(), choice="talk", now=NOW)
    assert not Decision.across.exists()


def test_decision_goes_with_its_ruling_when_that_comes_anew(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    _decide(cast, ruling, "apply")

    # Something that came to light later makes it the second miss: another step, decided anew.
    earlier = book(cast.borys, cast.nastia, MONDAY - DAY)
    tell(cast.borys, earlier, "left", "practitioner", MONDAY - DAY / 2, now=MONDAY + 2 * DAY)

    anew = Ruling.objects.of(cast.borys.practice_id).get(
        meeting_id=ruling.meeting_id, retractions=None
    )
    assert (anew.edition, anew.step) == (2, "talk")
    with pytest.raises(NothingToDecide):
        _decide(cast, ruling, "talk")
    assert (_decide(cast, anew, "apply").edition, _waiting(cast)) == (1, 1)


def test_database_keeps_each_edition_once(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    _decide(cast, ruling, "talk")

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.across.create(
            practice=cast.borys.practice, ruling_id=ruling.id, edition=1, choice="open",
            made_at=NOW,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_decisions_made_at_once_follow_each_other(standing_cast: Cast, number: int) -> None:
    _booking, ruling = _miss(standing_cast)

    answers = race(
        [lambda: _decide(standing_cast, ruling, "apply")] * 3
        + [lambda: _waive(standing_cast, ruling)]
    )

    assert set(answers) <= {"done", "NothingToDecide"}
    assert _choices(standing_cast) in ([], [(1, "apply")])


def _object(cast: Cast, ruling: Ruling, text: str = "…", **other: Any) -> Objection:
    told = {"practice": cast.borys.practice, "meeting_id": ruling.meeting_id, "now": NOW, **other}
    return object_to(ruling_id=ruling.id, text=text, **told)


def test_objection_stands_beside_the_ruling_and_is_sealed(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    before = Ruling.objects.of(cast.borys.practice_id).values().get()

    for text in HOSTILE:
        told = _object(cast, ruling, text)
        assert told.open_text(cast.borys.practice.key) == text
        assert len(text) < 4 or text.encode() not in bytes(told.sealed_text or b"")

    assert Ruling.objects.of(cast.borys.practice_id).values().get() == before
    assert _waiting(cast) == 1


def test_objection_said_twice_with_one_id_is_one(cast: Cast) -> None:
    _booking, ruling = _miss(cast)
    wanted = uuid.uuid4()

    first = _object(cast, ruling, "nie tak", id=wanted)

    assert _object(cast, ruling, "inaczej", id=wanted) == first
    assert Objection.objects.of(cast.borys.practice_id).count() == 1


def test_nothing_is_said_of_a_ruling_that_does_not_hold_or_is_elsewhere(cast: Cast) -> None:
    booking, ruling = _miss(cast)
    others: list[dict[str, Any]] = [
        {"practice": cast.anna.practice}, {"meeting_id": uuid.uuid4()},
        {"meeting_id": book(cast.borys, cast.nastia, MONDAY + DAY).id},
    ]  # fmt: skip
    for other in others:
        with pytest.raises(NothingToSay):
            _object(cast, ruling, **other)

    tell(cast.borys, booking, "voided", "client", NOW, voids_id=uuid.UUID(ruling.source))
    with pytest.raises(NothingToSay):
        _object(cast, ruling)
    assert not Objection.across.exists()
