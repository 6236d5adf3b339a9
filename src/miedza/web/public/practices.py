"""The public pages of a practice: what it offers, under which rules, when it is free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from miedza.agreements.queries import find_in_force
from miedza.agreements.texts import list_clauses
from miedza.bookings.choosing import choose_service
from miedza.bookings.reserving import list_offered
from miedza.bookings.services import find_by_slug as find_service
from miedza.bookings.services import lets_in, list_leaders, list_services
from miedza.core.instants import format_instant
from miedza.ledger.facts import to_instant
from miedza.messaging.letters import list_short_rules
from miedza.practice.formats import format_money, say_language
from miedza.practice.places import say_place
from miedza.practice.queries import find_by_slug
from miedza.web.kept_pages import TOKEN, show_kept
from miedza.web.times import Clocks, read_day, show_week
from miedza.web.zones import read_zone

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse

    from miedza.agreements.models import RulesVersion
    from miedza.bookings.models import Service
    from miedza.practice.models import Practice, Practitioner


class Opened(NamedTuple):
    """A service whose page somebody has opened."""

    practice: Practice
    service: Service
    leaders: list[Practitioner]
    practitioner: Practitioner
    """With whom: the one in the address, or the first."""
    rules: RulesVersion
    secret: str
    """That of the link by which those come who are invited; empty where none is needed."""
    is_other: bool
    """Whether the one in the address does not lead it, or no longer."""

    @property
    def query(self) -> str:
        """What an address of this page holds beside the week and the time."""
        parts = [f"with={self.practitioner.id}"] if len(self.leaders) > 1 else []
        parts += [f"key={self.secret}"] if self.secret else []
        return "".join(f"{part}&" for part in parts)


def get_practice(request: HttpRequest, slug: str) -> Practice:
    """The practice of an address: public, or the reader's own."""
    practice = find_by_slug(slug=slug)
    own = practice and getattr(request.user, "practice_id", None) == practice.id
    if practice is None or (practice.public_at is None and not own):
        raise Http404
    return practice


def open_service(request: HttpRequest, practice: Practice, service_slug: str) -> Opened:
    """The service of an address, where its reader may open it."""
    service = find_service(practice_id=practice.id, slug=service_slug)
    secret = request.GET.get("key", "") or request.POST.get("key", "")
    if service is None or service.who == "clients" or not lets_in(service, secret):
        raise Http404
    rules = find_in_force(practice_id=practice.id, at=now())
    leaders = list_leaders(practice_id=practice.id, service=service)
    if rules is None or not leaders:
        raise Http404
    wanted = request.GET.get("with", "") or request.POST.get("with", "")
    practitioner = next((each for each in leaders if str(each.id) == wanted), leaders[0])
    known = secret if service.who == "invited" else ""
    is_other = bool(wanted) and str(practitioner.id) != wanted
    return Opened(practice, service, leaders, practitioner, rules, known, is_other)


def describe_service(practice: Practice, service: Service) -> dict[str, Any]:
    """A service as a page shows it; where it takes place is told to those who come."""
    price = service.price_minor
    return {
        "service": service,
        "name": service.name,
        "about": service.about,
        "minutes": service.minutes,
        "price": format_money(price, practice.currency) if price else _("free"),
        "place": say_place(service.place),
        "spoken": ", ".join(map(say_language, service.languages)),
        "seats": service.seats if service.is_group else None,
        "on_request": service.way == "on_request",
    }


@require_http_methods(["GET", "HEAD"])
def show_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """What a practice offers to anyone."""
    practice = get_practice(request, slug)
    moment = now()

    def draw() -> str:
        services = list_services(practice_id=practice.id, is_open=True, who="anyone")
        rules = find_in_force(practice_id=practice.id, at=moment)
        language = (get_language() or "en")[:2]
        context = {
            "practice": practice,
            "services": [describe_service(practice, each) for each in services] if rules else [],
            "rules": list_short_rules(rules.terms, language) if rules else [],
            "is_hidden": practice.public_at is None,
            "csrf_token": TOKEN,
        }
        return render_to_string("public/practice.html", context, request)

    return show_kept(request, practice, moment, draw)


@require_http_methods(["GET", "HEAD"])
def show_rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules of a practice in full, as they will be accepted."""
    practice = get_practice(request, slug)
    rules = find_in_force(practice_id=practice.id, at=now())
    if rules is None:
        raise Http404
    clauses = list_clauses(rules.terms, language=(get_language() or "en")[:2])
    return render(request, "public/rules.html", {"practice": practice, "clauses": clauses})


def ask_free(opened: Opened, at: datetime) -> Any:
    """What answers the free times of an opened service."""

    def ask(dates: tuple[date, date] | None) -> list[datetime]:
        return list_offered(
            practitioner=opened.practitioner, choice=choose_service(opened.service),
            rules=opened.rules, now=at, dates=dates,
        )  # fmt: skip

    return ask


@require_http_methods(["GET", "HEAD"])
def show_service(request: HttpRequest, slug: str, service_slug: str) -> HttpResponse:
    """The free times of a service, a week at a time."""
    practice = get_practice(request, slug)
    moment = now()
    return show_kept(
        request, practice, moment, lambda: _draw_service(request, practice, service_slug, moment)
    )


def _draw_service(
    request: HttpRequest, practice: Practice, service_slug: str, moment: datetime
) -> str:
    """The page of a service."""
    opened = open_service(request, practice, service_slug)
    clocks = Clocks(read_zone(request, practice), practice.time_zone)
    week = show_week(
        ask=ask_free(opened, moment), clocks=clocks, asked=request.GET.get("from", ""), now=moment
    )
    context = {
        **describe_opened(opened),
        **week,
        "here": request.path,
        "target": reverse("begin", args=[practice.slug, service_slug]),
        "more_query": opened.query,
        "zone_name": clocks.reader,
        "csrf_token": TOKEN,
    }
    return render_to_string("public/service.html", context, request)


def describe_opened(opened: Opened) -> dict[str, Any]:
    """What every page of a service shows of it."""
    language = (get_language() or "en")[:2]
    return {
        "practice": opened.practice,
        "practitioner": opened.practitioner,
        "leaders": opened.leaders if len(opened.leaders) > 1 else [],
        "key": opened.secret,
        "short_rules": list_short_rules(opened.rules.terms, language),
        "shown": describe_service(opened.practice, opened.service),
        **describe_service(opened.practice, opened.service),
    }


@require_http_methods(["GET", "HEAD"])
def list_times(request: HttpRequest, slug: str, service_slug: str) -> HttpResponse:
    """The free times of a service as JSON: instants in UTC, for other programs."""
    opened = open_service(request, get_practice(request, slug), service_slug)
    ends = [read_day(request.GET.get(name, "")) for name in ("from", "until")]
    dates = (ends[0], ends[1]) if ends[0] and ends[1] else None
    free = ask_free(opened, now())(dates)
    slots = [format_instant(to_instant(at)) for at in free]
    return JsonResponse({"slots": slots, "minutes": opened.service.minutes})
