"""A time is kept for one purpose, until one answer, and the database holds both."""

from __future__ import annotations

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from miedza.bookings import holding, keeping, offers, proposing, wishing
from miedza.bookings.keeping import Answered, find_end, find_kept, is_standing, list_kept, prolong
from miedza.bookings.models import Kept
from miedza.bookings.taking import SlotTaken, get_taken, keep_for_good, refusing_overlap, take
from miedza.db.ids import make_id
from tests.bookings.awaiting import find_last, wait_for
from tests.bookings.keeping import (
    DAY,
    HOUR,
    JAN,
    MINUTE,
    SECOND,
    TEN,
    ask_for,
    assert_sound,
    hold,
    kept_of,
    let_in,
    propose,
    serve,
    spans,
    until,
)
from tests.bookings.offered import offer, open_to
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED, MONDAY, Cast, book


def _answer(cast: Cast, kept: Kept, said: str) -> Kept:
    return keeping.answer(
        practice=cast.anna.practice, kept_id=kept.id, said=said, now=BOOKED
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ahead", "longest", "kept_for"),
    [
        (10 * HOUR, 3 * HOUR, 3 * HOUR), (6 * HOUR, 3 * HOUR, 3 * HOUR),
        (6 * HOUR - 2 * SECOND, 3 * HOUR, 3 * HOUR - SECOND), (0 * HOUR, HOUR, 0 * HOUR),
    ],
)  # fmt: skip
def test_end_is_the_longest_or_half_of_what_is_left(
    ahead: timedelta, longest: timedelta, kept_for: timedelta
) -> None:
    assert find_end(starts_at=MONDAY + ahead, now=MONDAY, longest=longest) == MONDAY + kept_for


def test_kept_time_is_found_in_its_practice_alone(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    kept = ask_for(cast.anna, cast.ola)

    assert find_kept(practice_id=cast.anna.practice_id, kept_id=kept.id) == kept
    assert find_kept(practice_id=cast.borys.practice_id, kept_id=kept.id) is None
    assert find_kept(practice_id=cast.anna.practice_id, kept_id=make_id()) is None


def test_what_is_kept_is_listed_while_it_waits_the_oldest_first(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    late, early = (
        ask_for(cast.anna, cast.ola, start, now=BOOKED + number * MINUTE)
        for number, start in enumerate((TEN, MONDAY))
    )
    hold(cast.anna, serve(cast.anna), TEN - 2 * HOUR)
    listed = partial(list_kept, practice_id=cast.anna.practice_id, purpose="wish")
    ends = until(late)
    assert ends is not None

    assert list(listed(now=BOOKED + HOUR)) == [late, early]
    assert list(listed(now=ends - SECOND)) == [late, early]
    assert list(listed(now=ends)) == [early]
    _answer(cast, early, "withdrawn")
    assert list(listed(now=BOOKED + HOUR)) == [late]


def test_one_answer_is_given_and_said_again_it_is_the_same(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    kept = hold(cast.anna, serve(cast.anna))

    assert [_answer(cast, kept, "withdrawn").answer for _ in range(2)] == ["withdrawn"] * 2
    with pytest.raises(Answered):
        _answer(cast, kept, "no")
    kept.refresh_from_db()
    assert (kept.answer, kept.answered_at, spans(cast.anna)) == ("withdrawn", BOOKED, [])


def test_kept_time_is_prolonged_and_never_shortened(cast: Cast) -> None:
    offer(cast.anna)
    kept = hold(cast.anna, serve(cast.anna))
    ends = BOOKED + 15 * MINUTE

    assert prolong(kept=kept, until=ends - MINUTE, now=BOOKED)
    assert until(kept) == ends
    assert prolong(kept=kept, until=ends + MINUTE, now=ends - SECOND)
    assert until(kept) == ends + MINUTE
    assert not prolong(kept=kept, until=ends + HOUR, now=ends + MINUTE)
    _answer(cast, kept, "withdrawn")
    assert not prolong(kept=kept, until=ends + HOUR, now=BOOKED)
    kept.refresh_from_db()
    assert not is_standing(kept, get_taken(kept.practice_id, kept.id), BOOKED)


def test_time_whose_keeping_is_over_stands_for_good_only_where_it_is_free(cast: Cast) -> None:
    kept = take(
        practitioner=cast.anna, starts_at=MONDAY, minutes=60, now=BOOKED, kept_until=BOOKED + HOUR
    )
    taken = take(practitioner=cast.anna, starts_at=MONDAY, minutes=30, now=BOOKED + HOUR)
    kept.refresh_from_db()
    assert (kept.occupies, taken.occupies) == (False, True)

    with pytest.raises(SlotTaken), refusing_overlap(), transaction.atomic():
        keep_for_good(taken=kept, now=BOOKED + HOUR)
    taken.delete()
    kept.refresh_from_db()
    assert keep_for_good(taken=kept, now=BOOKED + HOUR).kept_until is None
    assert kept.occupies


def test_purpose_and_answer_fit_together_or_the_database_refuses(cast: Cast) -> None:
    open_to(cast.anna, cast.ola)
    kept = ask_for(cast.anna, cast.ola)
    faults: list[dict[str, Any]] = [
        {"person_id": None}, {"purpose": "offer"}, {"purpose": "proposal"}, {"purpose": "gift"},
        {"answer": "yes"}, {"answered_at": BOOKED}, {"answer": "maybe", "answered_at": BOOKED},
        {"minutes": 0}, {"price_minor": -1}, {"kind": "gift"}, {"booking_id": make_id()},
        {"person_id": cast.nastia.id}, {"alike_id": cast.nastia.id},
        {"service_id": serve(cast.borys).id}, {"waiting_id": make_id()},
    ]  # fmt: skip
    rows = Kept.objects.of(cast.anna.practice_id).filter(id=kept.id)

    for fault in faults:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**fault)
    kept.refresh_from_db()
    assert (kept.person, kept.purpose, kept.answer) == (cast.ola, "wish", "")


def test_each_purpose_is_answered_by_its_own_way_alone(cast: Cast) -> None:
    open_to(cast.anna, cast.ola, cast.marek)
    held = hold(cast.anna, serve(cast.anna), TEN - 2 * HOUR)
    asked = ask_for(cast.anna, cast.ola, MONDAY)
    proposed = propose(cast.anna, book(cast.anna, cast.ola, MONDAY + DAY), MONDAY + 2 * DAY)
    wait_for(cast, cast.marek)
    offered, practice = find_last(cast), cast.anna.practice
    own = {"wish": asked, "proposal": proposed}
    ways: dict[str, list[Any]] = {
        "wish": [wishing.give, partial(wishing.decline, words="")],
        "proposal": [proposing.agree, proposing.refuse],
    }

    for purpose, acts in ways.items():
        for kept in {held, asked, proposed, offered} - {own[purpose]}:
            for act in acts:
                with pytest.raises(Answered):
                    act(practice=practice, kept_id=kept.id, now=BOOKED)
    for kept in (asked, proposed, offered):
        with pytest.raises(Answered):
            holding.write_details(kept=kept, details=JAN, now=BOOKED)
        with pytest.raises(Answered):
            holding.go_on(kept=kept, now=BOOKED)
    for kept in (asked, proposed):
        with pytest.raises(Answered):
            offers.take_offer(kept=kept, now=BOOKED)

    assert [kept_of(each)[1] for each in (held, asked, proposed, offered)] == [""] * 4
    assert_sound(cast.anna)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_page_that_goes_on_while_another_books_leaves_the_booking_for_good(
    standing_cast: Cast, number: int
) -> None:
    anna = standing_cast.anna
    offer(anna)
    kept = hold(anna, serve(anna))
    person, later = let_in(anna, kept), BOOKED + MINUTE
    go_on = partial(_go_on, kept.id, anna.practice_id)

    answers = race(
        [partial(holding.finish, kept=kept, person=person, now=later), *[go_on] * 5]
    )  # fmt: skip

    assert set(answers) <= {"done", "Answered"}
    assert (kept_of(kept), until(kept)) == (("hold", "yes"), None)
    assert_sound(anna)


def _go_on(kept_id: uuid.UUID, practice_id: uuid.UUID) -> None:
    """Open the page of a hold anew, some minutes after it was begun."""
    kept = find_kept(practice_id=practice_id, kept_id=kept_id)
    assert kept is not None
    holding.go_on(kept=kept, now=BOOKED + 10 * MINUTE)
