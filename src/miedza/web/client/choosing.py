"""What a client books, as the address says: what, with whom, when, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.agreements.queries import read_standing
from miedza.bookings.choosing import Choice, choose_service, choose_usual
from miedza.bookings.queries import find_last_leader
from miedza.bookings.reserving import list_offered
from miedza.bookings.services import (
    find_by_slug,
    lets_in,
    list_leaders,
    list_services,
    list_usual_leaders,
)
from miedza.ledger.queries import find_terms_ahead
from miedza.messaging.letters_of_meetings import Meeting, say_rules
from miedza.practice.formats import format_money
from miedza.practice.places import say_place
from miedza.web.strip import Reader
from miedza.web.times import Clocks, show_week
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from miedza.agreements.models import RulesVersion
    from miedza.bookings.models import Service
    from miedza.practice.models import Practitioner
    from miedza.web.access import Visit

USUAL = "usual"


class Wish(NamedTuple):
    """What a client books, as the address says."""

    choice: Choice
    practitioner: Practitioner
    leaders: list[Practitioner]
    rules: RulesVersion
    secret: str = ""
    """That of the link by which those come who are invited; empty where none is needed."""

    @property
    def slug(self) -> str:
        """What it is called in addresses."""
        return self.choice.service.slug if self.choice.service else USUAL

    @property
    def query(self) -> str:
        """What an address of its pages holds beside the week and the time."""
        with_whom = f"with={self.practitioner.id}&" if len(self.leaders) > 1 else ""
        secret = f"key={self.secret}&" if self.secret else ""
        return f"service={self.slug}&{with_whom}{secret}"


def read_wish(request: HttpRequest, visit: Visit) -> Wish | HttpResponse:
    """What the address asks for; where that cannot be booked, the answer that says why."""
    practice, person = visit.practice, visit.person
    standing = read_standing(practice_id=practice.id, person_id=person.id, now=now())
    if standing.in_force is None or not standing.may_book:
        messages.info(request, _("First read and accept the agreement; then you can book."))
        return redirect("my_agreement", person.id)
    said = request.POST if request.method == "POST" else request.GET
    has_usual = person.usual_minutes > 0
    if not said.get("service") and not has_usual:
        return show_services(request, visit)
    slug = said.get("service", "") or USUAL
    service = None if slug == USUAL else find_by_slug(practice_id=practice.id, slug=slug)
    secret = said.get("key", "") if service and service.who == "invited" else ""
    leaders = (
        list_usual_leaders(practice_id=practice.id, person_id=person.id)
        if service is None
        else list_leaders(practice_id=practice.id, service=service)
    )
    wanted = said.get("with", "")
    is_led = not wanted or wanted in {str(each.id) for each in leaders}
    is_open = lets_in(service, secret) if service else slug == USUAL and has_usual
    if not leaders or not is_led or not is_open:
        messages.warning(request, _("This is not on offer any more. Choose something else."))
        return redirect("my_book", person.id)
    if not wanted and len(leaders) > 1:  # With whom they met last.
        wanted = str(find_last_leader(practice_id=practice.id, person_id=person.id))
    practitioner = next((each for each in leaders if str(each.id) == wanted), leaders[0])
    choice = choose_service(service) if service else choose_usual(person)
    return Wish(choice, practitioner, leaders, standing.in_force, secret)


def say_address(visit: Visit, wish: Wish) -> str:
    """The page of the free times of what is booked."""
    return f"{reverse('my_book', args=[visit.person.id])}?{wish.query}".rstrip("&")


def ask_free(wish: Wish) -> Any:
    """What answers the free times of what is booked."""

    def ask(dates: tuple[date, date] | None) -> list[datetime]:
        return list_offered(
            practitioner=wish.practitioner, choice=wish.choice, rules=wish.rules, now=now(),
            dates=dates,
        )  # fmt: skip

    return ask


def list_shown(visit: Visit) -> QuerySet[Service]:
    """The services that are shown to clients: all on offer but those that need a link."""
    shown = ("anyone", "clients")
    return list_services(practice_id=visit.practice.id, is_open=True, who__in=shown)


def show_services(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What can be booked: the usual meeting first, where one was agreed."""
    usual = [choose_usual(visit.person)] if visit.person.usual_minutes else []
    choices = [*usual, *(choose_service(each) for each in list_shown(visit))]
    rows = [describe_choice(visit, each) for each in choices]
    context = {"active": "book", "visit": visit, "choices": rows}
    return render(request, "client/services.html", context)


def describe_choice(visit: Visit, choice: Choice) -> dict[str, Any]:
    """Something to be booked, as a page shows it."""
    service = choice.service
    price = choice.price_minor
    return {
        "slug": service.slug if service else USUAL,
        "name": service.name if service else _("the usual meeting"),
        "about": service.about if service else "",
        "minutes": choice.minutes,
        "price": format_money(price, visit.practice.currency) if price else _("free"),
        "place": say_place(service.place) if service else "",
        "seats": service.seats if service and service.is_group else None,
        "on_request": service is not None and service.way == "on_request",
    }


def show_times(request: HttpRequest, visit: Visit, wish: Wish) -> HttpResponse:
    """The free times, a week at a time."""
    clocks = Clocks(read_zone(request, visit.practice, visit.person), visit.practice.time_zone)
    week = show_week(
        ask=ask_free(wish), clocks=clocks, asked=request.GET.get("from", ""), now=now()
    )
    context = {
        "active": "book",
        "visit": visit,
        "practice": visit.practice,
        "practitioner": wish.practitioner,
        "leaders": wish.leaders if len(wish.leaders) > 1 else [],
        "chosen": describe_choice(visit, wish.choice),
        "here": request.path,
        "target": request.path,
        "more_query": wish.query,
        "key": wish.secret,
        "zone_name": clocks.reader,
        "wish": wish,
        **week,
    }
    return render(request, "client/times.html", context)


def describe_wish(
    request: HttpRequest,
    visit: Visit,
    wish: Wish,
    wanted: datetime,
    say: Callable[[Meeting], list[str]] = say_rules,
) -> dict[str, Any]:
    """A meeting that is not booked yet, with its price and its rules, as `say` says them."""
    practice, person, choice = visit.practice, visit.person, wish.choice
    reader = Reader(practice, now(), "client", read_zone(request, practice, person))
    clocks = Clocks(reader.zone, practice.time_zone)
    terms = find_terms_ahead(person=person, rules=wish.rules, start_at=wanted, now=reader.now)
    meeting = Meeting(
        practice=practice, person=person, addressee=visit.acting.name, reader="client",
        id=person.id, starts_at=wanted, minutes=choice.minutes, price_minor=choice.price_minor,
        terms=terms, language=reader.language, zone=clocks.reader, now=reader.now,
    )  # fmt: skip
    return {
        "visit": visit,
        "at": int(wanted.timestamp()),
        "when": meeting.when,
        "there": clocks.describe(wanted)["there"],
        "minutes": choice.minutes,
        "price_minor": choice.price_minor,
        "price": reader.money(choice.price_minor) if choice.price_minor else _("free"),
        "rules": say(meeting),
        **clocks.name(),
    }


def read_seen(request: HttpRequest) -> tuple[int, int]:
    """The minutes and the price that stood on the page; none that anything has where they lack."""
    said = [request.POST.get(name, "") for name in ("minutes", "price")]
    minutes, price = (
        int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else -1 for text in said
    )
    return minutes, price
