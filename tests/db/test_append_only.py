"""The ledger is only added to, and goes only with its whole practice."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from miedza.agreements.models import Acceptance, RulesVersion
from miedza.bookings.actions import strike
from miedza.db.tenancy import TenantModel
from miedza.ledger.actions import shift_start, waive
from miedza.ledger.deciding import decide, object_to
from miedza.ledger.models import (
    Decision,
    Event,
    Meeting,
    Objection,
    Retraction,
    Ruling,
    Settlement,
    Shift,
    Strike,
    Waiver,
)
from miedza.people.actions import write_note
from miedza.practice.actions import erase_practice
from miedza.practice.models import Practice, User
from tests.agreements.agreeing import accept
from tests.cast import BOOKED, MONDAY, book, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast

LEDGER: list[type[TenantModel]] = [
    Event, Meeting, Retraction, Ruling, Settlement, Strike, Waiver, RulesVersion, Acceptance,
    Decision, Objection, Shift,
]  # fmt: skip


@contextmanager
def _refused() -> Iterator[None]:
    """What is done here is refused, and the transaction goes on."""
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        yield


@pytest.fixture
def written(cast: Cast) -> Cast:
    """Everybody, with something in each table of Anna's."""
    anna, practice = cast.anna, cast.anna.practice
    write_note(practitioner=anna, person=cast.ola, text="…", now=BOOKED)
    for days in range(3):
        booking = book(anna, cast.ola, MONDAY + timedelta(days=days))
        tell(anna, booking, "cancelled", "client", booking.starts_at - timedelta(hours=1))
    event = Event.objects.of(practice.id).filter(meeting_id=booking.id).get()
    owed = Ruling.objects.of(practice.id).filter(owed_by="client").order_by("at").first()
    assert owed is not None
    waive(
        practice=practice, meeting_id=owed.meeting_id, ruling_id=owed.id, by="practitioner",
        reason="…", now=MONDAY,
    )  # fmt: skip
    _speak_of_the_last(cast)
    late = booking.starts_at + timedelta(hours=1)
    tell(anna, booking, "voided", "practitioner", late, voids_id=event.id)
    strike(practice=practice, booking_id=booking.id, now=late)
    ahead = book(anna, cast.marek, MONDAY + timedelta(days=9))
    start = ahead.starts_at
    shift_start(practice=practice, meeting_id=ahead.id, was_at=start, to_at=start, now=MONDAY)
    book(cast.borys, cast.nastia)
    assert all(model.objects.of(practice.id).exists() for model in LEDGER)
    return cast


def _speak_of_the_last(cast: Cast) -> None:
    """A decision and an objection about the last fee, and an acceptance of Marek's."""
    practice = cast.anna.practice
    fee = Ruling.objects.of(practice.id).filter(owed_by="client").order_by("at").last()
    assert fee is not None
    decide(practice=practice, ruling_id=fee.id, choice="talk", now=MONDAY)
    object_to(practice=practice, meeting_id=fee.meeting_id, ruling_id=fee.id, text="…", now=MONDAY)
    accept(cast.anna, cast.marek)


@pytest.mark.parametrize("model", LEDGER)
def test_change_through_the_models_is_refused(written: Cast, model: type[TenantModel]) -> None:
    rows = model.objects.of(written.anna.practice_id)
    before = list(rows.values())

    for change in (rows[0].save, rows[0].delete, rows.delete):
        with _refused():
            change()
    with _refused():
        rows.update(practice_id=written.borys.practice_id)

    assert list(rows.values()) == before


@pytest.mark.parametrize("model", LEDGER)
@pytest.mark.parametrize("sql", ["UPDATE {} SET practice_id = practice_id", "DELETE FROM {}"])
def test_change_by_a_statement_is_refused(
    written: Cast, model: type[TenantModel], sql: str
) -> None:
    with _refused(), connection.cursor() as cursor:
        cursor.execute(sql.format(model._meta.db_table))


@pytest.mark.parametrize("model", LEDGER)
def test_replacing_or_emptying_is_refused(written: Cast, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    sqlite = f"REPLACE INTO {table} SELECT * FROM {table}"
    postgresql = f"TRUNCATE {table} CASCADE"

    connection.check_constraints()  # Nothing else is in the way.
    with _refused(), connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)


def test_upsert_is_refused(written: Cast) -> None:
    meeting = Meeting.objects.of(written.anna.practice_id).first()
    assert meeting is not None
    meeting.price_minor = 1

    with _refused():
        Meeting.across.bulk_create(
            [meeting], update_conflicts=True, unique_fields=["id"], update_fields=["price_minor"]
        )


def test_person_with_meetings_does_not_go_without_the_practice(written: Cast) -> None:
    with _refused():
        written.ola.delete()


def test_erasing_leaves_nothing_of_the_practice_and_all_of_the_other(written: Cast) -> None:
    anna, borys = written.anna.practice_id, written.borys.practice_id
    tenants = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    before = {model: list(model.objects.of(borys).values()) for model in tenants}

    erase_practice(practice_id=anna)
    connection.check_constraints()

    assert [model for model in tenants if model.objects.of(anna).exists()] == []
    assert {model: list(model.objects.of(borys).values()) for model in tenants} == before
    assert list(Practice.objects.values_list("id", flat=True)) == [borys]
    assert not User.objects.filter(email="anna@miedza.example").exists()


@pytest.mark.django_db(transaction=True)
def test_erasing_holds_when_committed_and_the_ledger_stays_closed(standing_cast: Cast) -> None:
    book(standing_cast.anna, standing_cast.ola)
    book(standing_cast.borys, standing_cast.nastia)

    erase_practice(practice_id=standing_cast.anna.practice_id)

    assert not Meeting.objects.of(standing_cast.anna.practice_id).exists()
    with _refused():
        Meeting.objects.of(standing_cast.borys.practice_id).delete()


@pytest.mark.django_db(transaction=True)
def test_practice_does_not_go_before_its_rows(standing_cast: Cast) -> None:
    with pytest.raises(Error), transaction.atomic():
        standing_cast.anna.practice.delete()

    assert Practice.objects.count() == 2
