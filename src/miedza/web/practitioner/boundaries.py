"""Boundaries: what both sides kept, what waiting and giving cost, what an hour really brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.ledger.measuring import sum_measured
from miedza.web.access import for_practitioner
from miedza.web.practitioner.figures import A_PAGE, choose_period, read_figures, tell_figures
from miedza.web.practitioner.minutes import say_minutes
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from miedza.core.boundaries import Figures
    from miedza.ledger.measuring import Measured
    from miedza.practice.models import Practitioner


@for_practitioner()
def show_boundaries(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """The figures of a period, and the real hour of each client."""
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    period = choose_period(request)
    record, measured = read_figures(practitioner, period, moment)
    whole = sum_measured(measured).figures
    names = {meeting.person_id: meeting.person.name for meeting in record.meetings}
    rows = _list_hours(reader, measured, names)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "active": "boundaries",
        "period": period,
        "periods": _name_periods(),
        "figures": tell_figures(reader, whole),
        "hour": "" if whole.hour is None else reader.money(whole.hour),
        "wished": _say_wish(reader),
        "spent": say_minutes(whole.spent),
        "earned": reader.money(whole.earned),
        "gap": _say_gap(reader, whole),
        "share": _say_share(measured, names),
        "page": page,
        "has_meetings": bool(record.meetings),
        "pages_query": f"days={period}&",
    }
    return render(request, "practitioner/boundaries.html", context)


def _name_periods() -> list[tuple[str, str]]:
    return [
        ("30", _("30 days")),
        ("90", _("90 days")),
        ("365", _("a year")),
        ("all", _("all time")),
    ]


def _list_hours(
    reader: Reader, measured: Mapping[uuid.UUID, Measured], names: Mapping[uuid.UUID, str]
) -> list[dict[str, Any]]:
    """What an hour brings with each client, the least first; bars of 0 to 100."""
    figures = {person_id: each.figures for person_id, each in measured.items()}
    known = {person_id: each for person_id, each in figures.items() if each.hour is not None}
    wished = reader.practice.wished_hour_minor or 0
    most = max([wished, *(each.hour or 0 for each in known.values())], default=0) or 1
    rows = [
        {
            "id": person_id,
            "name": names[person_id],
            "hour": reader.money(each.hour or 0),
            "bar": max(each.hour or 0, 0) * 100 // most,
            "wish": wished * 100 // most,
            "spent": say_minutes(each.spent),
            "earned": reader.money(each.earned),
            "waited": say_minutes(each.waited.practitioner),
            "given": say_minutes(each.given),
            "is_below": bool(wished) and (each.hour or 0) < wished,
            "order": each.hour or 0,
        }
        for person_id, each in known.items()
    ]
    return sorted(rows, key=lambda row: (row["order"], row["name"]))


def _say_wish(reader: Reader) -> str:
    wished = reader.practice.wished_hour_minor
    return "" if wished is None else reader.money(wished)


def _say_gap(reader: Reader, figures: Figures) -> str:
    """What the hours spent would have brought more at the wished rate; empty where nothing."""
    wished = reader.practice.wished_hour_minor
    if wished is None or not figures.spent:
        return ""
    gap = wished * figures.spent // 60 - figures.earned
    return reader.money(gap) if gap > 0 else ""


def _say_share(
    measured: Mapping[uuid.UUID, Measured], names: Mapping[uuid.UUID, str]
) -> dict[str, Any] | None:
    """From whom most of the income comes, and how much of it; None where there is too little."""
    earned = {person_id: each.figures.earned for person_id, each in measured.items()}
    whole = sum(value for value in earned.values() if value > 0)
    if len(earned) < 2 or not whole:
        return None
    top = max(earned, key=lambda person_id: earned[person_id])
    return {"name": names[top], "id": top, "percent": earned[top] * 100 // whole}
