"""A feed of one's own: made, renewed, ended; with the access of whoever reads it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from miedza.people.models import Relation
from tests.cast import book, tell
from tests.web.clients import give_place, sign_agreement
from tests.web.pages import follow, present, sign_in, typed, yesterday_at

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

PAGE = reverse("calendars")


def _link(page: Any) -> str:
    """The path of the feed that a page shows; empty where it shows none."""
    found = re.search(r'id="feed-address"[^>]*value="([^"]+)"', page.content.decode())
    return "/feeds/" + html.unescape(found[1]).split("/feeds/", 1)[1] if found else ""


@pytest.mark.parametrize("side", ["practitioner", "client"])
def test_feed_is_made_renewed_and_ended(
    side: str, cast: Cast, anna: Client, browser: Client
) -> None:
    ola = give_place(cast.anna, cast.ola)
    sign_agreement(cast.anna, cast.ola)
    meeting = book(cast.anna, cast.ola, yesterday_at(10, days=-3), now=present())
    mine = side == "practitioner"
    reader = anna if mine else ola
    page = PAGE if mine else reverse("my_calendar", args=[cast.ola.id])
    assert _link(reader.get(page)) == ""

    said = follow(reader, reader.post(page, {"shown": "names"}))

    assert "Here is the address. An earlier one no longer works." in said
    first = _link(reader.get(page))
    feed = browser.get(first)
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed["X-Robots-Tag"] == "noindex"
    text = feed.content.decode()
    assert f"{meeting.starts_at:%Y%m%dT%H%M%SZ}" in text or "DTSTART;TZID=Europe/Warsaw" in text
    assert ("Ola Żółć" in text) == mine

    reader.post(page, {"shown": "names"})

    second = _link(reader.get(page))
    assert second != first
    assert [browser.get(each).status_code for each in (first, second)] == [404, 200]

    said = follow(reader, reader.post(page, {"end": "1"}))

    assert "The address answers nothing any more." in said
    assert browser.get(second).status_code == 404
    assert _link(reader.get(page)) == ""


@pytest.mark.parametrize(
    ("shown", "named"), [("names", "Ola Żółć"), ("initials", "O. Ż."), ("busy", "")]
)
def test_feed_tells_as_much_of_people_as_was_chosen(
    shown: str, named: str, cast: Cast, anna: Client, browser: Client
) -> None:
    book(cast.anna, cast.ola, yesterday_at(10, days=-3), now=present())
    anna.post(PAGE, {"shown": shown})

    text = browser.get(_link(anna.get(PAGE))).content.decode()

    assert "BEGIN:VEVENT" in text
    assert named in text.replace("O.Ż.", "O. Ż.").replace("OŻ", "O. Ż.")
    assert ("Ola" in text) == (shown == "names")
    assert typed(anna.get(PAGE), "shown")[-1] == shown


def test_feed_is_sent_again_only_when_it_has_changed(
    cast: Cast, anna: Client, browser: Client
) -> None:
    booking = book(cast.anna, cast.ola, yesterday_at(10, days=-3), now=present())
    anna.post(PAGE, {"shown": "names"})
    link = _link(anna.get(PAGE))
    first = browser.get(link)

    same = browser.get(link, headers={"if-none-match": first["ETag"]})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert browser.head(link)["ETag"] == first["ETag"]
    tell(cast.anna, booking, "cancelled", "client", present())
    changed = browser.get(link, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("ended", ["relation", "place", "address"])
def test_address_ends_with_the_access_of_whoever_read_it(
    ended: str, cast: Cast, anna: Client, browser: Client
) -> None:
    beside = reverse("beside", args=[cast.ola.id])
    anna.post(beside, {"name": "Ewa", "email": "ewa@clients.example", "kind": "guardian"})
    relation = Relation.objects.of(cast.anna.practice_id).select_related("other__user").get()
    page = reverse("my_calendar", args=[cast.ola.id])
    mother = sign_in(relation.other.user)
    mother.post(page)
    link = _link(mother.get(page))
    assert browser.get(link).status_code == 200

    if ended == "relation":
        anna.post(reverse("end_beside", args=[cast.ola.id, relation.id]))
    elif ended == "place":
        anna.post(reverse("change_place", args=[relation.other_id]), {"place": "close"})
    else:
        address = reverse("change_person", args=[relation.other_id])
        form = anna.get(address)
        names = ("name", "phone", "language", "what_for", "usual_minutes", "usual_price_minor")
        said = {name: "".join(typed(form, name)) for name in names}
        anna.post(address, {**said, "language": "pl", "email": "new@x.example"})

    assert browser.get(link).status_code == 404


def test_address_of_a_client_outlives_whoever_pays_for_them(
    cast: Cast, anna: Client, browser: Client
) -> None:
    ola = give_place(cast.anna, cast.ola)
    beside = reverse("beside", args=[cast.ola.id])
    anna.post(beside, {"name": "Firma", "email": "firma@clients.example", "kind": "payer"})
    relation = Relation.objects.of(cast.anna.practice_id).get()
    page = reverse("my_calendar", args=[cast.ola.id])
    ola.post(page)

    anna.post(reverse("end_beside", args=[cast.ola.id, relation.id]))

    assert not Relation.objects.of(cast.anna.practice_id).exists()
    assert browser.get(_link(ola.get(page))).status_code == 200


def test_what_is_no_feed_answers_nothing(cast: Cast, anna: Client, browser: Client) -> None:
    anna.post(PAGE, {"shown": "names"})
    link = _link(anna.get(PAGE))

    for other in ("/feeds/x.ics", link[:-5] + "x.ics", link.swapcase(), "/feeds/%00.ics"):
        assert browser.get(other).status_code == 404
    assert browser.post(link).status_code == 405
