"""Ids of others inside bodies and queries: answered as ids of nothing are, and without effect."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.urls import reverse

from miedza.ledger.models import Ruling
from miedza.people.actions import write_note
from tests.cast import BOOKED
from tests.web.pages import dump_rows, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.web.pages import Stage


class Attempt(NamedTuple):
    """A post to an address of one's own, with an id in its body."""

    name: str
    field: str
    theirs: Callable[[Stage], str]
    """An id of the other practice, or of the wrong thing in one's own."""
    nothing: Callable[[Stage], str]
    """The same with an id of nothing at all."""


def _id(_stage: Stage) -> str:
    return str(uuid.UUID(int=7))


ATTEMPTS = {
    "close another's meeting": Attempt(
        "close_day", "booking", lambda s: str(s.theirs.booking.id), _id
    ),
    "take back another's event": Attempt(
        "void", "event", lambda s: f"{s.theirs.missed.id}:{s.theirs.event.id}",
        lambda s: f"{_id(s)}:{s.theirs.event.id}",
    ),
    "take back another's event, of my meeting": Attempt(
        "void", "event", lambda s: f"{s.mine.missed.id}:{s.theirs.event.id}",
        lambda s: f"{s.mine.missed.id}:{_id(s)}",
    ),
    "take back another's event, of no meeting": Attempt(
        "void", "event", lambda s: str(s.theirs.event.id), _id
    ),
    "take back an event of my other meeting": Attempt(
        "void", "event", lambda s: f"{s.mine.booking.id}:{s.mine.event.id}",
        lambda s: f"{s.mine.booking.id}:{_id(s)}",
    ),
    "waive what another is owed": Attempt("waive", "ruling", lambda s: str(s.theirs.owed.id), _id),
    "waive what I owe myself": Attempt(
        "waive", "ruling", lambda s: str(_kept(s).id), _id
    ),
    "publish a number that is no draft": Attempt(
        "publish_rules", "number", lambda _s: "1", lambda _s: "77"
    ),
}  # fmt: skip


def _kept(stage: Stage) -> Ruling:
    """A ruling of my own that owes nobody anything."""
    rulings = Ruling.objects.of(stage.mine.practitioner.practice_id)
    return rulings.filter(meeting_id=stage.mine.missed.id, owed_by=None)[0]


def _post(client: Client, stage: Stage, attempt: Attempt, value: str) -> tuple[int, str, str]:
    """Post, and tell the answer: its status, where it leads, what is said there."""
    ids = [stage.mine.missed.id] if attempt.name in ("void", "waive") else []
    body = {attempt.field: value, "reason": "a gift"}
    response = client.post(reverse(attempt.name, args=ids), body)
    leads = response.get("Location", "")
    return response.status_code, leads, read(client.get(leads) if leads else response)


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=list(ATTEMPTS))
def test_foreign_id_is_answered_as_no_id(attempt: Attempt, stage: Stage, anna: Client) -> None:
    before = dump_rows()

    theirs = _post(anna, stage, attempt, attempt.theirs(stage))
    nothing = _post(anna, stage, attempt, attempt.nothing(stage))

    assert theirs == nothing
    assert theirs[0] in (302, 404, 422)
    assert dump_rows() == before


def test_ruling_of_another_meeting_is_not_waived(stage: Stage, anna: Client) -> None:
    before = dump_rows()
    body = {"ruling": str(stage.mine.owed.id), "reason": "a gift"}

    response = anna.post(reverse("waive", args=[stage.mine.booking.id]), body)

    assert response.status_code in (302, 404, 422)
    assert dump_rows() == before


def test_note_about_another_person_stays(stage: Stage, anna: Client) -> None:
    marek = next(p for p in _people(stage) if p.name.startswith("Marek"))
    note = write_note(practitioner=stage.mine.practitioner, person=marek, text="x", now=BOOKED)
    before = dump_rows()

    response = anna.post(reverse("delete_note", args=[stage.mine.person.id, note.id]))

    assert response.status_code == 404
    assert dump_rows() == before


def _people(stage: Stage) -> list[Any]:
    from miedza.people.queries import list_people

    return list(list_people(practice_id=stage.mine.practitioner.practice_id))


def test_some_ids_of_mine_and_one_of_another_take_nothing_back(stage: Stage, anna: Client) -> None:
    before = dump_rows()
    pairs = [
        f"{stage.mine.missed.id}:{stage.mine.event.id}",
        f"{stage.theirs.missed.id}:{stage.theirs.event.id}",
    ]

    response = anna.post(reverse("void", args=[stage.mine.missed.id]), {"event": pairs})

    assert response.status_code == 404
    assert dump_rows() == before


def test_foreign_path_is_refused_whatever_the_body(stage: Stage, anna: Client) -> None:
    before = dump_rows()
    mine = f"{stage.mine.missed.id}:{stage.mine.event.id}"
    address = reverse("void", args=[stage.theirs.missed.id])

    for body in ({}, {"event": mine}, {"event": mine, "to": "today"}, {"event": "nonsense"}):
        assert anna.post(address, body).status_code == 404, body
    assert dump_rows() == before


@pytest.mark.parametrize("name", ["person", "change_person", "book", "notes", "export_history"])
def test_ids_of_the_wrong_kind_are_nothing(name: str, stage: Stage, anna: Client) -> None:
    for wrong in (stage.mine.booking.id, stage.mine.note.id, stage.mine.practitioner.id):
        assert anna.get(reverse(name, args=[wrong])).status_code == 404


def test_search_finds_only_ones_own(stage: Stage, anna: Client) -> None:
    for words in ("Настя", "Ёлкина", "%", "_", "' OR 1=1 --", "Ola' UNION SELECT"):
        page = read(anna.get(reverse("people"), {"q": words}))
        assert "Настя Ёлкина" not in page, words


@pytest.mark.parametrize(
    "extra",
    [
        "practice_id", "practice", "id", "pk", "user_id", "user", "is_active", "currency",
        "sealed_key", "calendar_key", "search_name", "created_at", "email", "last_login",
    ],
)  # fmt: skip
def test_fields_that_no_form_shows_are_ignored(extra: str, stage: Stage, anna: Client) -> None:
    settings = {
        "name": "Anna", "profession": "tutor", "time_zone": "Europe/Warsaw", "language": "en",
        "theme": "",
    }  # fmt: skip
    person = {
        "name": "Ola Żółć", "what_for": "", "email": stage.mine.person.email, "phone": "",
        "language": "pl",
        "usual_minutes": "60", "usual_price_minor": "200",
    }  # fmt: skip
    before = dump_rows()

    for name, ids, body in (
        ("settings", [], settings),
        ("change_person", [stage.mine.person.id], person),
    ):
        added = {extra: str(stage.theirs.practitioner.practice_id), **body}
        assert anna.post(reverse(name, args=ids), added).status_code == 302

    assert _differing(before) <= {"name", "language"}


def _differing(before: dict[str, list[dict[str, Any]]]) -> set[str]:
    """The columns that have changed."""
    after = dump_rows()
    return {
        column
        for table, rows in before.items()
        for old, new in zip(rows, after[table], strict=True)
        for column, value in old.items()
        if new[column] != value
    }
