"""The week: a list that everybody can read, and over it a calendar to drag in."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from csp.constants import NONCE
from csp.decorators import csp_update
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miedza.bookings import hours
from miedza.bookings.week import Item, list_items
from miedza.practice.formats import say_date, say_time, say_zone, to_local
from miedza.web.access import for_practitioner
from miedza.web.times import read_day

if TYPE_CHECKING:
    from django.http import HttpRequest

    from miedza.bookings.models import TimeOff
    from miedza.practice.models import Practitioner

_WEEK = timedelta(days=7)


@csp_update({"style-src": [NONCE], "font-src": ["data:"]})
@for_practitioner()
def show_week(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """The week of one practitioner."""
    practice, language = practitioner.practice, (get_language() or "en")[:2]
    day = read_day(request.GET.get("from", "")) or to_local(now(), practice.time_zone).date()
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    zone = ZoneInfo(practice.time_zone)
    bounds = [datetime.combine(day, datetime.min.time(), zone) for day in (monday, monday + _WEEK)]
    items = list_items(
        practitioner=practitioner, since=bounds[0].astimezone(UTC), until=bounds[1].astimezone(UTC),
        now=now(),
    )  # fmt: skip
    context = {
        "active": "calendar",
        "practice": practice,
        "practitioner": practitioner,
        "first_shown": day.isoformat(),
        "monday": monday.isoformat(),
        "week": f"{say_date(monday)} – {say_date(days[-1])}",
        "week_before": (monday - _WEEK).isoformat(),
        "week_after": (monday + _WEEK).isoformat(),
        "days": [_describe_day(day, items, practice.time_zone) for day in days],
        "zone": say_zone(practice.time_zone),
        "here_now": to_local(now(), practice.time_zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "language": {"en": "en-GB"}.get(language, language),
    }
    return render(request, "practitioner/week.html", context)


def _describe_day(day: date, items: list[Item], zone: str) -> dict[str, Any]:
    """One day of the list: everything that is in it, in order."""
    begins = datetime.combine(day, datetime.min.time(), ZoneInfo(zone))
    ends = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    held = [item for item in items if item.starts_at < ends and item.ends_at > begins]
    return {
        "iso": day.isoformat(),
        "date": say_date(day),
        "items": [
            {
                "item": item,
                "title": say_item(item),
                "from": say_time(to_local(max(item.starts_at, begins), zone)),
                "until": say_time(to_local(min(item.ends_at, ends), zone)),
                "address": find_address(item),
            }
            for item in held
            if item.kind != "open"
        ],
    }


def say_item(item: Item) -> str:
    """What is in a calendar, in words."""
    kinds = {
        "meeting": "%(name)s",
        "group": _("%(name)s, %(seated)d of %(seats)d seats"),
        "hold": _("Held for somebody who is booking"),
        "wish": _("Asked for: %(name)s"),
        "proposal": _("Proposed: %(name)s"),
        "offer": _("Offered: %(name)s"),
        "off": _("Time off: %(name)s") if item.name else _("Time off"),
        "busy": _("Busy: %(name)s") if item.name else _("Busy elsewhere"),
        "open": _("On offer"),
    }
    said = kinds[item.kind] % item._asdict()
    doubt = _("to look at")
    return f"{said} ({doubt})" if item.is_doubtful else said


def find_address(item: Item) -> str:
    """The page of what is in a calendar; empty where it has none."""
    names = {"meeting": "meeting", "group": "group", "proposal": "meeting"}
    if item.kind in names:
        return reverse(names[item.kind], args=[item.id])
    pages = {"wish": "wishes", "offer": "wishes", "off": "days", "busy": "calendars"}
    return reverse(pages[item.kind]) if item.kind in pages else ""


@for_practitioner()
def list_events(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """What is in the calendar in a span, for the calendar that can be dragged in."""
    zone = practitioner.practice.time_zone
    ends = [_read_wall(request.GET.get(name, ""), zone) for name in ("start", "end")]
    if ends[0] is None or ends[1] is None or not 0 < (ends[1] - ends[0]).days <= 62:
        return JsonResponse({"fault": _("Ask for at most two months.")}, status=400)
    items = list_items(practitioner=practitioner, since=ends[0], until=ends[1], now=now())
    return JsonResponse({"events": [_describe_event(item, zone) for item in items]})


def _read_wall(text: str, zone: str) -> datetime | None:
    """A wall time of the practice as the calendar sends it; an offset in it says nothing."""
    try:
        wall = datetime.fromisoformat(text[:19])
    except ValueError:
        return None
    if not 2000 <= wall.year <= 2199:
        return None
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _describe_event(item: Item, zone: str) -> dict[str, Any]:
    """One event as the calendar takes it, on the clocks of the practice."""
    is_moved = item.kind in ("meeting", "off")
    return {
        "id": str(item.id) if item.id else None,
        "title": say_item(item),
        "start": to_local(item.starts_at, zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "end": to_local(item.ends_at, zone).strftime("%Y-%m-%dT%H:%M:%S"),
        "classNames": [f"in-{item.kind}", *(["is-past"] if item.ends_at <= now() else [])],
        "display": "background" if item.kind == "open" else "block",
        "url": find_address(item) or None,
        "startEditable": is_moved and (item.kind == "off" or item.starts_at > now()),
        "durationEditable": item.kind == "off",
        "extendedProps": {"kind": item.kind, "move": _find_move(item)},
    }


def _find_move(item: Item) -> str:
    """Where a drag leads: to the page that says what it costs, before anything is moved."""
    return reverse("propose", args=[item.id]) if item.kind == "meeting" else ""


@for_practitioner("POST")
def change_off(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Take time off by dragging, or drag it elsewhere."""
    zone = practitioner.practice.time_zone
    starts_at, ends_at = (_read_wall(request.POST.get(name, ""), zone) for name in ("start", "end"))
    if starts_at is None or ends_at is None:
        return JsonResponse({"fault": _("This time cannot be read.")}, status=400)
    dragged = _find_off(practitioner, request.POST.get("id", ""))
    try:
        off = hours.take_off(
            practitioner=practitioner, starts_at=starts_at, ends_at=ends_at,
            id=dragged.id if dragged else None,
        )  # fmt: skip
    except hours.EndsBeforeItBegins:
        return JsonResponse({"fault": _("It has to end after it begins.")}, status=422)
    if "back" in request.POST:
        day = to_local(starts_at, zone).date()
        return redirect(f"{reverse('calendar')}?from={day}")
    return JsonResponse({"id": str(off.id)})


def _find_off(practitioner: Practitioner, text: str) -> TimeOff | None:
    """The time off that is dragged; None where a new one is drawn.

    Raises:
        Http404: it is not there, or no longer.
    """
    if not text:
        return None
    try:
        found = hours.find_time_off(practitioner=practitioner, off_id=uuid.UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
