"""Rules: read, drafted, published, discarded; each version as it was."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from tests.cast import ANNAS_TERMS, book
from tests.web.pages import dump_rows, follow, present, read, sign_in
from tests.web.rules_answers import (
    all_rules,
    answer,
    list_versions,
    of_template,
    read_version,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def _save(client: Client, terms: dict[str, Any] = ANNAS_TERMS, **changed: str | None) -> str:
    return follow(client, client.post(reverse("rules"), answer(terms, **changed)))


def _publish(client: Client, number: str, *, read_as: str | None = None) -> str:
    """Publish as the page does: with the number and the digest of the draft that it shows."""
    page = client.get(reverse("rules")).content.decode()
    shown = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    digest = read_as if read_as is not None else shown[1] if shown else ""
    sent = {"number": number, "digest": digest}
    return follow(client, client.post(reverse("publish_rules"), sent))


@pytest.mark.parametrize("template", ["gentle", "clear", "firm"])
def test_what_is_saved_unchanged_stays_as_it_was(template: str, cast: Cast, anna: Client) -> None:
    terms = of_template(template)
    _save(anna, terms)

    assert read_version(cast.anna, 2) == terms


def test_every_rule_is_saved_as_it_was(cast: Cast, anna: Client) -> None:
    terms = all_rules()
    terms["practitioner"] = {
        "lateness": {"grace_minutes": 0},
        "missed": {"percent": 100},
        "rescheduling": {"hours": 72, "free_moves": 0, "percent": 100},
    }
    terms["rules"]["payment"] = {"due": "after_session", "hours": 72, "unpaid": "keep"}

    _save(anna, terms)

    assert read_version(cast.anna, 2) == terms
    assert _save(anna, terms).count("Version 2, a draft.") == 1


def test_a_rule_that_is_switched_off_is_left_out(cast: Cast, anna: Client) -> None:
    _save(anna, goodwill__on=None, payment__on=None)

    expected = copy.deepcopy(ANNAS_TERMS)
    del expected["rules"]["goodwill"], expected["rules"]["payment"]
    assert read_version(cast.anna, 2) == expected


def test_draft_holds_for_nobody(cast: Cast, anna: Client) -> None:
    page = _save(anna, missed__percent="10")

    assert "Saved as a draft." in page
    assert list_versions(cast.anna) == [(1, True), (2, False)]
    assert read_version(cast.anna, 1) == ANNAS_TERMS
    booking = book(cast.anna, cast.ola, present(), now=present())
    page = read(anna.get(reverse("export_history", args=[cast.ola.id])))
    assert '"missed": {"percent": 100}' in page, booking


def test_draft_is_written_over(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")
    _save(anna, missed__percent="20")

    assert list_versions(cast.anna) == [(1, True), (2, False)]
    assert read_version(cast.anna, 2)["rules"]["missed"] == {"percent": 20}


def test_published_draft_is_in_force(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")

    page = _publish(anna, "2")

    assert "Version 2 is in force. Meetings booked from now on are judged by it." in page
    assert list_versions(cast.anna) == [(1, True), (2, True)]
    assert "Publish" not in page


@pytest.mark.parametrize(
    "number", ["", "1", "3", "-2", "2.0", "x", "\0", "2\0", "9" * 5_000, "9" * 20, "²", "0"]
)
def test_only_the_draft_that_was_read_is_published(number: str, cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")

    page = _publish(anna, number)

    assert "The draft has changed in another window." in page
    assert list_versions(cast.anna) == [(1, True), (2, False)]


def test_second_tab_publishes_nothing(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")
    _publish(anna, "2")
    before = dump_rows()

    assert "The draft has changed in another window." in _publish(anna, "2")
    assert dump_rows() == before


def test_second_tab_does_not_publish_a_later_draft(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")
    _publish(anna, "2")
    _save(anna, missed__percent="20")

    assert "The draft has changed in another window." in _publish(anna, "2")
    assert list_versions(cast.anna) == [(1, True), (2, True), (3, False)]


def test_terms_that_were_not_read_are_not_published(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")
    page = anna.get(reverse("rules")).content.decode()
    shown = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert shown is not None
    _save(anna, missed__percent="100")

    said = _publish(anna, "2", read_as=shown[1])

    assert "The draft has changed in another window." in said
    assert list_versions(cast.anna) == [(1, True), (2, False)]


def test_discarded_draft_is_gone(cast: Cast, anna: Client) -> None:
    _save(anna, missed__percent="10")

    page = follow(anna, anna.post(reverse("discard_rules")))

    assert "The draft is gone; what was in force stays in force." in page
    assert list_versions(cast.anna) == [(1, True)]
    page = follow(anna, anna.post(reverse("discard_rules")))
    assert "The draft is gone" not in page


def test_meetings_keep_the_rules_they_were_booked_under(cast: Cast, anna: Client) -> None:
    booking = book(cast.anna, cast.ola, present(), now=present())
    _save(anna, missed__percent="10")
    _publish(anna, "2")

    page = read(anna.get(reverse("export_history", args=[cast.ola.id])))

    assert '"missed": {"percent": 100}' in page, booking
    assert '"missed": {"percent": 10}' not in page


def test_version_page_shows_its_clauses(cast: Cast, anna: Client) -> None:
    page = read(anna.get(reverse("rules_version", args=[1])))

    assert "Rules, version 1" in page
    assert "Meetings booked under it are judged by it." in page
    for title in ("Cancelling", "Payment"):
        assert title.lower()[:6] in page.lower()


@pytest.mark.parametrize("number", ["2", "0", "99", "9" * 18, "9" * 19, "9" * 40, "9" * 5_000])
def test_version_that_was_not_published_is_nothing(number: str, cast: Cast, anna: Client) -> None:
    _save(anna)

    assert anna.get(f"/rules/versions/{number}/").status_code == 404


def test_a_practice_without_rules_begins_with_some(cast: Cast, anna: Client) -> None:
    from miedza.agreements.models import RulesVersion

    practice = cast.borys.practice
    assert RulesVersion.objects.of(practice.id).count() == 1
    from miedza.practice.actions import create_practice
    from tests.web.pages import sign_in

    zoe = create_practice(
        email="zoe@miedza.example", practitioner_name="Zoe", profession="psychologist",
        language="en", currency="GBP", time_zone="Europe/London", now=present(),
    )  # fmt: skip
    client = sign_in(zoe.user)

    page = read(client.get(reverse("rules")))

    assert "Nothing is in force yet." in page
    assert client.post(reverse("publish_rules"), {"number": "1"}).status_code == 302
    assert list_versions(zoe) == []
    page = follow(client, client.post(reverse("rules"), answer(of_template("gentle"))))
    assert read_version(zoe, 1)["currency"] == "GBP"
    assert read_version(zoe, 1)["time_zone"] == "Europe/London"


def test_numbers_keep_what_follows_them_on_their_line(cast: Cast) -> None:
    page = sign_in(cast.anna.user, "pl").get(reverse("rules")).content.decode()

    kept = re.findall(
        r'<span class="unbroken"><input type="number" name="(\w+)"[^>]*>([^<]+)<', page
    )
    assert dict(kept)["lateness__wait_minutes"] == "\N{NO-BREAK SPACE}min,"
    assert dict(kept)["session__requests"] == ";"
