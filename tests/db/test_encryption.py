"""A sealed text opens with its key, at its place, unchanged; otherwise not at all."""

from __future__ import annotations

import secrets
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.db.encryption import SealBroken, make_practice_key, open_practice_key, seal, unseal
from miedza.ledger.queries import find_meeting
from miedza.people.actions import write_note
from miedza.people.models import Note
from miedza.people.queries import list_notes
from tests.cast import BOOKED, MONDAY, Cast, book, tell

KEY = secrets.token_bytes(32)


@given(text=st.text(), place=st.text(st.characters(codec="utf-8")))
def test_sealed_text_opens_with_its_key_at_its_place(text: str, place: str) -> None:
    text = text.encode(errors="replace").decode()

    assert unseal(KEY, seal(KEY, text, place=place), place=place) == text


@settings(max_examples=300)
@given(data=st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, "tylko dla mnie", place="note:1"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealBroken):
        unseal(KEY, bytes(sealed), place="note:1")


@pytest.mark.parametrize("kept", range(43))
def test_text_cut_short_is_refused(kept: int) -> None:
    sealed = seal(KEY, "тайна ученика", place="note:1")

    with pytest.raises(SealBroken):
        unseal(KEY, sealed[:kept], place="note:1")


def test_another_key_or_place_is_refused() -> None:
    sealed = seal(KEY, "…", place="note:1")

    with pytest.raises(SealBroken):
        unseal(secrets.token_bytes(32), sealed, place="note:1")
    with pytest.raises(SealBroken):
        unseal(KEY, sealed, place="note:2")


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({seal(KEY, "…", place="note:1") for _ in range(1000)}) == 1000


def test_practice_key_opens_for_its_practice_only() -> None:
    practice_id, other_id = uuid.uuid4(), uuid.uuid4()
    wrapped = make_practice_key(practice_id)

    assert len(open_practice_key(practice_id, wrapped)) == 32
    with pytest.raises(SealBroken):
        open_practice_key(other_id, wrapped)


def test_note_opens_for_its_practice_and_person(cast: Cast) -> None:
    write_note(practitioner=cast.anna, person=cast.ola, text="Lubi herbatę.", now=BOOKED)

    (note,) = list_notes(practitioner=cast.anna, person_id=cast.ola.id)

    assert note.open_text(cast.anna.practice.key) == "Lubi herbatę."
    assert list_notes(practitioner=cast.anna, person_id=cast.marek.id) == []
    assert list_notes(practitioner=cast.borys, person_id=cast.ola.id) == []


@pytest.mark.parametrize("what", ["row", "person", "practice"])
def test_sealed_note_that_was_moved_does_not_open(cast: Cast, what: str) -> None:
    practice = cast.anna.practice
    note = write_note(practitioner=cast.anna, person=cast.ola, text="Lubi herbatę.", now=BOOKED)
    moved = {
        "row": Note(id=uuid.uuid4(), practice=practice, person_id=cast.ola.id),
        "person": Note(id=note.id, practice=practice, person_id=cast.marek.id),
        "practice": Note(id=note.id, practice=cast.borys.practice, person_id=cast.ola.id),
    }[what]

    moved.sealed_text = note.sealed_text

    assert note.open_text(practice.key) == "Lubi herbatę."
    with pytest.raises(SealBroken):
        moved.open_text(practice.key)
    with pytest.raises(SealBroken):
        note.open_text(cast.borys.practice.key)


def test_note_whose_bytes_another_row_stole_is_refused_on_reading(cast: Cast) -> None:
    practice = cast.anna.practice
    secret = write_note(practitioner=cast.anna, person=cast.ola, text="tajne", now=BOOKED)
    own = write_note(practitioner=cast.anna, person=cast.marek, text="jawne", now=BOOKED)
    Note.objects.of(practice.id).filter(id=own.id).update(sealed_text=secret.sealed_text)

    (stolen,) = list_notes(practitioner=cast.anna, person_id=cast.marek.id)
    with pytest.raises(SealBroken):
        stolen.open_text(practice.key)


def test_text_of_an_event_opens_for_its_practice_only(cast: Cast) -> None:
    booking = book(cast.anna, cast.ola)
    said = tell(cast.anna, booking, "incident", "client", MONDAY, text="Bałam się.")
    silent = tell(cast.anna, booking, "arrived", "client", MONDAY)

    assert said.open_text(cast.anna.practice.key) == "Bałam się."
    assert silent.open_text(cast.anna.practice.key) == ""
    assert find_meeting(practice_id=cast.borys.practice_id, meeting_id=booking.id) is None
    with pytest.raises(SealBroken):
        said.open_text(cast.borys.practice.key)
