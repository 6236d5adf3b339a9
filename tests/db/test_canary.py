"""What was written in confidence is nowhere to be read in what the database keeps."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from miedza.bookings.keeping import say_token
from miedza.calendars.queries import say_feed_token
from miedza.ledger.judging import write_waiver
from miedza.ledger.models import Ruling
from miedza.messaging.actions import claim_mail, mark_failed, queue_mail
from miedza.messaging.envelopes import Envelope
from miedza.people.actions import add_person, delete_note, write_note
from tests.cast import BOOKED, MONDAY, book, tell
from tests.db.stage import LATER, Stage
from tests.db.stage_of_calendars import OtherCalendars
from tests.db.stage_of_times import Times

if TYPE_CHECKING:
    from tests.cast import Cast


def _dump() -> bytes:
    """All that the database keeps: its files, or every row as text."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        files = sorted(name.parent.glob(name.name + "*"))
        assert [file.name for file in files][:2] == [name.name, name.name + "-shm"]
        return b"".join(file.read_bytes() for file in files)
    rows: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows.extend(row[0] for row in cursor.fetchall())
    return "\n".join(rows).encode()


@pytest.mark.django_db(transaction=True)
def test_no_confidential_text_is_readable_in_the_database(standing_cast: Cast) -> None:
    anna, ola = standing_cast.anna, standing_cast.ola
    canaries = [f"kanarek-{secrets.token_hex(8)}-канарейка" for _ in range(8)]
    note, gone, asked, felt, mailed, failed, what_for, given = canaries
    write_note(practitioner=anna, person=ola, text=note, now=BOOKED)
    lost = write_note(practitioner=anna, person=ola, text=gone, now=BOOKED)
    delete_note(practitioner=anna, person=ola, note_id=lost.id)
    booking = book(anna, ola)
    tell(anna, booking, "request_added", "client", MONDAY, text=asked)
    tell(anna, booking, "incident", "client", MONDAY, text=felt)
    add_person(
        practice=anna.practice, name="Zoe", email="", phone="", language="en", what_for=what_for,
        usual_minutes=60, usual_price_minor=0, now=BOOKED,
    )  # fmt: skip
    tell(anna, booking, "left", "practitioner", booking.ends_at)
    ruling = Ruling.objects.of(anna.practice_id).get(reason="missed")
    write_waiver(anna.practice, ruling, "practitioner", given, booking.ends_at)
    queue_mail(to="ola@miedza.example", envelope=Envelope(failed, failed), now=BOOKED)
    mail = claim_mail(now=BOOKED)
    assert mail is not None
    mark_failed(mail=mail, error="no server", now=BOOKED)
    queue_mail(to="ola@miedza.example", envelope=Envelope(mailed, mailed), now=BOOKED)

    _assert_nowhere(canaries)


@pytest.mark.django_db(transaction=True)
def test_nothing_said_in_confidence_of_times_is_readable_nor_any_link(standing_cast: Cast) -> None:
    stage = Stage(standing_cast).accepted()
    said, elsewhere = (f"kanarek-{secrets.token_hex(8)}-канарейка" for _ in range(2))
    times = Times(
        practitioner=stage.practitioner, client=stage.person, other=stage.marek, ahead=stage.ahead,
        now=LATER, words=said,
    )  # fmt: skip
    calendars = OtherCalendars(
        practitioner=stage.practitioner, person=stage.person, now=LATER, words=elsewhere
    )
    queue_mail(to="ola@miedza.example", envelope=Envelope("…", "…"), now=BOOKED)

    kept = (times.held, times.wish, times.proposal)
    links = [say_token(each) for each in kept] + [say_feed_token(calendars.feed)]
    _assert_nowhere([said, elsewhere, *links])


def _assert_nowhere(canaries: list[str]) -> None:
    """Nothing of these stands in the database, which holds much else."""
    dump = _dump()
    assert b"ola@miedza.example" in dump
    for canary in canaries:
        for part in (canary, canary[:24], canary[-24:]):
            assert part.encode() not in dump
            assert part.encode().hex().encode() not in dump
