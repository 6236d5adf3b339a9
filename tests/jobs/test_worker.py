"""The worker sends what waits and judges what is due, and nothing stops it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError

from miedza.jobs import worker
from miedza.messaging.actions import claim_mail, queue_mail
from miedza.messaging.envelopes import Envelope
from miedza.messaging.models import Mail
from tests.adapters.smtp import Postman, running_server
from tests.bookings.racing import race
from tests.cast import BOOKED as NOW
from tests.cast import Cast, book, look

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from miedza.adapters.mail import MailServer

pytestmark = pytest.mark.django_db


def _use(settings: Settings, server: MailServer) -> None:
    settings.MIEDZA_SMTP = tuple(server)


def _queue(text: str = "123456", to: str = "ola@miedza.example", subject: str = "Twój kod") -> Mail:
    return queue_mail(to=to, envelope=Envelope(subject, text), now=NOW)


def _turns(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the worker take so many turns, without waiting between them."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    begun: list[None] = []
    monkeypatch.setattr(worker, "close_old_connections", lambda: begun.append(None))
    worker.run_worker(stopping=lambda: len(begun) >= number)


def test_waiting_mail_is_sent_once(settings: Settings) -> None:
    _queue("Код: 123456", subject="Ваш код — żółć")
    postman = Postman()
    with running_server(postman) as server:
        _use(settings, server)
        sent = [worker.send_one(now=NOW) for _ in range(3)]

    assert sent == [True, False, False]
    ((_sender, addressees, message),) = postman.delivered
    assert (addressees, message["Subject"]) == (["ola@miedza.example"], "Ваш код — żółć")
    assert message.get_content().strip() == "Код: 123456"
    assert Mail.objects.get().sent_at is not None


def test_refused_address_does_not_hold_up_the_others(settings: Settings) -> None:
    refused, taken = _queue(to="nobody@miedza.example"), _queue()
    postman = Postman(refuses="nobody@miedza.example")
    with running_server(postman) as server:
        _use(settings, server)
        while worker.send_one(now=NOW):
            pass

    refused.refresh_from_db()
    taken.refresh_from_db()
    assert (refused.sent_at, refused.attempts) == (None, 1)
    assert "nobody of this name" in refused.last_error
    assert refused.due_at > NOW
    assert taken.sent_at is not None


def test_server_that_is_down_is_tried_again_when_it_is_back(settings: Settings) -> None:
    _queue()
    postman = Postman()
    with running_server(postman) as server:
        _use(settings, server)
    worker.send_one(now=NOW)
    mail = Mail.objects.get()
    assert "refused" in mail.last_error

    with running_server(postman) as server:
        _use(settings, server)
        assert worker.send_one(now=mail.due_at)

    assert len(postman.delivered) == 1
    assert Mail.objects.get().sent_at is not None


def test_without_a_server_the_mail_is_shown_in_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _queue("Kod: 123456")

    worker.send_one(now=NOW)

    shown = capsys.readouterr().out
    assert "ola@miedza.example" in shown
    assert "Twój kod\n\nKod: 123456\n" in shown
    assert Mail.objects.get().sent_at is not None


@pytest.mark.parametrize(
    "broken",
    [
        {"sealed_text": b"\x01 not sealed with our key at all, nor any other"},
        {"sealed_text": b""},
        {"to": "ola@miedza.example\nBcc: all@miedza.example"},
    ],
)
def test_mail_that_cannot_be_sent_is_put_aside_and_the_next_goes_out(
    settings: Settings, broken: dict[str, object]
) -> None:
    bad, good = _queue(), _queue()
    Mail.objects.filter(id=bad.id).update(**broken)
    postman = Postman()
    with running_server(postman) as server:
        _use(settings, server)
        while worker.send_one(now=NOW):
            pass

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent_at, bad.last_error != "") == (None, True)
    assert good.sent_at is not None
    assert [to for _sender, to, _message in postman.delivered] == [["ola@miedza.example"]]


def test_worker_sends_judges_and_forgets_old_sessions(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    booking = book(cast.borys, cast.nastia, now - timedelta(days=3), now=now - timedelta(days=9))
    SessionStore().create_model_instance({}).save()
    Session.objects.update(expire_date=now - timedelta(days=1))
    queue_mail(to="ola@miedza.example", envelope=Envelope("Kod", "1"), now=now)

    _turns(monkeypatch, 1)

    assert look(cast.borys, booking.id).outcome == "unclear"
    assert not Session.objects.exists()
    assert Mail.objects.get().sent_at is not None


STEPS = (
    "keep_walls", "judge_due", "remind_due", "lapse_due", "offer_waited_for", "forget_forms",
)  # fmt: skip


@pytest.mark.parametrize("error", [OperationalError("locked"), ValueError("a broken row")])
@pytest.mark.parametrize("broken", STEPS)
def test_step_that_fails_is_told_and_every_other_step_is_taken(
    broken: str, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _queue()
    taken: list[str] = []

    def take(step: str) -> None:
        if step == broken:
            raise error
        taken.append(step)

    for step in STEPS:
        monkeypatch.setattr(worker, step, lambda now, step=step: take(step))
    monkeypatch.setattr(worker, "CLOCK_SECONDS", 0)
    _turns(monkeypatch, 3)

    assert Mail.objects.get().sent_at is not None
    assert taken == [step for step in STEPS if step != broken] * 3
    told = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert [group.exceptions for group in told if isinstance(group, ExceptionGroup)] == [
        (error,)
    ] * 3


def test_worker_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _queue()

    _turns(monkeypatch, 0)

    assert claim_mail(now=NOW) is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_no_mail_twice(settings: Settings) -> None:
    for index in range(20):
        _queue(str(index))
    postman = Postman()

    def work() -> None:
        while worker.send_one(now=NOW):
            pass

    try:
        with running_server(postman) as server:
            _use(settings, server)
            answers = race([work] * 3)
        texts = [message.get_content().strip() for _from, _to, message in postman.delivered]
        assert answers == {"done": 3}
        assert sorted(texts, key=int) == [str(index) for index in range(20)]
    finally:
        Mail.objects.all().delete()
