"""The row is the queue: no mail is lost, none goes twice while a worker holds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from miedza.db.encryption import SealBroken
from miedza.messaging.actions import (
    LEASE,
    MOST_ATTEMPTS,
    claim_mail,
    give_up_waiting,
    mark_failed,
    mark_sent,
    queue_mail,
)
from miedza.messaging.envelopes import Envelope
from miedza.messaging.models import Mail
from miedza.messaging.queries import count_given_up, read_mail
from tests.bookings.racing import RACES, race
from tests.cast import BOOKED as NOW

SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def _queue(text: str = "Twój kod: 123456", **known: object) -> Mail:
    told = {"to": "ola@miedza.example", "now": NOW, **known}
    return queue_mail(envelope=Envelope("Kod", text), **told)  # type: ignore[arg-type]  # One dict.


def test_queued_mail_is_sealed_and_due_at_once() -> None:
    mail = _queue()

    kept = Mail.objects.get()
    assert (kept.to, kept.due_at, kept.attempts) == ("ola@miedza.example", NOW, 0)
    assert read_mail(kept) == Envelope("Kod", "Twój kod: 123456")
    assert b"123456" not in bytes(kept.sealed_text)
    assert claim_mail(now=NOW - SECOND) is None
    assert claim_mail(now=NOW) == mail


def test_text_of_another_mail_does_not_open() -> None:
    mine, other = _queue("mine"), _queue("other")
    mine.sealed_text = other.sealed_text

    with pytest.raises(SealBroken):
        read_mail(mine)


def test_mails_are_claimed_in_the_order_they_are_due() -> None:
    third = _queue(now=NOW + 2 * SECOND)
    first, second = _queue(), _queue(now=NOW + SECOND)

    claimed = [claim_mail(now=NOW + 5 * SECOND) for _ in range(4)]

    assert claimed == [first, second, third, None]


def test_claimed_mail_is_nobody_elses_until_its_lease_ends() -> None:
    mail = _queue()
    claim_mail(now=NOW)

    assert claim_mail(now=NOW + LEASE - SECOND) is None
    again = claim_mail(now=NOW + LEASE)

    assert again == mail
    assert again.attempts == 2


def test_sent_mail_is_never_claimed_again_and_its_text_is_forgotten() -> None:
    _queue()
    mail = claim_mail(now=NOW)
    assert mail is not None

    mark_sent(mail=mail, now=NOW + SECOND)

    kept = Mail.objects.get()
    assert (kept.sent_at, bytes(kept.sealed_text), kept.last_error) == (NOW + SECOND, b"", "")
    assert claim_mail(now=NOW + 365 * 86_400 * SECOND) is None


def test_failed_mail_is_tried_later_and_later_and_given_up_visibly() -> None:
    _queue()
    waits, now = [], NOW
    while (mail := claim_mail(now=now)) is not None:
        mark_failed(mail=mail, error="the server is away", now=now)
        waits.append((Mail.objects.get().due_at - now).total_seconds())
        now = Mail.objects.get().due_at

    kept = Mail.objects.get()
    assert waits == [5.0 * 2**attempt for attempt in range(1, MOST_ATTEMPTS + 1)]
    assert (kept.attempts, kept.last_error) == (MOST_ATTEMPTS, "the server is away")
    assert kept.given_up_at is not None
    assert bytes(kept.sealed_text) == b""
    assert claim_mail(now=now + 30 * 86_400 * SECOND) is None
    assert count_given_up(since=NOW) == 1
    assert count_given_up(since=now + SECOND) == 0


def test_mail_whose_every_worker_dies_is_given_up_visibly() -> None:
    _queue()
    claims = 0
    while claim_mail(now=NOW + claims * LEASE) is not None:
        claims += 1

    kept = Mail.objects.get()
    assert claims == MOST_ATTEMPTS
    assert kept.given_up_at == NOW + MOST_ATTEMPTS * LEASE
    assert (bytes(kept.sealed_text), kept.last_error) == (b"", "Every worker that tried it died.")
    assert count_given_up(since=NOW) == 1


def test_mail_that_was_given_up_and_went_out_after_all_is_sent() -> None:
    _queue()
    mails = [claim_mail(now=NOW + turn * LEASE) for turn in range(MOST_ATTEMPTS + 1)]
    slow = mails[MOST_ATTEMPTS - 1]
    assert slow is not None

    mark_sent(mail=slow, now=NOW + 99 * LEASE)

    kept = Mail.objects.get()
    assert (kept.sent_at, kept.given_up_at) == (NOW + 99 * LEASE, None)


def test_mail_that_fails_once_goes_out_later() -> None:
    _queue()
    mail = claim_mail(now=NOW)
    assert mail is not None
    mark_failed(mail=mail, error="busy", now=NOW)
    assert claim_mail(now=NOW + 9 * SECOND) is None

    again = claim_mail(now=NOW + 10 * SECOND)

    assert again == mail
    assert read_mail(again).text == "Twój kod: 123456"


def test_long_error_with_zeros_is_kept_as_far_as_it_fits() -> None:
    _queue()
    mail = claim_mail(now=NOW)
    assert mail is not None

    mark_failed(mail=mail, error="\0" + "ż" * 400, now=NOW)

    assert Mail.objects.get().last_error == "ż" * 300


def test_worker_whose_lease_ran_out_does_not_bring_back_a_sent_mail() -> None:
    _queue()
    slow = claim_mail(now=NOW)
    quick = claim_mail(now=NOW + LEASE)
    assert slow is not None
    assert quick is not None
    mark_sent(mail=quick, now=NOW + LEASE)

    mark_failed(mail=slow, error="timeout", now=NOW + LEASE)

    kept = Mail.objects.get()
    assert (kept.sent_at, kept.last_error) == (NOW + LEASE, "")
    assert bytes(kept.sealed_text) == b""


def test_worker_whose_lease_ran_out_does_not_disturb_the_one_who_took_over() -> None:
    _queue()
    slow = claim_mail(now=NOW)
    claim_mail(now=NOW + LEASE)
    assert slow is not None

    mark_failed(mail=slow, error="timeout", now=NOW + LEASE)

    assert claim_mail(now=NOW + LEASE + 60 * SECOND) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(RACES))
def test_workers_at_once_claim_each_mail_once(number: int) -> None:
    queued = {_queue(str(index)).id for index in range(30)}
    claimed = []

    def work() -> None:
        while (mail := claim_mail(now=NOW)) is not None:
            claimed.append(mail.id)
            mark_sent(mail=mail, now=NOW)

    try:
        answers = race([work] * 6)

        assert answers == {"done": 6}
        assert len(claimed) == 30
        assert set(claimed) == queued
        assert Mail.objects.exclude(attempts=1).count() == 0
    finally:
        Mail.objects.all().delete()


def test_what_waits_is_given_up_with_its_reason_and_its_text_forgotten() -> None:
    sent, waiting, tried, given_up = (_queue(str(number)) for number in range(4))
    mark_sent(mail=sent, now=NOW)
    Mail.objects.filter(id=given_up.id).update(given_up_at=NOW, last_error="no such address")
    Mail.objects.filter(id=tried.id).update(attempts=3, last_error="the server is down")

    number = give_up_waiting(error="not sent: restored", now=NOW + SECOND)

    rows = {mail.id: mail for mail in Mail.objects.all()}
    assert number == 2
    for mail in (waiting, tried):
        row = rows[mail.id]
        assert (row.given_up_at, row.last_error, bytes(row.sealed_text)) == (
            NOW + SECOND, "not sent: restored", b"",
        )  # fmt: skip
    assert (rows[given_up.id].given_up_at, rows[given_up.id].last_error) == (NOW, "no such address")
    assert (rows[sent.id].given_up_at, rows[sent.id].last_error) == (None, "")
    assert claim_mail(now=NOW + SECOND) is None
