"""Every question names its practice, and no row reaches into another one."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from miedza.bookings.models import Booking
from miedza.db.tenancy import UnscopedQuery
from miedza.ledger.models import Event, Meeting
from miedza.people.actions import write_note
from miedza.people.models import Note, Person
from tests.cast import BOOKED, MONDAY, Cast, book, look, tell


@pytest.mark.parametrize("name", ["all", "get", "filter", "exclude", "count", "first", "exists"])
def test_objects_refuse_a_question_without_a_practice(name: str) -> None:
    with pytest.raises(UnscopedQuery, match=r"Person\.objects needs \.of\(practice_id\)"):
        getattr(Person.objects, name)()


def test_of_shows_the_rows_of_one_practice_only(cast: Cast) -> None:
    assert set(Person.objects.of(cast.anna.practice_id)) == {cast.ola, cast.marek}
    assert set(Person.objects.of(cast.borys.practice_id)) == {cast.nastia}


def test_booking_of_another_practices_person_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        book(cast.anna, cast.nastia)

    assert not Meeting.across.exists()


def test_booking_into_another_practices_calendar_is_refused_by_the_database(cast: Cast) -> None:
    mixed = cast.borys
    mixed.practice = cast.anna.practice
    with pytest.raises(IntegrityError), transaction.atomic():
        book(mixed, cast.ola)


def test_note_about_another_practices_person_is_refused_by_the_database(cast: Cast) -> None:
    practice = cast.borys.practice
    note = Note(practice=practice, person_id=cast.ola.id, sealed_text=b"", written_at=BOOKED)

    with pytest.raises(IntegrityError), transaction.atomic():
        note.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Note.across.bulk_create([note])


def test_row_cannot_be_moved_into_another_practice_by_any_statement(cast: Cast) -> None:
    write_note(practitioner=cast.anna, person=cast.ola, text="…", now=BOOKED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Note.across.update(practice_id=cast.borys.practice_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.across.filter(id=cast.ola.id).update(practice_id=cast.borys.practice_id)


def test_save_of_a_loaded_row_pins_the_practice_and_never_sets_it(cast: Cast) -> None:
    person = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)

    with CaptureQueriesContext(connection) as asked:
        person.save()

    (update,) = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    setting, _where, pinning = update.partition(" WHERE ")
    assert '"practice_id"' not in setting
    assert '"people_person"."practice_id" = ' in pinning
    assert '"people_person"."id" = ' in pinning


@pytest.mark.parametrize("way", ["delete", "refresh"])
def test_delete_and_refresh_of_a_row_pin_the_practice(cast: Cast, way: str) -> None:
    person = Person.objects.of(cast.anna.practice_id).get(id=cast.marek.id)

    with CaptureQueriesContext(connection) as asked:
        person.delete() if way == "delete" else person.refresh_from_db()

    (sql,) = [query["sql"] for query in asked]
    assert '"people_person"."practice_id" = ' in sql.partition(" WHERE ")[2]


def test_a_row_told_to_be_another_practices_is_not_written(cast: Cast) -> None:
    stolen = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    stolen.practice = cast.borys.practice
    stolen.name = "stolen"

    with pytest.raises(IntegrityError), transaction.atomic():
        stolen.save()
    stolen.delete()

    kept = Person.objects.of(cast.anna.practice_id).get(id=cast.ola.id)
    assert kept.name == "Ola Żółć"


def test_relations_join_on_the_practice_too(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)

    found = look(cast.anna, booking.id)
    with CaptureQueriesContext(connection) as asked:
        again = Booking.objects.of(cast.anna.practice_id).get(id=booking.id)
        assert again.person == found.person == cast.ola

    assert '"people_person"."practice_id" = ' in asked[-1]["sql"]


def test_exclude_over_a_reverse_relation_leaves_the_right_rows(cast: Cast) -> None:
    quiet, told = book(cast.anna, cast.ola), book(cast.anna, cast.marek, MONDAY.replace(hour=12))
    tell(cast.anna, told, "cancelled", "client", BOOKED)
    tell(cast.anna, quiet, "arrived", "client", MONDAY)
    practice_id = cast.anna.practice_id

    excluded = Meeting.objects.of(practice_id).exclude(events__type="cancelled")
    events = Event.objects.of(practice_id).filter(meeting_id=OuterRef("id"), type="cancelled")
    asked_well = Meeting.objects.of(practice_id).filter(~Exists(events))

    assert [meeting.id for meeting in excluded] == [quiet.id]
    assert [meeting.id for meeting in asked_well] == [quiet.id]
