"""Every row is kept, goes out as plain values and comes back the same, on both databases."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction

from miedza.db.archive import count_rows
from miedza.db.tables import (
    LEFT_OUT,
    _to_plain,
    list_columns,
    list_links,
    list_models,
    load_rows,
    read_rows,
    reset_sequences,
)
from miedza.ledger.models import Event
from miedza.messaging.models import Mail
from miedza.practice.actions import create_practice, erase_practice
from miedza.practice.models import User
from tests.cast import BOOKED, MONDAY, book, tell
from tests.db.stage import Stage
from tests.db.test_schema import LOCAL, ROOT, TENANT

if TYPE_CHECKING:
    from tests.cast import Cast

MADE_ANEW = {"django_migrations", "local_cache"}
"""No models of ours or of any app: Django's record of migrations, and the limits of sign-in."""


def _dump() -> dict[str, list[list[Any]]]:
    """All rows that are kept, through JSON."""
    kept = list_models(apps)
    return {m._meta.db_table: json.loads(json.dumps(list(read_rows(m)))) for m in kept}


def test_every_table_is_kept_or_left_out_by_name() -> None:
    kept = {model._meta.db_table for model in list_models(apps)}

    assert kept == (ROOT | LOCAL | set(TENANT)) - LEFT_OUT - MADE_ANEW
    assert not kept & LEFT_OUT


def test_no_kept_table_refers_to_one_that_is_left_out() -> None:
    kept = list_models(apps)

    assert {link.to for model in kept for link in list_links(model)} & LEFT_OUT == set()


def test_tables_come_after_those_they_refer_to() -> None:
    names = [model._meta.db_table for model in list_models(apps)]

    for model in list_models(apps):
        name = model._meta.db_table
        for link in list_links(model):
            if link.is_held and link.to != name:
                assert names.index(link.to) < names.index(name), (name, link)
    assert names.index("ledger_meeting") < names.index("bookings_booking")


def test_ids_sort_alike_on_every_database() -> None:
    kinds = {type(model._meta.pk) for model in list_models(apps)}

    assert kinds <= {models.UUIDField, models.BigAutoField, models.AutoField}


def test_rows_that_were_erased_come_back_the_same(cast: Cast) -> None:
    stage = Stage(cast).answered()
    before, tallies = _dump(), [count_rows(read_rows(model)) for model in list_models(apps)]
    for practice in (cast.anna.practice, cast.borys.practice):
        erase_practice(practice_id=practice.id)
    Mail.objects.all().delete()
    assert not any(_dump().values())

    for model in list_models(apps):
        columns = [field.attname for field in list_columns(model)]
        load_rows(model, columns, before[model._meta.db_table])

    assert _dump() == before
    assert [count_rows(read_rows(model)) for model in list_models(apps)] == tallies
    empty = {name for name in TENANT if not before[name]}
    assert empty == {"ledger_waiver", "ledger_strike", "ledger_shift"}
    found = Event.objects.of(cast.anna.practice_id).get(id=stage.event.id)
    assert found.at == stage.event.at


def _void(cast: Cast, number: int) -> list[list[Any]]:
    """The events of a correction whose id comes before that of the event it takes back."""
    booking = book(cast.anna, cast.ola)
    wrong = tell(cast.anna, booking, "arrived", "client", MONDAY)
    tell(
        cast.anna, booking, "voided", "practitioner", MONDAY, id=uuid.UUID(int=number),
        voids_id=wrong.id,
    )  # fmt: skip
    rows = _dump()
    erase_practice(practice_id=cast.anna.practice_id)
    for model in list_models(apps):
        name = model._meta.db_table
        if name in {"practice_practice", "people_person", "agreements_rulesversion"} | {
            "ledger_meeting"
        }:
            mine = [row for row in rows[name] if str(cast.anna.practice_id) in row]
            load_rows(model, [field.attname for field in list_columns(model)], mine)
    return rows["ledger_event"]


def test_row_waits_for_the_one_it_refers_to(cast: Cast) -> None:
    rows = _void(cast, 1)
    columns = [field.attname for field in list_columns(Event)]
    assert [row[columns.index("type")] for row in rows] == ["voided", "arrived"]

    load_rows(Event, columns, rows)

    assert json.loads(json.dumps(list(read_rows(Event)))) == rows


def test_row_that_refers_to_nothing_is_refused_by_the_database(cast: Cast) -> None:
    rows = _void(cast, 1)

    with pytest.raises(Error), transaction.atomic():
        load_rows(Event, [field.attname for field in list_columns(Event)], rows[:1])


def test_numbers_go_on_after_those_that_were_loaded(cast: Cast) -> None:
    rows = json.loads(json.dumps(list(read_rows(User))))
    for practice in (cast.anna.practice, cast.borys.practice):
        erase_practice(practice_id=practice.id)
    key = [field.attname for field in list_columns(User)].index("id")
    for row in rows:
        row[key] += 1_000

    load_rows(User, [field.attname for field in list_columns(User)], rows)
    reset_sequences([User])

    made = create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="coach", language="en",
        currency="EUR", time_zone="UTC", now=BOOKED,
    )  # fmt: skip
    assert made.user_id == max(row[key] for row in rows) + 1


@pytest.mark.parametrize(
    ("field", "value", "plain"),
    [
        (models.UUIDField(), uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (
            models.DateTimeField(),
            datetime(2026, 3, 2, 9, 0, 0, 1, UTC),
            "2026-03-02T09:00:00.000001+00:00",
        ),
        (models.DateField(), date(2026, 3, 2), "2026-03-02"),
        (models.TimeField(), time(9, 30, 0, 5), "09:30:00.000005"),
        (models.DurationField(), timedelta(days=-1, microseconds=3), "-P0DT23H59M59.999997S"),
        (models.DecimalField(), Decimal("12.340"), "12.340"),
        (models.BinaryField(), b"\x00\xff", "AP8="),
        (models.JSONField(), {"b": [1, None, 2.5], "a": "ё"}, {"b": [1, None, 2.5], "a": "ё"}),
        (models.CharField(), "ż\n\t'", "ż\n\t'"),
        (models.BigIntegerField(), 2**62, 2**62),
        (models.BooleanField(), False, False),
        (models.FloatField(), 0.1, 0.1),
        (models.CharField(null=True), None, None),
    ],
)
def test_value_goes_through_json_and_comes_back(field: Any, value: Any, plain: Any) -> None:
    written = json.loads(json.dumps(_to_plain(value)))

    assert written == plain
    back = field.to_python(written)
    assert (bytes(back) if isinstance(back, memoryview) else back) == value


def test_constraints_are_in_force_while_loading(cast: Cast) -> None:
    book(cast.anna, cast.ola)
    rows = json.loads(json.dumps(list(read_rows(Event))))
    columns = [field.attname for field in list_columns(Event)]
    assert rows == []
    tell(cast.anna, book(cast.anna, cast.marek, MONDAY.replace(hour=12)), "cancelled", "client",
         BOOKED)  # fmt: skip
    (row,) = json.loads(json.dumps(list(read_rows(Event))))

    with pytest.raises(Error), transaction.atomic():
        load_rows(Event, columns, [row])
    row[columns.index("id")] = str(uuid.uuid4())
    row[columns.index("type")] = "danced"
    with pytest.raises(Error), transaction.atomic():
        load_rows(Event, columns, [row])
    connection.check_constraints()
