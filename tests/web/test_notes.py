"""Notes: written, read, deleted; sealed on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.people.actions import write_note
from miedza.people.models import Note, Person
from miedza.people.queries import list_notes
from tests.cast import BOOKED
from tests.web.hostile import bad_text
from tests.web.pages import dump_rows, follow, read
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def _texts(cast: Cast) -> list[str]:
    practice = cast.anna.practice
    notes = list_notes(practitioner=cast.anna, person_id=cast.ola.id)
    return [note.open_text(practice.key) for note in notes]


def test_note_is_written_and_read(cast: Cast, anna: Client) -> None:
    address = reverse("notes", args=[cast.ola.id])

    page = follow(anna, anna.post(address, {"text": "Shy at first.\r\n\r\nLikes to read."}))

    assert _texts(cast) == ["Shy at first.\r\n\r\nLikes to read."]
    assert "Shy at first. Likes to read." in page
    stored = bytes(Note.objects.of(cast.anna.practice_id).get().sealed_text or b"")
    assert b"Shy" not in stored


def test_empty_page_says_who_reads_notes(cast: Cast, anna: Client) -> None:
    page = read(anna.get(reverse("notes", args=[cast.ola.id])))

    assert "Nothing is written yet." in page


def test_reading_writes_nothing(cast: Cast, anna: Client) -> None:
    before = dump_rows()

    anna.get(reverse("notes", args=[cast.ola.id]))

    assert dump_rows() == before


def test_note_is_refused(cast: Cast, anna: Client) -> None:
    address = reverse("notes", args=[cast.ola.id])

    check_refused(anna, address, {"text": "x"}, "text", "Note", bad_text(20_000))


def test_note_of_the_greatest_length_is_kept(cast: Cast, anna: Client) -> None:
    text = "ż" * 20_000

    assert anna.post(reverse("notes", args=[cast.ola.id]), {"text": text}).status_code == 302
    assert _texts(cast) == [text]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "a\n<b>b"]
)
def test_text_of_a_note_is_shown_as_written(text: str, cast: Cast, anna: Client) -> None:
    address = reverse("notes", args=[cast.ola.id])

    response = anna.get(anna.post(address, {"text": text})["Location"])

    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>b" not in page
    assert " ".join(text.split()) in read(response)


def test_deleted_note_is_gone_and_cannot_be_deleted_twice(cast: Cast, anna: Client) -> None:
    anna.post(reverse("notes", args=[cast.ola.id]), {"text": "x"})
    note = Note.objects.of(cast.anna.practice_id).get()
    address = reverse("delete_note", args=[cast.ola.id, note.id])

    page = follow(anna, anna.post(address))

    assert "The note is deleted." in page
    assert _texts(cast) == []
    assert anna.post(address).status_code == 404


def test_text_that_does_not_open_takes_no_page_down(cast: Cast, anna: Client) -> None:
    practice = cast.anna.practice
    write_note(practitioner=cast.anna, person=cast.ola, text="Shy.", now=BOOKED)
    lost = write_note(practitioner=cast.anna, person=cast.ola, text="Bold.", now=BOOKED)
    Note.objects.of(practice.id).filter(id=lost.id).update(sealed_text=b"\x01" * 40)
    Person.objects.of(practice.id).filter(id=cast.ola.id).update(sealed_text=b"junk")

    notes = read(anna.get(reverse("notes", args=[cast.ola.id])))
    people = read(anna.get(reverse("people")))
    person = read(anna.get(reverse("person", args=[cast.ola.id])))
    form = read(anna.get(reverse("change_person", args=[cast.ola.id])))

    assert "Shy." in notes
    for page in (notes, people, person):
        assert "This text cannot be opened" in page
    assert "Marek Łącki" in people
    assert "Ola Żółć" in form
