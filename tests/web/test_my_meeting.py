"""One meeting in its client's place: cancelling, running late, requests, answers to the record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.bookings.models import LateNotice
from miedza.ledger.models import Event, Objection, Ruling, Waiver
from miedza.messaging.models import Letter
from tests.cast import book, look, tell
from tests.web.clients import cancelling, give_place, mine, open_hours, sign_agreement
from tests.web.pages import dump_rows, follow, present, read, typed, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from tests.cast import Cast


@pytest.fixture
def ola(cast: Cast, db: None) -> Client:
    """Ola's browser: she has accepted the rules."""
    client = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola, present() - timedelta(days=60))
    open_hours(cast.anna)
    return client


@pytest.fixture
def ahead(cast: Cast, ola: Client) -> Booking:
    """Tomorrow at noon."""
    del ola
    start = yesterday_at(12, days=-1)
    return book(cast.anna, cast.ola, start, now=present() - timedelta(days=9))


def _events(cast: Cast, booking: Booking) -> list[Event]:
    events = Event.objects.of(cast.anna.practice_id).filter(meeting_id=booking.id)
    return list(events.order_by("id"))


def _late(cast: Cast, *, minutes: int) -> Booking:
    """A meeting of yesterday to which the practitioner came so much too late."""
    start = yesterday_at(9)
    booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
    tell(cast.anna, booking, "arrived", "client", start)
    tell(cast.anna, booking, "arrived", "practitioner", start + timedelta(minutes=minutes))
    tell(cast.anna, booking, "ended", "practitioner", start + timedelta(minutes=60))
    return booking


def _ruling(cast: Cast, booking: Booking, reason: str) -> Ruling:
    rulings = Ruling.objects.of(cast.anna.practice_id)
    return rulings.get(meeting_id=booking.id, reason=reason)


def test_cost_of_cancelling_stands_before_the_button_and_is_what_is_judged(
    cast: Cast, ola: Client, ahead: Booking
) -> None:
    page = read(ola.get(mine("my_meeting", ahead)))
    said = re.search(r"I have to cancel (.*?) This is what the rules say if you cancel", page)
    assert said is not None

    response = ola.post(mine("my_cancel", ahead), cancelling(ola, ahead))

    assert "Cancelled." in follow(ola, response)
    assert look(cast.anna, ahead.id).outcome == "cancelled"
    after = read(ola.get(mine("my_meeting", ahead)))
    words = re.sub(r"\d+ hours?", "", said[1]).split(".")[0].strip()
    assert words in re.sub(r"\d+ hours?", "", after)
    assert Letter.objects.of(cast.anna.practice_id).filter(purpose="cancelled").count() == 2


def test_what_would_cost_more_by_now_is_asked_again(
    cast: Cast, ola: Client, ahead: Booking
) -> None:
    form = cancelling(ola, ahead)
    before = dump_rows()

    response = ola.post(mine("my_cancel", ahead), {**form, "cost": "kept "})

    assert "What it costs has changed since you opened the page." in follow(ola, response)
    assert dump_rows() == before
    fresh = cancelling(ola, ahead)
    assert "Cancelled." in follow(ola, ola.post(mine("my_cancel", ahead), fresh))


def test_cancellation_that_is_taken_back_is_told_and_shown(
    cast: Cast, ola: Client, anna: Client, ahead: Booking
) -> None:
    ola.post(mine("my_cancel", ahead), cancelling(ola, ahead))
    (event,) = _events(cast, ahead)

    anna.post(f"/meetings/{ahead.id}/void/", {"event": f"{ahead.id}:{event.id}"})

    said = "taken back from the record, as entered by mistake: your cancellation"
    assert said in read(ola.get(mine("my_meeting", ahead)))
    letter = Letter.objects.of(cast.anna.practice_id).get(purpose="stands")
    assert "cofa w zapisie, jako wpisane przez pomyłkę" in letter.open_text(cast.anna.practice.key)
    assert letter.to == f"{cast.ola.id}@clients.example"


def test_reason_of_hardship_is_kept(cast: Cast, ola: Client, ahead: Booking) -> None:
    ola.post(mine("my_cancel", ahead), {**cancelling(ola, ahead), "cause": "illness"})

    (event,) = _events(cast, ahead)
    assert (event.type, event.by, event.cause) == ("cancelled", "client", "illness")
    assert _ruling(cast, ahead, "late_cancel").verdict == "excused"


def test_meeting_that_was_moved_in_another_tab_is_not_cancelled(
    cast: Cast, ola: Client, ahead: Booking
) -> None:
    form = cancelling(ola, ahead)
    to_at = ahead.starts_at + timedelta(days=1)
    tell(cast.anna, ahead, "moved", "practitioner", present(), to_at=to_at)
    before = dump_rows()

    response = ola.post(mine("my_cancel", ahead), form)

    assert "This meeting was moved meanwhile." in follow(ola, response)
    assert dump_rows() == before


@pytest.mark.parametrize("body", [{}, {"seen": "x"}, {"seen": "-1"}, {"seen": "1", "cause": "x"}])
def test_nonsense_cancels_nothing(
    body: dict[str, str], cast: Cast, ola: Client, ahead: Booking
) -> None:
    response = ola.post(mine("my_cancel", ahead), body)

    assert response.status_code == 422
    assert _events(cast, ahead) == []


def test_seconds_out_of_reach_cancel_nothing(cast: Cast, ola: Client, ahead: Booking) -> None:
    response = ola.post(mine("my_cancel", ahead), {**cancelling(ola, ahead), "seen": "9" * 30})

    assert "This meeting was moved meanwhile." in follow(ola, response)
    assert _events(cast, ahead) == []


def test_cancelling_twice_says_so(cast: Cast, ola: Client, ahead: Booking) -> None:
    form, other_tab = cancelling(ola, ahead), cancelling(ola, ahead)
    for _time in range(2):
        response = ola.post(mine("my_cancel", ahead), form)
        assert "Cancelled." in follow(ola, response)
    other = ola.post(mine("my_cancel", ahead), other_tab)

    assert "This meeting can no longer be changed." in follow(ola, other)
    assert len(_events(cast, ahead)) == 1


def test_running_late_says_what_it_means_and_tells_the_practitioner(
    cast: Cast, ola: Client, anna: Client
) -> None:
    start = present() + timedelta(minutes=30)
    near = book(cast.anna, cast.ola, start, now=present() - timedelta(days=9))
    before = _events(cast, near)

    page = read(ola.get(mine("my_meeting", near)))
    response = ola.post(mine("my_late", near), {"minutes": "10"})

    assert re.search(r"I am running late .* 5 minutes kept 10 minutes forgiven", page)
    assert "You said that you will be about 10 minutes late." in follow(ola, response)
    assert _events(cast, near) == before  # A word, and no deed.
    (notice,) = LateNotice.objects.of(cast.anna.practice_id)
    assert (notice.by, notice.minutes) == ("client", 10)
    letter = Letter.objects.of(cast.anna.practice_id).get(purpose="late")
    assert letter.to == cast.anna.user.email
    assert "expects to be 10 minutes late" in read(anna.get("/"))


@pytest.mark.parametrize("minutes", ["", "0", "x", "601", "-5"])
def test_nonsense_is_not_late(minutes: str, cast: Cast, ola: Client) -> None:
    near = book(cast.anna, cast.ola, present() + timedelta(hours=1), now=present())

    assert ola.post(mine("my_late", near), {"minutes": minutes}).status_code == 422
    assert not LateNotice.objects.of(cast.anna.practice_id).exists()


def test_meeting_far_away_is_not_late(cast: Cast, ola: Client) -> None:
    far = book(cast.anna, cast.ola, present() + timedelta(days=3), now=present())

    page = read(ola.get(mine("my_meeting", far)))
    response = ola.post(mine("my_late", far), {"minutes": "5"})

    assert "I am running late" not in page
    assert "This can be said from a day before a meeting until its end." in follow(ola, response)


def test_request_is_written_down_for_both(
    cast: Cast, ola: Client, anna: Client, ahead: Booking
) -> None:
    once = typed(ola.get(mine("my_meeting", ahead)), "once")[0]
    body = {"text": "Rozmowa <b>kwalifikacyjna</b>", "once": once}
    for _time in range(2):
        response = ola.post(mine("my_request", ahead), body)

    assert "Rozmowa <b>kwalifikacyjna</b>" in follow(ola, response)
    assert [(e.type, e.by) for e in _events(cast, ahead)] == [("request_added", "client")]
    assert "Rozmowa <b>kwalifikacyjna</b>" in read(anna.get(f"/meetings/{ahead.id}/"))


def test_empty_request_is_refused(cast: Cast, ola: Client, ahead: Booking) -> None:
    response = ola.post(mine("my_request", ahead), {"text": "  "})

    assert response.status_code == 422
    assert "Write a few words. Nothing was changed." in read(response)
    assert _events(cast, ahead) == []


def test_client_gives_away_what_the_practitioner_owes(cast: Cast, ola: Client) -> None:
    booking = _late(cast, minutes=20)
    owed = _ruling(cast, booking, "time_owed")
    assert "Give away the" in read(ola.get(mine("my_meeting", booking)))

    body = {"ruling": str(owed.id), "reason": "A good hour all the same."}
    response = ola.post(mine("my_waive", booking), body)

    assert "A good hour all the same." in follow(ola, response)
    waiver = Waiver.objects.of(cast.anna.practice_id).get()
    assert (waiver.ruling_id, waiver.by) == (owed.id, "client")
    again = ola.post(mine("my_waive", booking), body)
    assert "there is nothing to give" in follow(ola, again)


def test_client_gives_away_nothing_that_they_owe_themselves(cast: Cast, ola: Client) -> None:
    start = yesterday_at(9)
    booking = book(cast.anna, cast.ola, start, now=start - timedelta(days=9))
    for number in range(2):  # The first is forgiven.
        missed = (
            booking
            if number
            else book(cast.anna, cast.ola, start - timedelta(days=1), now=start - timedelta(days=9))
        )
        tell(cast.anna, missed, "left", "practitioner", missed.starts_at + timedelta(minutes=20))
    owed = _ruling(cast, booking, "missed")
    assert owed.owed_by == "client"

    response = ola.post(mine("my_waive", booking), {"ruling": str(owed.id), "reason": "please"})

    assert "there is nothing to give" in follow(ola, response)
    assert not Waiver.objects.of(cast.anna.practice_id).exists()


def test_seeing_it_differently_stands_beside_the_ruling_for_both(
    cast: Cast, ola: Client, anna: Client
) -> None:
    booking = _late(cast, minutes=20)
    late = _ruling(cast, booking, "late")
    once = typed(ola.get(mine("my_meeting", booking)), "once")[0]
    body = {"ruling": str(late.id), "text": "We began on the phone.", "once": once}

    for _time in range(2):
        response = ola.post(mine("my_differ", booking), body)

    said = "Seen differently: We began on the phone."
    assert said in follow(ola, response)
    assert said in read(anna.get(f"/people/{cast.ola.id}/"))
    (kept,) = Objection.objects.of(cast.anna.practice_id)
    assert b"phone" not in bytes(kept.sealed_text or b"")
    letter = Letter.objects.of(cast.anna.practice_id).get(purpose="differs")
    assert (letter.to, "We began on the phone." in letter.open_text(cast.anna.practice.key)) == (
        cast.anna.user.email, True,
    )  # fmt: skip
    assert _ruling(cast, booking, "late").verdict == late.verdict


@pytest.mark.parametrize("ruling", ["", "x", "\x00"])
def test_nonsense_is_seen_by_nobody(ruling: str, cast: Cast, ola: Client) -> None:
    booking = _late(cast, minutes=20)

    response: Any = ola.post(mine("my_differ", booking), {"ruling": ruling, "text": "words"})

    assert response.status_code == 404
    assert not Objection.objects.of(cast.anna.practice_id).exists()


def test_what_was_written_stays_where_a_form_is_refused(cast: Cast, ola: Client) -> None:
    booking = _late(cast, minutes=20)
    owed = _ruling(cast, booking, "time_owed")

    response = ola.post(mine("my_waive", booking), {"ruling": str(owed.id), "reason": "x" * 201})

    assert response.status_code == 422
    assert "x" * 201 in typed(response, "reason")
