"""The check finds what does not follow from the events, and finds nothing where all is well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.actions import strike
from miedza.bookings.checking import find_false_bookings
from miedza.bookings.judging import judge_due
from miedza.ledger.actions import waive
from miedza.ledger.checking import (
    find_false_editions,
    find_false_rulings,
    find_false_sums,
    replay,
)
from miedza.ledger.models import Ruling, Settlement
from tests.cast import MONDAY, book, tell
from tests.db.behind import as_key, change, unprotected
from tests.ledger.chance import Chance
from tests.sizes import read_size

if TYPE_CHECKING:
    import uuid

    from miedza.bookings.models import Booking
    from miedza.practice.models import Practitioner
    from tests.cast import Cast

SEEDS = max(4, read_size("RACES", 0))
STEPS = 40
HOUR = timedelta(hours=1)


def _find(practitioner: Practitioner, *person_ids: uuid.UUID) -> list[str]:
    """All that the ledger's check finds."""
    of: dict[str, Any] = {"practice_id": practitioner.practice_id}
    faults = list(find_false_editions(**of))
    for person_id in person_ids:
        played = replay(**of, person_id=person_id)
        faults += find_false_rulings(played)
        faults += find_false_sums(played.record)
        faults += find_false_bookings(**of, person_id=person_id, standings=played.standings)
    return faults


@pytest.mark.parametrize("seed", range(100, 100 + SEEDS))
def test_nothing_is_found_after_any_step(cast: Cast, seed: int) -> None:
    chance = Chance(cast, seed)

    for number in range(STEPS):
        act = chance.step()
        assert _find(cast.anna, cast.ola.id, cast.marek.id) == [], (number, act)


def test_deadline_that_passed_and_was_not_judged_is_no_fault(cast: Cast) -> None:
    book(cast.anna, cast.ola)

    assert _find(cast.anna, cast.ola.id) == []
    assert judge_due(now=MONDAY + timedelta(days=9)) == 1
    assert _find(cast.anna, cast.ola.id) == []


def test_person_without_meetings_has_no_faults(cast: Cast) -> None:
    assert _find(cast.anna, cast.ola.id) == []


def test_strike_as_the_last_thing_is_no_fault(cast: Cast) -> None:
    for days in (0, 7):
        tell(cast.anna, book(cast.anna, cast.ola, MONDAY + timedelta(days=days)), "paid", "client",
             MONDAY, amount_minor=20_000)  # fmt: skip
    booking = book(cast.anna, cast.ola, MONDAY + timedelta(days=14))

    strike(practice=cast.anna.practice, booking_id=booking.id, now=MONDAY + HOUR)

    assert _find(cast.anna, cast.ola.id) == []


@pytest.fixture
def missed(cast: Cast) -> Booking:
    """A meeting that Настя missed and owes, and for which she paid something."""
    booking = book(cast.borys, cast.nastia)
    tell(cast.borys, booking, "paid", "client", MONDAY, amount_minor=5_000)
    tell(cast.borys, booking, "left", "practitioner", MONDAY + HOUR / 2)
    assert _find(cast.borys, cast.nastia.id) == []
    return booking


def _ruling(booking: Booking) -> Ruling:
    return Ruling.objects.of(booking.practice_id).get(reason="missed")


def test_changed_ruling_is_found(cast: Cast, missed: Booking) -> None:
    at = f"{MONDAY + HOUR / 2:%Y-%m-%d %H:%M}"
    with unprotected("ledger_ruling"):
        change(
            "UPDATE ledger_ruling SET amount_minor = 1 WHERE id = %s", as_key(_ruling(missed).id)
        )

    said = f"Meeting {missed.id}: the ruling missed missed (crossed) of {at}"
    assert _find(cast.borys, cast.nastia.id) == [
        f"{said}, 1 owed by the client, stands, and does not follow.",
        f"{said}, 20000 owed by the client, follows, and does not stand.",
        f"Meeting {missed.id}: client_minor is 20000, its parts add up to 1.",
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("facts", '{"waited": 1}'), ("step", "end"), ("verdict", "kept"), ("minutes", 99),
        ("by", "practitioner"), ("events", "[]"), ("source", "deadline"), ("reason", "late"),
        ("at", "2026-03-02 09:31:00+00:00"),
    ],
)  # fmt: skip
def test_changed_column_of_a_ruling_is_found(
    cast: Cast, missed: Booking, column: str, value: object
) -> None:
    with unprotected("ledger_ruling"):
        key = as_key(_ruling(missed).id)
        change(f"UPDATE ledger_ruling SET {column} = %s WHERE id = %s", value, key)

    faults = _find(cast.borys, cast.nastia.id)

    assert [fault.rpartition(", and ")[2] for fault in faults] == [
        "does not follow.", "does not stand.",
    ]  # fmt: skip


def test_ruling_that_is_gone_is_found(cast: Cast, missed: Booking) -> None:
    with unprotected("ledger_ruling"):
        change("DELETE FROM ledger_ruling WHERE id = %s", as_key(_ruling(missed).id))

    faults = _find(cast.borys, cast.nastia.id)

    assert len(faults) == 2
    assert "follows, and does not stand." in faults[0]
    assert faults[1].endswith("client_minor is 20000, its parts add up to 0.")


@pytest.mark.parametrize(
    ("column", "value", "by_hand"),
    [
        ("client_minor", 7, "too"), ("practitioner_minor", 7, "too"), ("paid_minor", 7, "too"),
        ("outcome", "released", ""), ("uses_session", False, ""),
    ],
)  # fmt: skip
def test_changed_settlement_is_found(
    cast: Cast, missed: Booking, column: str, value: object, by_hand: str
) -> None:
    last = Settlement.objects.of(missed.practice_id).order_by("edition").last()
    assert last is not None
    with unprotected("ledger_settlement"):
        change(f"UPDATE ledger_settlement SET {column} = %s WHERE id = %s", value, as_key(last.id))

    faults = _find(cast.borys, cast.nastia.id)

    judged = getattr(last, column)
    expected = [f"Meeting {missed.id}: its settlement says {column} {value}, judging {judged}."]
    if by_hand:
        expected.append(f"Meeting {missed.id}: {column} is {value}, its parts add up to {judged}.")
    assert faults == expected


def test_ruling_and_settlement_changed_alike_are_found_by_judging(
    cast: Cast, missed: Booking
) -> None:
    with unprotected("ledger_ruling", "ledger_settlement"):
        change(
            "UPDATE ledger_ruling SET amount_minor = 1 WHERE id = %s", as_key(_ruling(missed).id)
        )
        change(
            "UPDATE ledger_settlement SET client_minor = 1 WHERE meeting_id = %s",
            as_key(missed.id),
        )

    faults = _find(cast.borys, cast.nastia.id)

    assert len(faults) == 3
    assert not [fault for fault in faults if "add up" in fault]


def test_changed_payment_is_found(cast: Cast, missed: Booking) -> None:
    with unprotected("ledger_event"):
        change("UPDATE ledger_event SET amount_minor = 1 WHERE type = 'paid'")

    assert _find(cast.borys, cast.nastia.id) == [
        f"Meeting {missed.id}: its settlement says paid_minor 5000, judging 1.",
        f"Meeting {missed.id}: paid_minor is 5000, its parts add up to 1.",
    ]


def test_settlement_that_is_gone_is_found(cast: Cast, missed: Booking) -> None:
    with unprotected("ledger_settlement"):
        change("DELETE FROM ledger_settlement WHERE edition = 1")
        assert _find(cast.borys, cast.nastia.id) == [
            f"Meeting {missed.id}: its settlements do not follow each other."
        ]
        change("DELETE FROM ledger_settlement")

    assert _find(cast.borys, cast.nastia.id) == [f"Meeting {missed.id} has no settlement."]


def test_retraction_that_was_made_up_is_found(cast: Cast, missed: Booking) -> None:
    change(
        "INSERT INTO ledger_retraction (id, practice_id, ruling_id, made_at) "
        "SELECT id, practice_id, id, made_at FROM ledger_ruling WHERE reason = 'missed'"
    )

    faults = _find(cast.borys, cast.nastia.id)

    assert "follows, and does not stand." in faults[0]


def test_retraction_that_is_gone_is_found(cast: Cast, missed: Booking) -> None:
    tell(cast.borys, missed, "arrived", "client", MONDAY, now=MONDAY + 2 * HOUR)
    assert _find(cast.borys, cast.nastia.id) == []
    with unprotected("ledger_retraction"):
        change("DELETE FROM ledger_retraction")

    assert "does not follow." in _find(cast.borys, cast.nastia.id)[0]


def test_edition_that_is_missing_is_found(cast: Cast, missed: Booking) -> None:
    with unprotected("ledger_ruling"):
        change("UPDATE ledger_ruling SET edition = 2 WHERE id = %s", as_key(_ruling(missed).id))

    assert _find(cast.borys, cast.nastia.id) == [
        f"Meeting {missed.id}: the ruling missed missed has editions that do not follow each other."
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("occupies", True), ("outcome", "held"), ("starts_at", "2026-03-02 09:01:00+00:00")],
)
def test_booking_that_is_not_as_the_ledger_says_is_found(
    cast: Cast, missed: Booking, column: str, value: object
) -> None:
    change(f"UPDATE bookings_booking SET {column} = %s WHERE id = %s", value, as_key(missed.id))

    (fault,) = _find(cast.borys, cast.nastia.id)

    assert fault.startswith(f"Booking {missed.id}: {column} is ")


def test_booking_that_nobody_would_judge_again_is_found(cast: Cast) -> None:
    booking = book(cast.borys, cast.nastia)
    assert booking.judge_again_at is not None

    change("UPDATE bookings_booking SET judge_again_at = NULL WHERE id = %s", as_key(booking.id))

    assert _find(cast.borys, cast.nastia.id) == [
        f"Booking {booking.id} is not judged again when the ledger says."
    ]


def test_gift_changes_no_sum(cast: Cast, missed: Booking) -> None:
    ruling = _ruling(missed)

    waive(
        practice=cast.borys.practice, meeting_id=missed.id, ruling_id=ruling.id,
        by="practitioner", reason="…", now=MONDAY + HOUR,
    )  # fmt: skip

    assert _find(cast.borys, cast.nastia.id) == []
