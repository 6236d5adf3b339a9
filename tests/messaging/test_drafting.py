"""A letter is written once for its cause, can be taken back until it goes, and tells how it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from miedza.messaging.actions import (
    MOST_ATTEMPTS,
    claim_mail,
    draft_letter,
    mark_failed,
    mark_sent,
    withdraw_letters,
)
from miedza.messaging.envelopes import Envelope
from miedza.messaging.models import WITHDRAWN, Letter, Mail
from miedza.messaging.queries import count_given_up, list_letters, read_mail
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED as NOW
from tests.cast import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SAID = Envelope("Temat", "Treść 123.\n", "<p>Treść 123.</p>", "Anna", "anna@miedza.example")


def _draft(cast: Cast, key: str = "booked:1:", **other: Any) -> Letter:
    told: dict[str, Any] = {
        "practice": cast.anna.practice, "person": cast.ola, "purpose": "booked", "language": "pl",
        "to": "ola@miedza.example", "envelope": SAID, "now": NOW, **other,
    }  # fmt: skip
    return draft_letter(dedupe_key=key, **told)


def _withdraw(cast: Cast, key: str = "booked:1:") -> int:
    return withdraw_letters(practice=cast.anna.practice, key=key, now=NOW + MINUTE)


def _claim(now: Any = NOW) -> Mail:
    mail = claim_mail(now=now)
    assert mail is not None
    return mail


def _states(cast: Cast) -> list[str]:
    listed = list_letters(practice_id=cast.anna.practice_id, person_id=cast.ola.id)
    return [state for _letter, state in listed]


def test_letter_and_its_mail_are_kept_and_sealed(cast: Cast) -> None:
    letter = _draft(cast, due_at=NOW + MINUTE)

    kept, mail = Letter.objects.of(cast.anna.practice_id).get(), Mail.objects.get()
    assert kept == letter
    assert kept.open_text(cast.anna.practice.key) == "Temat\n\nTreść 123.\n"
    assert (kept.person, kept.to, kept.made_at) == (cast.ola, "ola@miedza.example", NOW)
    assert (mail.id, mail.to, mail.due_at) == (kept.mail_id, kept.to, NOW + MINUTE)
    assert read_mail(mail) == SAID
    for sealed in (kept.sealed_text, mail.sealed_text):
        assert b"123" not in bytes(sealed or b"")


def test_told_twice_with_one_key_it_is_one_letter(cast: Cast) -> None:
    first = _draft(cast)

    again = _draft(cast, envelope=SAID._replace(text="Inna\n"), now=NOW + MINUTE)

    assert again == first
    assert (Letter.across.count(), Mail.objects.count()) == (1, 1)
    assert _draft(cast, "booked:2:") != first


def test_one_key_is_one_letter_in_each_practice(cast: Cast) -> None:
    mine = _draft(cast)

    theirs = _draft(cast, practice=cast.borys.practice, person=cast.nastia)

    assert (mine.id != theirs.id, Letter.across.count()) == (True, 2)


def test_letter_that_waits_is_withdrawn_for_good(cast: Cast) -> None:
    _draft(cast, due_at=NOW + MINUTE)

    assert _withdraw(cast) == 0

    mail = Mail.objects.get()
    assert (mail.given_up_at, mail.last_error) == (NOW + MINUTE, WITHDRAWN)
    assert bytes(mail.sealed_text) == b""
    assert claim_mail(now=NOW + 99 * MINUTE) is None
    assert (_states(cast), count_given_up(since=NOW)) == (["withdrawn"], 0)
    assert _withdraw(cast) == 0


def test_only_letters_of_the_key_and_practice_are_withdrawn(cast: Cast) -> None:
    _draft(cast, "booked:1:ola")
    _draft(cast, "booked:1:ewa")
    _draft(cast, "booked:11:ola")
    _draft(cast, "booked_1:ola")
    _draft(cast, practice=cast.borys.practice, person=cast.nastia)

    assert _withdraw(cast) == 0

    assert sorted(_states(cast)) == ["waiting", "waiting", "withdrawn", "withdrawn"]
    assert Mail.objects.filter(given_up_at=None).count() == 3


@pytest.mark.parametrize("sign", ["%", "_", "%:", "\\"])
def test_signs_of_patterns_in_a_key_are_letters(cast: Cast, sign: str) -> None:
    _draft(cast)

    assert _withdraw(cast, sign) == 0
    assert _states(cast) == ["waiting"]


@pytest.mark.parametrize("how", ["claimed", "failed", "sent", "given up"])
def test_letter_that_went_or_may_have_is_told(cast: Cast, how: str) -> None:
    _draft(cast)
    mail = _claim()
    if how == "sent":
        mark_sent(mail=mail, now=NOW)
    if how == "failed":
        mark_failed(mail=mail, error="the server is away", now=NOW)
    if how == "given up":
        mail.attempts = MOST_ATTEMPTS
        mail.save()
        mark_failed(mail=mail, error="the server is away", now=NOW)

    assert _withdraw(cast) == 1
    assert Mail.objects.get().last_error != WITHDRAWN


def test_of_two_letters_one_of_which_went_one_is_told(cast: Cast) -> None:
    _draft(cast, "booked:1:ola")
    _draft(cast, "booked:1:ewa", due_at=NOW + MINUTE)
    mark_sent(mail=_claim(), now=NOW)

    assert _withdraw(cast) == 1
    assert sorted(_states(cast)) == ["sent", "withdrawn"]


def test_state_of_each_letter_is_told_newest_first(cast: Cast) -> None:
    for number in range(4):
        _draft(cast, f"booked:{number}:", now=NOW + number * SECOND)
    _draft(cast, "booked:marek", person=cast.marek)
    mark_sent(mail=_claim(), now=NOW)
    given_up = _claim(NOW + 3 * SECOND)
    assert given_up.to
    _draft(cast, "booked:9:", now=NOW + 9 * SECOND, due_at=NOW + MINUTE)
    _withdraw(cast, "booked:9:")

    assert _states(cast)[0] == "withdrawn"
    assert sorted(_states(cast)) == ["sent", "waiting", "waiting", "waiting", "withdrawn"]


def test_letter_that_failed_is_told_until_it_is_given_up(cast: Cast) -> None:
    _draft(cast)
    states, now = [_states(cast)], NOW
    while (mail := claim_mail(now=now)) is not None:
        mark_failed(mail=mail, error="the server is away", now=now)
        now = Mail.objects.get().due_at
        states.append(_states(cast))

    assert states == [["waiting"], *[["failed"]] * (MOST_ATTEMPTS - 1), ["given_up"]]
    assert count_given_up(since=NOW) == 1


def test_letter_whose_mail_was_cleared_away_was_sent(cast: Cast) -> None:
    _draft(cast)
    Mail.objects.all().delete()

    assert _states(cast) == ["sent"]
    assert list_letters(practice_id=cast.borys.practice_id, person_id=cast.ola.id) == []


@pytest.fixture
def _no_mails_left(standing_cast: Cast) -> Iterator[None]:
    """Mails belong to no practice, so that none erases them."""
    yield
    Mail.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_mails_left")
@pytest.mark.parametrize("number", range(RACES))
def test_told_at_once_it_is_one_letter(standing_cast: Cast, number: int) -> None:
    answers = race([lambda: _draft(standing_cast)] * 6)

    assert answers == {"done": 6}
    assert (Letter.across.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_mails_left")
@pytest.mark.parametrize("number", range(RACES))
def test_letter_is_either_withdrawn_or_claimed(standing_cast: Cast, number: int) -> None:
    _draft(standing_cast)
    gone: list[int] = []
    claimed: list[Mail | None] = []

    answers = race(
        [
            lambda: gone.append(_withdraw(standing_cast)),
            lambda: claimed.append(claim_mail(now=NOW)),
        ]
    )

    assert answers == {"done": 2}
    assert (gone == [1]) == (claimed != [None])
