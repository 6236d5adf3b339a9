"""The check finds links into nothing and seals that do not open, in every table there is."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection

from miedza.bookings.actions import strike
from miedza.db.checking import count_sealed, find_broken_seals, find_damage, find_orphans
from miedza.db.tables import list_links
from miedza.db.tenancy import SealedModel, TenantModel
from miedza.ledger.actions import shift_start
from miedza.ledger.judging import write_waiver
from miedza.ledger.models import Event
from miedza.messaging.actions import claim_mail, mark_sent, queue_mail
from miedza.messaging.checking import find_broken_mails
from miedza.messaging.envelopes import Envelope
from miedza.people.actions import add_person
from miedza.people.models import Note
from tests.cast import BOOKED, MONDAY, book, tell
from tests.db.behind import as_key, change, unprotected, without_keys
from tests.db.stage import KNOWN, LATER, Stage

if TYPE_CHECKING:
    from tests.cast import Cast

SEALED = [model for model in apps.get_models() if issubclass(model, SealedModel)]
LINKS = sorted(
    (model._meta.db_table, link.column, link.to)
    for model in apps.get_models()
    if issubclass(model, TenantModel)
    for link in list_links(model)
)


def _fill(cast: Cast) -> Stage:
    """A practice with a row in every table there is."""
    stage = Stage(cast).answered()
    practice = stage.practice
    add_person(practice=practice, **{**KNOWN, "what_for": "…"}, now=BOOKED)
    tell(
        cast.anna, stage.later, "voided", "client", LATER,
        voids_id=Event.objects.of(practice.id).get(type="arrived").id,
    )  # fmt: skip
    write_waiver(practice, stage.owed, "practitioner", "…", LATER)
    moved = book(cast.anna, cast.ola, MONDAY + timedelta(days=3))
    to_at = MONDAY + timedelta(days=4)
    tell(cast.anna, moved, "moved", "client", MONDAY, to_at=to_at)
    shift_start(practice=practice, meeting_id=moved.id, was_at=to_at, to_at=to_at, now=MONDAY)
    booking = book(cast.anna, cast.ola, MONDAY + timedelta(days=2))
    strike(practice=practice, booking_id=booking.id, now=MONDAY)
    return stage


def test_nothing_is_found_where_all_is_well(cast: Cast) -> None:
    practice = _fill(cast).practice

    assert [list(find_damage()), list(find_orphans()), list(find_broken_mails())] == [[], [], []]
    assert list(find_broken_seals(practice_id=practice.id, key=practice.key)) == []
    kept = [model.objects.of(practice.id).exclude(sealed_text=None).count() for model in SEALED]
    assert all(kept)
    assert count_sealed(practice_id=practice.id) == sum(kept)


def test_constraint_that_was_never_validated_is_told(cast: Cast) -> None:
    del cast
    if connection.vendor != "postgresql":
        pytest.skip("SQLite looks at the rows themselves")

    change("SET CONSTRAINTS ALL IMMEDIATE")
    change("ALTER TABLE people_note ADD CONSTRAINT odd CHECK (true) NOT VALID")

    assert list(find_damage()) == ["The constraint odd of people_note was never validated."]


def test_links_of_the_schema_are_all_looked_at() -> None:
    assert set(LINKS) >= {
        ("agreements_rulesversion", "practice_id", "practice_practice"),
        ("bookings_booking", "id", "ledger_meeting"), ("bookings_booking", "id", "bookings_taken"),
        ("bookings_booking", "practitioner_id", "practice_practitioner"),
        ("bookings_booking", "service_id", "bookings_service"),
        ("bookings_kept", "alike_id", "people_person"),
        ("bookings_kept", "booking_id", "bookings_booking"),
        ("bookings_kept", "id", "bookings_taken"),
        ("bookings_kept", "waiting_id", "bookings_waiting"),
        ("bookings_taken", "frame_id", "bookings_taken"),
        ("bookings_waiting", "frame_id", "bookings_taken"),
        ("ledger_event", "voids_id", "ledger_event"),
        ("ledger_meeting", "rules_id", "agreements_rulesversion"),
        ("ledger_waiver", "ruling_id", "ledger_ruling"),
        ("people_note", "person_id", "people_person"),
        ("practice_practitioner", "user_id", "practice_user"),
    }  # fmt: skip


def _lose(table: str, column: str, value: object) -> int:
    """Let a link of one row lead elsewhere, past every protection; how many rows have it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL")
        (rows,) = cursor.fetchone()
    with unprotected(table):
        change(
            f"UPDATE {table} SET {column} = %s "
            f"WHERE id IN (SELECT id FROM {table} WHERE {column} IS NOT NULL LIMIT 1)",
            value,
        )
    return int(rows)


@pytest.mark.django_db(transaction=True)
def test_link_into_nothing_is_found_in_every_table(standing_cast: Cast) -> None:
    _fill(standing_cast)
    found, empty = [], []

    for table, column, to in LINKS:
        lost: object = 999_999 if column == "user_id" else as_key(uuid.uuid4())
        with without_keys():
            rows = _lose(table, column, lost)
            faults = list(find_orphans())
        said = f"{table}: 1 of its rows refer by {column} to no row of {to}"
        if any(fault.startswith(said) for fault in faults):
            found.append((table, column, to))
        if not rows:
            empty.append((table, column, to))

    assert found == LINKS, f"these hold no row to be lost: {empty}"
    assert list(find_orphans()) == []


@pytest.mark.django_db(transaction=True)
def test_link_into_another_practice_is_found(standing_cast: Cast) -> None:
    Stage(standing_cast)
    with without_keys():
        _lose("people_note", "person_id", as_key(standing_cast.nastia.id))
        (fault,) = find_orphans()
        damage = list(find_damage())

    (note,) = Note.objects.of(standing_cast.anna.practice_id)
    assert fault == (
        "people_note: 1 of its rows refer by person_id to no row of people_person in their "
        f"practice; the first is {note.id}."
    )
    if connection.vendor == "sqlite":
        said = "A row of people_note refers to a row of people_person that is not there."
        assert damage == [said]


def test_sealed_text_of_another_row_is_found(cast: Cast) -> None:
    stage = Stage(cast).answered()
    practice = stage.practice

    change(
        "INSERT INTO people_note (id, practice_id, person_id, sealed_text, written_at) "
        "SELECT %s, practice_id, person_id, sealed_text, written_at FROM people_note",
        as_key(uuid.UUID(int=5)),
    )

    assert list(find_broken_seals(practice_id=practice.id, key=practice.key)) == [
        f"people_note: the sealed text of row {uuid.UUID(int=5)} does not open."
    ]


@pytest.mark.parametrize("model", SEALED)
def test_broken_seal_is_found_in_every_table(cast: Cast, model: type[SealedModel]) -> None:
    practice, table = _fill(cast).practice, model._meta.db_table
    row = model.objects.of(practice.id).filter(sealed_text__isnull=False).latest("id")
    broken = b"\x01" + bytes(40)

    with unprotected(table):
        change(f"UPDATE {table} SET sealed_text = %s WHERE id = %s", broken, as_key(row.id))

    assert list(find_broken_seals(practice_id=practice.id, key=practice.key)) == [
        f"{table}: the sealed text of row {row.id} does not open."
    ]


def test_waiting_mail_that_does_not_open_is_found_and_a_sent_one_is_not_looked_at(
    cast: Cast,
) -> None:
    del cast
    sent = queue_mail(to="o@miedza.example", envelope=Envelope("…", "…"), now=BOOKED)
    claimed = claim_mail(now=BOOKED)
    assert claimed == sent
    mark_sent(mail=sent, now=BOOKED)
    waiting = queue_mail(to="o@miedza.example", envelope=Envelope("…", "…"), now=BOOKED)
    assert list(find_broken_mails()) == []

    change("UPDATE messaging_mail SET sealed_text = %s", b"\x01" + bytes(40))

    assert list(find_broken_mails()) == [
        f"The text of the waiting mail {waiting.id} does not open."
    ]
