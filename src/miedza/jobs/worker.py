"""The worker and the clock: send what waits, judge what is due, forget what is over.

One turn does a little of each, so that nothing starves; the supervisor runs turns for ever.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import Error, close_old_connections

from miedza.adapters.calendars.writing import write_feed, write_invitation
from miedza.adapters.mail import MailRefused, MailServer, Post, send_by_smtp, show_in_terminal
from miedza.bookings.apart import Apart
from miedza.bookings.judging import judge_due
from miedza.bookings.lapsing import lapse_due, offer_waited_for
from miedza.bookings.reclocking import keep_walls
from miedza.bookings.reminding import remind_due
from miedza.core.calendars import Entry, Guest
from miedza.messaging.actions import claim_mail, mark_failed, mark_sent
from miedza.messaging.queries import read_mail
from miedza.practice.actions import forget_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.messaging.envelopes import Envelope

log = logging.getLogger("miedza.worker")

PAUSE_SECONDS = 0.5
CLOCK_SECONDS = 15


def run_worker(*, stopping: Callable[[], bool]) -> None:
    """Take turns until told to stop.

    What fails is told in the log and tried again, and stops nothing else: neither one bad row the
    others, nor one step of the clock the steps after it.
    """
    next_tick = datetime.now(UTC)
    while not stopping():
        close_old_connections()
        busy = False
        try:
            now = datetime.now(UTC)
            busy = send_one(now=now)
            if now >= next_tick:
                next_tick = now + timedelta(seconds=CLOCK_SECONDS)
                _tick(now)
        except Error:
            log.exception("the database did not answer; trying again")
            time.sleep(2)
        except Exception:
            log.exception("a turn failed; the next one goes on")
            time.sleep(2)
        if not busy and not stopping():
            time.sleep(PAUSE_SECONDS)


def _tick(now: datetime) -> None:
    """Take each step of the clock.

    Raises:
        ExceptionGroup: some failed; all others were taken.
    """
    apart = Apart("steps of the clock failed; the others were taken")
    steps: tuple[Callable[..., object], ...] = (
        keep_walls, judge_due, remind_due, lapse_due, offer_waited_for, forget_forms,
    )  # fmt: skip
    for step in steps:
        with apart.each(getattr(step, "__name__", "a step")):
            step(now=now)
    with apart.each("clear_expired"):
        SessionStore.clear_expired()
    apart.tell()


def _open(envelope: Envelope) -> dict[str, Any]:
    """An envelope as the hand that sends it wants it: its meetings written as a calendar file."""
    told = envelope._asdict()
    entries = [_read_entry(entry) for entry in told.pop("entries")]
    if not entries:
        return told
    if len(entries) == 1:
        method = "CANCEL" if entries[0].is_cancelled else "REQUEST"
        return {**told, "calendar": write_invitation(entries[0]), "method": method}
    # Several meetings are no one invitation: they are attached, to be kept.
    text = write_feed(entries, name=envelope.sender_name, zone="UTC")
    return {**told, "calendar": text, "method": "PUBLISH"}


def _read_entry(told: dict[str, Any]) -> Entry:
    """An entry again, from its fields."""
    guests = [Guest(*guest) for guest in told["guests"]]
    organizer = Guest(*told["organizer"]) if told["organizer"] else None
    return Entry(**{**told, "guests": guests, "organizer": organizer})


def send_one(*, now: datetime) -> bool:
    """Send the next mail that is due; tell whether there was one."""
    mail = claim_mail(now=now)
    if mail is None:
        return False
    server = MailServer(*settings.MIEDZA_SMTP)
    sender = settings.DEFAULT_FROM_EMAIL
    try:
        envelope = read_mail(mail)
        post = Post(sender=sender, to=mail.to, **_open(envelope))
        if server.host:
            send_by_smtp(server, post)
        else:
            show_in_terminal(post)
    except (MailRefused, ValueError) as refusal:
        # A ValueError where its seal is broken, or the terminal knows none of its letters.
        log.warning("mail %s was not taken: %s", mail.id, refusal)
        mark_failed(mail=mail, error=str(refusal), now=datetime.now(UTC))
    else:
        mark_sent(mail=mail, now=datetime.now(UTC))
    return True
