"""The code that shows a visitor's address to be theirs: of one hold, for a few tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from miedza.bookings.holding import (
    MOST_WRONG,
    STEP,
    WrongCode,
    show_code,
    write_details,
)
from miedza.bookings.keeping import Answered
from miedza.bookings.lapsing import lapse_due
from miedza.bookings.offering import list_free
from miedza.people.models import Person
from tests.bookings.keeping import (
    JAN,
    SECOND,
    TEN,
    hold,
    serve,
)
from tests.bookings.offered import offer
from tests.cast import BOOKED, MONDAY, Cast

if TYPE_CHECKING:
    from miedza.bookings.models import Service

JANS = "jan@miedza.example"


def _begin(cast: Cast) -> Service:
    """Open hours and a service to visitors."""
    offer(cast.anna)
    return serve(cast.anna)


def _guess(code: str) -> str:
    """Another code than this one."""
    return code.translate(str.maketrans("23456789", "34567892"))


def test_nobody_is_let_in_without_the_code(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    for code in ("", " ", "222222"):
        with pytest.raises(WrongCode):
            show_code(kept=kept, code=code, now=BOOKED)
    code = write_details(kept=kept, details=JAN, now=BOOKED)

    for guess in ("", code[:-1], code + "2", _guess(code)):
        with pytest.raises(WrongCode):
            show_code(kept=kept, code=guess, now=BOOKED)
    assert not Person.across.filter(email=JANS).exists()

    assert show_code(kept=kept, code=f" {code[:3]} {code[3:]} ", now=BOOKED).email == JANS


def test_after_five_wrong_codes_the_time_is_held_no_more(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    code = write_details(kept=kept, details=JAN, now=BOOKED)

    for _ in range(MOST_WRONG):
        with pytest.raises(WrongCode):
            show_code(kept=kept, code=_guess(code), now=BOOKED)
    with pytest.raises(WrongCode):
        show_code(kept=kept, code=code, now=BOOKED)
    kept.refresh_from_db()
    assert kept.wrong_codes == MOST_WRONG

    with pytest.raises(Answered):  # Another code gives no more tries: the time is held no more.
        write_details(kept=kept, details=JAN, now=BOOKED)
    assert MONDAY in list_free(practitioner=cast.anna, minutes=60, now=BOOKED)


def test_code_is_of_one_hold_and_the_last_letter(cast: Cast) -> None:
    service = _begin(cast)
    mine, other = hold(cast.anna, service), hold(cast.anna, service, TEN)
    first = write_details(kept=mine, details=JAN, now=BOOKED)
    second = write_details(kept=mine, details=JAN, now=BOOKED)
    theirs = write_details(kept=other, details=JAN, now=BOOKED)

    for code in {first, theirs} - {second}:
        with pytest.raises(WrongCode):
            show_code(kept=mine, code=code, now=BOOKED)
    assert show_code(kept=mine, code=second, now=BOOKED).name == JAN.name


def test_other_details_need_another_code(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    code = write_details(kept=kept, details=JAN, now=BOOKED)
    show_code(kept=kept, code=code, now=BOOKED)

    write_details(kept=kept, details=JAN._replace(email="eve@miedza.example"), now=BOOKED)

    kept.refresh_from_db()
    assert kept.person_id is None
    with pytest.raises(WrongCode):
        show_code(kept=kept, code=code, now=BOOKED)


def test_code_after_the_hold_lapsed_lets_nobody_in(cast: Cast) -> None:
    kept = hold(cast.anna, _begin(cast))
    code = write_details(kept=kept, details=JAN, now=BOOKED)

    for count in range(2):
        assert lapse_due(now=BOOKED + STEP - SECOND * (1 - count)) == count
        with pytest.raises(Answered):
            show_code(kept=kept, code=code, now=BOOKED + STEP)
        with pytest.raises(Answered):
            write_details(kept=kept, details=JAN, now=BOOKED + STEP)
    assert not Person.across.filter(email=JANS).exists()
