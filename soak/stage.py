"""Sets the stage for one slot that everybody wants, and looks at it afterwards.

Run as `python -m soak.stage set` or `look` with the surroundings of the server.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from miedza.practice.models import Practitioner, User

EACH = 40
"""So many clients for each way that clients have: none of them acts more often than they may."""
DAYS_AHEAD = 10
ZONE = ZoneInfo("Europe/Warsaw")


class _Forms(HTMLParser):
    """The fields of each form of a page, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what has a name."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self._select and "selected" in said and self.forms:
            self.forms[-1][self._select] = said["value"]
        elif tag in ("input", "textarea") and said.get("name") and self.forms:
            is_ticked = said.get("type") not in ("checkbox", "radio") or "checked" in said
            if is_ticked and "disabled" not in said:
                kept = self.forms[-1].setdefault(said["name"], [])
                kept.append(said.get("value", ""))


def find_slot() -> datetime:
    """The slot: at noon, some days ahead."""
    day = datetime.now(ZONE).date() + timedelta(days=DAYS_AHEAD)
    return datetime.combine(day, time(12), ZONE).astimezone(UTC)


def set_stage() -> dict[str, Any]:
    """Make a practice in which the slot is free, and the forms of all who want it."""
    from miedza.bookings.hours import Limits, set_hours
    from miedza.core.hours import DAYS
    from miedza.practice.actions import change_looks, open_pages
    from tests.cast import ANNAS_TERMS, make_person, make_practitioner
    from tests.web.clients import drop_payment
    from tests.web.offers import define

    anna = make_practitioner("Anna Zielińska", terms=ANNAS_TERMS)
    drop_payment(anna)
    change_looks(user=anna.user, language="en", theme="")
    everyday = {day: [["06:00", "22:00"]] for day in DAYS}
    set_hours(practitioner=anna, weekly=everyday, limits=Limits(60, 0, 0, 60, None))
    now = datetime.now(UTC)
    open_pages(practice=anna.practice, slug="anna", now=now)
    services = {
        "lesson": define(anna, "Lesson"), "asked": define(anna, "Asked", way="on_request"),
        "group": define(anna, "Group", seats=6),
    }  # fmt: skip
    owner = make_person(anna, "Owner")
    slot = find_slot()
    local = slot.astimezone(ZONE)
    at = int(slot.timestamp())
    forms = {
        "own": [read_form(anna.user, f"/people/{owner.id}/book/", day=f"{local:%Y-%m-%d}",
                      clock=f"{local:%H:%M}")],
        "group": [read_form(anna.user, f"/settings/services/{services['group'].id}/dates/",
                        day=f"{local:%Y-%m-%d}", clock=f"{local:%H:%M}", count="1", weeks="1")],
        "hold": [read_form(None, f"/with/anna/{services['lesson'].slug}/book/?at={at}",
                       name="Visitor", email="")],
    }  # fmt: skip
    for way in ("book", "ask", "move", "series"):
        forms[way] = [_let_in(anna, way, number, at, services) for number in range(EACH)]
    return {"forms": forms, "at": at}


def _let_in(
    anna: Practitioner, way: str, number: int, at: int, services: dict[str, Any]
) -> dict[str, Any]:
    """A client with a place, and the form by which they want the slot."""
    from miedza.people.actions import open_place
    from miedza.people.models import Person
    from tests.cast import book, make_person
    from tests.web.clients import sign_agreement

    person = make_person(anna, f"{way} {number}")
    Person.objects.of(anna.practice_id).filter(id=person.id).update(
        email=f"{way}{number}@clients.example"
    )
    person.refresh_from_db()
    open_place(practice=anna.practice, person=person)
    person.refresh_from_db()
    sign_agreement(anna, person)
    user, mine = person.user, f"/my/{person.id}"
    assert user is not None
    if way == "move":
        now = datetime.now(UTC)
        elsewhere = find_slot() + timedelta(days=3 + number // 10, hours=number % 10 - 5)
        meeting = book(anna, person, elsewhere, now=now)
        return read_form(user, f"{mine}/meetings/{meeting.id}/move/?at={at}")
    if way == "series":
        return read_form(user, f"{mine}/book/series/?service=usual&at={at}&count=2&weeks=3")
    wanted = services["asked"].slug if way == "ask" else "usual"
    return read_form(user, f"{mine}/book/?service={wanted}&at={at}")


def read_form(user: User | None, address: str, **typed: str) -> dict[str, Any]:
    """The form of a page with what is typed into it, and who sends it."""
    from django.test import Client

    from tests.web.pages import sign_in

    here: dict[str, Any] = {"SERVER_NAME": "localhost"}
    browser = Client(**here) if user is None else sign_in(user, **here)
    page = browser.get(address)
    assert page.status_code == 200, (address, page.status_code, page.headers.get("Location"))
    reader = _Forms()
    reader.feed(page.content.decode())
    fields = next(form for form in reader.forms if "once" in form)
    path = address.partition("?")[0]
    session = browser.cookies["miedza_session"].value if "miedza_session" in browser.cookies else ""
    for name in ("once", "csrfmiddlewaretoken"):
        fields.pop(name)
    return {
        "path": path, "fields": {**fields, **typed}, "session": session,
        "user": None if user is None else user.pk,
    }  # fmt: skip


def look() -> dict[str, Any]:
    """What stands at the slot, and what is wrong anywhere."""
    from django.db.models import Q

    from miedza.bookings.models import Taken
    from miedza.practice.models import Practitioner
    from tests.bookings.keeping import assert_sound

    anna = Practitioner.across.get()
    slot = find_slot()
    rows = Taken.objects.of(anna.practice_id).filter(
        starts_at__lt=slot + timedelta(minutes=60), ends_at__gt=slot
    )
    stands = rows.filter(occupies=True).filter(
        Q(kept_until=None) | Q(kept_until__gt=datetime.now(UTC))
    )
    assert_sound(anna)
    return {"standing": stands.count(), "rows": rows.count()}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"set": set_stage, "look": look}[sys.argv[1]]()))
