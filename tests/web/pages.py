"""How pages are asked and read, and something of every kind to show on them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.apps import apps
from django.test import Client
from django.urls import reverse

from miedza.agreements.accepting import Evidence, show_agreement
from miedza.agreements.actions import save_draft
from miedza.agreements.models import RulesVersion
from miedza.agreements.queries import find_in_force
from miedza.bookings.agreeing import accept, ask
from miedza.bookings.hours import Limits, set_hours
from miedza.db.tenancy import TenantModel
from miedza.ledger.models import Event, Meeting, Ruling
from miedza.people.actions import find_or_add, open_place, relate, write_note
from miedza.people.models import RELATIONS
from miedza.practice.actions import change_looks
from miedza.practice.models import User
from tests.cast import book, tell

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpResponse

    from miedza.bookings.models import Booking
    from miedza.people.models import Note, Person, Relation
    from miedza.practice.models import Practitioner
    from tests.cast import Cast
    from tests.web.offers import Offer

    Fill = Callable[[Practitioner, Person, Booking, str], Offer]
    """Puts something of every kind on offer."""

WARSAW = ZoneInfo("Europe/Warsaw")


class Side(NamedTuple):
    """One practice with something of every kind."""

    practitioner: Practitioner
    person: Person
    booking: Booking
    """Over, and nobody said what happened."""
    missed: Booking
    """The client did not come: it has events and rulings, and something is owed."""
    event: Event
    owed: Ruling
    note: Note
    ahead: Booking
    """Still to come, under rules that the person has accepted."""
    other: Person
    """Somebody else of the same practice, with a place of their own."""
    beside: dict[str, Person]
    """Whoever answers for the person, pays for them, sends them: by kind."""
    relation: Relation
    token: str
    """Of a link to the agreement of somebody else still."""
    offer: Offer
    """What the practice offers, and what waits there."""

    def user(self, role: str) -> User:
        """Who signs in as `self`, `other`, `guardian`, `payer` or `sponsor`."""
        people = {"self": self.person, "other": self.other, **self.beside}
        user = people[role].user
        assert user is not None
        return user


class Stage(NamedTuple):
    """Both practices."""

    mine: Side
    """Anna's."""
    theirs: Side
    """Borys's."""


def present() -> datetime:
    """The present, to the minute."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def yesterday_at(hour: int, *, days: int = 1) -> datetime:
    """An hour of yesterday on the clocks of Warsaw, or of an earlier day."""
    today = datetime.now(WARSAW).replace(hour=hour, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days)).astimezone(UTC)


def sign_in(user: User, language: str = "en", **options: Any) -> Client:
    """A browser in which somebody has signed in."""
    change_looks(user=user, language=language, theme="")
    client = Client(**options)
    client.force_login(user)
    return client


def set_stage(cast: Cast, fill: Fill) -> Stage:
    """Fill both practices."""
    sides = ((cast.anna, cast.ola, "anna"), (cast.borys, cast.nastia, "borys"))
    return Stage(*(_fill(*side, fill) for side in sides))


def _fill(practitioner: Practitioner, person: Person, slug: str, fill: Fill) -> Side:
    """Fill one practice."""
    start = yesterday_at(9, days=3)
    booked = start - timedelta(days=9)
    _accept(practitioner, person, booked - timedelta(days=1))
    over = book(practitioner, person, start, now=booked)
    forgiven = book(practitioner, person, start + timedelta(hours=2), now=booked)
    missed = book(practitioner, person, start + timedelta(hours=4), now=booked)
    for booking in (forgiven, missed):
        left = booking.starts_at + timedelta(minutes=30)
        tell(practitioner, booking, "arrived", "practitioner", booking.starts_at)
        event = tell(practitioner, booking, "left", "practitioner", left)
    of = practitioner.practice_id
    owed = Ruling.objects.of(of).filter(meeting_id=missed.id, owed_by="client").latest("at")
    note = write_note(practitioner=practitioner, person=person, text="shy", now=booked)
    other = _add_client(practitioner, person, "Ida")
    names = {"guardian": "Ewa", "payer": "Jan", "sponsor": "Firma"}
    beside = {kind: _add_client(practitioner, person, names[kind]) for kind in RELATIONS}
    relations = [
        relate(
            practice=practitioner.practice, person=person, other=beside[kind], kind=kind,
            now=booked,
        )
        for kind in RELATIONS
    ]  # fmt: skip
    ahead = _book_ahead(practitioner, person)
    asked = ask(
        practice=practitioner.practice, person=other, holds_at=None, words="", by_mail=True,
        now=present(),
    )  # fmt: skip
    save_draft(practice=practitioner.practice, terms=_terms_in_force(practitioner))
    return Side(
        practitioner, person, over, missed, event, owed, note, ahead, other, beside,
        relations[0], asked.token, fill(practitioner, person, ahead, slug),
    )  # fmt: skip


def _add_client(practitioner: Practitioner, like: Person, name: str) -> Person:
    """Somebody with an e-mail and a place of their own."""
    email = f"{name}.{practitioner.name.split()[0]}@clients.example".lower()
    person = find_or_add(
        practice=practitioner.practice, name=name, email=email, like=like, now=present()
    )
    open_place(practice=practitioner.practice, person=person)
    return person


def _accept(practitioner: Practitioner, person: Person, now: datetime) -> None:
    """Give somebody an e-mail and a place, and let them accept the rules."""
    practice = practitioner.practice
    person.email = f"client.{person.id}@clients.example"
    person.save(update_fields=["email"])
    open_place(practice=practice, person=person)
    rules = find_in_force(practice_id=practice.id, at=now)
    assert rules is not None
    text = show_agreement(
        practice=practice, person=person, rules=rules, language="en", invitation=None,
        now=now,
    )  # fmt: skip
    accept(
        practice=practice, person=person, accepted_by=person, language="en",
        text_digest=text.digest, typed_name=person.name,
        evidence=Evidence("in_person", "127.0.0.1", "…"), invitation=None, now=now,
    )  # fmt: skip


def _book_ahead(practitioner: Practitioner, person: Person) -> Booking:
    """Hours on offer on every day, and a meeting in three days."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    set_hours(
        practitioner=practitioner, weekly={day: [["08:00", "20:00"]] for day in days},
        limits=Limits(60, 0, 60, 30, None),
    )  # fmt: skip
    return book(practitioner, person, yesterday_at(10, days=-3), now=present())


def _terms_in_force(practitioner: Practitioner) -> dict[str, Any]:
    """The terms of the only version there is."""
    terms: dict[str, Any] = RulesVersion.objects.of(practitioner.practice_id).get().terms
    return terms


LEFT_BY_READING = ("messaging.Mail", "practice.SentForm")


def dump_rows(practitioner: Practitioner | None = None) -> dict[str, list[dict[str, Any]]]:
    """All that the product holds, or one practice of it, to compare before and after.

    Sessions, limits, mails and which form was sent are left out: asking for a page may well leave
    those. So is the stamp of a practice, which says that something may have changed.
    """
    dumped = {}
    for model in apps.get_models():
        if not model.__module__.startswith("miedza.") or model._meta.label in LEFT_BY_READING:
            continue
        rows = model._base_manager.order_by("pk")
        if practitioner is not None and issubclass(model, TenantModel):
            rows = rows.filter(practice_id=practitioner.practice_id)
        elif practitioner is not None:
            own = practitioner.user_id if model is User else practitioner.practice_id
            rows = rows.filter(pk=own)
        dumped[model._meta.label] = [
            {k: v for k, v in row.items() if k not in ("last_login", "stamp")}
            for row in rows.values()
        ]
    return dumped


def list_events(meeting_id: uuid.UUID, practitioner: Practitioner) -> list[str]:
    """The types of the events of a meeting, as recorded."""
    events = Event.objects.of(practitioner.practice_id).filter(meeting_id=meeting_id)
    return list(events.order_by("id").values_list("type", flat=True))


def list_meetings(practitioner: Practitioner) -> list[Meeting]:
    """The meetings of a practice, the first booked first."""
    return list(Meeting.objects.of(practitioner.practice_id).order_by("id"))


def read(response: HttpResponse | Any) -> str:
    """The words of a page: no tags, one space between words."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def typed(response: HttpResponse | Any, name: str) -> list[str]:
    """What stands in the fields of a name: what was typed, ticked or chosen."""
    page = response.content.decode()
    found = []
    for tag in re.findall(rf'<input\b[^>]*\bname="{re.escape(name)}"[^>]*>', page):
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if "checkbox" not in tag and "radio" not in tag:
            found.append("" if value is None else html.unescape(value[1]))
        elif re.search(r"\bchecked\b", tag):
            found.append("on" if value is None else html.unescape(value[1]))
    areas = re.findall(
        rf'<textarea\b[^>]*\bname="{re.escape(name)}"[^>]*>(.*?)</textarea>', page, re.DOTALL
    )
    found.extend(html.unescape(area).removeprefix("\n") for area in areas)
    for select in re.findall(
        rf'<select\b[^>]*\bname="{re.escape(name)}"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\bselected\b', select)
        found.extend(html.unescape(value) for value in chosen)
    return found


def list_shown(page: HttpResponse | Any) -> list[tuple[int, str]]:
    """The free times that a page leads to: each with how it is written."""
    links = re.findall(r'\bat=(\d+)">(.*?)</a>', page.content.decode(), re.DOTALL)
    return [(int(at), " ".join(re.sub(r"<[^>]+>", "", text).split())) for at, text in links]


def follow(client: Client, response: HttpResponse | Any) -> str:
    """The words of the page that a redirect leads to."""
    assert response.status_code == 302, read(response)
    return read(client.get(response["Location"]))


def record(client: Client, booking: Booking, **said: Any) -> Any:
    """Post something that happened with a meeting."""
    return client.post(reverse("record", args=[booking.id]), said)


def at(moment: datetime) -> dict[str, str]:
    """When it happened, as the form of a meeting asks for it, in Warsaw."""
    local = moment.astimezone(WARSAW)
    return {"at_day": f"{local:%Y-%m-%d}", "at_clock": f"{local:%H:%M}"}


def to(moment: datetime) -> dict[str, str]:
    """Where a meeting is moved, as its form asks for it, in Warsaw."""
    local = moment.astimezone(WARSAW)
    return {"to_day": f"{local:%Y-%m-%d}", "to_clock": f"{local:%H:%M}"}
