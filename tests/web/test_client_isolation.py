"""A client's place opens to its own people only: every address, by every method, for everybody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.cast import tell
from tests.web.addresses import METHODS, OF_CLIENTS, OF_PRACTICE, ROLES, ROWS, everything_of
from tests.web.pages import dump_rows, read, sign_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.web.pages import Side, Stage

ACTING = ("my_calendar", "my_wish", "my_stop_waiting")
"""What is done by an empty form."""
EVERYBODY = ("self", "guardian", "payer", "sponsor", "other")


def _ask(client: Client, method: str, address: str, body: dict[str, Any]) -> Any:
    if method == "POST":
        return client.post(address, body)
    return client.generic(method, address)


def _address(name: str, side: Side) -> str:
    ids = ROWS[name].ids
    return reverse(name, args=None if ids is None else ids(side))


@pytest.mark.parametrize("name", OF_CLIENTS)
def test_anonymous_is_sent_to_sign_in(name: str, stage: Stage, client: Client, db: None) -> None:
    before = dump_rows()

    for method in METHODS:
        response = _ask(client, method, _address(name, stage.mine), everything_of(stage.mine))

        if method in ROWS[name].methods:
            assert response.status_code == 302, (method, response.status_code)
            assert response["Location"].startswith("/sign-in/?next=/my/"), response["Location"]
        else:
            assert response.status_code == 405, (method, response.status_code)
    assert dump_rows() == before


STRANGERS: dict[str, Callable[[Stage], Any]] = {
    "the practitioner": lambda stage: stage.mine.practitioner.user,
    "another practitioner": lambda stage: stage.theirs.practitioner.user,
    "another client": lambda stage: stage.mine.user("other"),
    "a client of another practice": lambda stage: stage.theirs.user("self"),
    "a guardian of another practice": lambda stage: stage.theirs.user("guardian"),
}


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("name", OF_CLIENTS)
def test_place_of_another_does_not_exist(name: str, who: str, stage: Stage, db: None) -> None:
    stranger = sign_in(STRANGERS[who](stage))
    before = dump_rows()

    for method in METHODS:
        response = _ask(stranger, method, _address(name, stage.mine), everything_of(stage.mine))

        expected = 404 if method in ROWS[name].methods else 405
        assert response.status_code == expected, (method, response.status_code)
        assert stage.mine.person.name not in response.content.decode()
    assert dump_rows() == before


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", OF_CLIENTS)
def test_each_role_sees_what_it_should_and_no_more(
    name: str, role: str, stage: Stage, db: None
) -> None:
    reader = sign_in(stage.mine.user(role))
    is_for = role in ROLES[ROWS[name].audience]
    before = dump_rows()

    for method in METHODS:
        response = _ask(reader, method, _address(name, stage.mine), {})

        if method not in ROWS[name].methods:
            assert response.status_code == 405, (method, response.status_code)
        elif is_for:
            assert response.status_code in (200, 302, 404, 409, 422), method
        else:
            assert response.status_code == 404, (method, response.status_code)
    assert dump_rows() == before or (is_for and name in ACTING)


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", OF_PRACTICE)
def test_client_opens_no_page_of_the_practice(name: str, role: str, stage: Stage, db: None) -> None:
    reader = sign_in(stage.mine.user(role))
    before = dump_rows()

    for method in METHODS:
        response = _ask(reader, method, _address(name, stage.mine), everything_of(stage.mine))

        if method not in ROWS[name].methods:
            assert response.status_code == 405, (method, response.status_code)
        elif name == "today":
            assert (response.status_code, response["Location"]) == (302, "/my/")
        else:
            assert response.status_code == 404, (method, response.status_code)
    assert dump_rows() == before


MEETING_NAMES = (
    "my_meeting", "my_move", "my_cancel", "my_request", "my_late", "my_waive", "my_differ",
)  # fmt: skip


@pytest.mark.parametrize("name", MEETING_NAMES)
def test_meeting_of_another_under_ones_own_address_does_not_exist(
    name: str, stage: Stage, db: None
) -> None:
    mine, theirs = stage.mine, stage.theirs
    visitors = {
        "other": (sign_in(mine.user("other")), mine.other.id, mine.ahead.id),
        "practice": (sign_in(mine.user("self")), mine.person.id, theirs.ahead.id),
        "nothing": (sign_in(mine.user("self")), mine.person.id, uuid.UUID(int=7)),
    }
    before = dump_rows()

    for client, person_id, booking_id in visitors.values():
        for method in ROWS[name].methods:
            address = reverse(name, args=[person_id, booking_id])
            response = _ask(client, method, address, everything_of(mine))
            assert response.status_code == 404, (method, response.status_code)
    assert dump_rows() == before


def _rulings(stage: Stage) -> dict[str, str]:
    """Ids that are none of what the body of an answer may name."""
    return {
        "of another practice": str(stage.theirs.owed.id),
        "of another meeting": str(stage.mine.owed.id),
        "of nothing": str(uuid.UUID(int=7)),
    }


@pytest.mark.parametrize("which", ["of another practice", "of another meeting", "of nothing"])
@pytest.mark.parametrize("name", ["my_waive", "my_differ"])
def test_ruling_of_another_in_a_body_is_nothing(
    name: str, which: str, stage: Stage, db: None
) -> None:
    client = sign_in(stage.mine.user("self"))
    before = dump_rows()
    body = {"ruling": _rulings(stage)[which], "reason": "a gift", "text": "words"}

    response = client.post(_address(name, stage.mine), body)

    assert (response.status_code, response["Location"]) == (
        302, reverse("my_meeting", args=[stage.mine.person.id, stage.mine.ahead.id]),
    )  # fmt: skip
    assert dump_rows() == before


@pytest.mark.parametrize("which", ["of another practice", "of nothing"])
def test_decision_about_a_ruling_of_another_is_nothing(
    which: str, stage: Stage, anna: Client
) -> None:
    before = dump_rows()

    for choice in ("apply", "talk", "leave", "open", "", "x"):
        response = anna.post(reverse("decide", args=[_rulings(stage)[which]]), {"choice": choice})
        assert (response.status_code, response["Location"]) == (302, "/decisions/")
    assert dump_rows() == before


def test_relation_of_another_person_is_not_ended(stage: Stage, anna: Client) -> None:
    before = dump_rows()

    for person, relation in (
        (stage.mine.other, stage.mine.relation),
        (stage.mine.person, stage.theirs.relation),
    ):
        address = reverse("end_beside", args=[person.id, relation.id])
        assert anna.post(address).status_code == 404
    assert dump_rows() == before


def test_relation_that_ended_opens_nothing(stage: Stage, anna: Client) -> None:
    guardian = sign_in(stage.mine.user("guardian"))
    place = reverse("my_place", args=[stage.mine.person.id])
    assert guardian.get(place).status_code == 200

    anna.post(reverse("end_beside", args=[stage.mine.person.id, stage.mine.relation.id]))

    assert guardian.get(place).status_code == 404


def test_place_that_was_closed_opens_nothing(stage: Stage, anna: Client) -> None:
    client = sign_in(stage.mine.user("self"))
    place = reverse("my_place", args=[stage.mine.person.id])
    assert client.get(place).status_code == 200

    anna.post(reverse("change_place", args=[stage.mine.person.id]), {"place": "close"})

    assert client.get(place).status_code == 404
    assert client.get(reverse("my")).status_code == 200


def test_sponsor_and_payer_learn_no_words_and_no_hours(stage: Stage, db: None) -> None:
    place = reverse("my_sponsoring", args=[stage.mine.person.id])
    page = sign_in(stage.mine.user("sponsor")).get(place).content.decode()
    start = stage.mine.ahead.starts_at
    assert f"{start:%H:}" not in page.split("</header>")[-1]
    assert "PLN" not in page
    assert "zł" not in page

    mine = stage.mine
    tell(mine.practitioner, mine.booking, "held", "practitioner", mine.booking.ends_at)
    place = reverse("my_paying", args=[mine.person.id])
    page = sign_in(stage.mine.user("payer")).get(place).content.decode()
    assert "PLN" in page
    assert "late" not in page.split("<main")[1]


def test_link_of_somebody_else_is_refused_to_who_has_signed_in(stage: Stage, db: None) -> None:
    link = reverse("agree", args=[stage.mine.token])  # It is Ida's.

    page = sign_in(stage.mine.user("self")).get(link)

    assert page.status_code == 403
    assert "This link is for somebody else" in read(page)
    assert sign_in(stage.mine.user("other")).get(link).status_code == 200
