"""Boundaries: what both sides kept, what waiting and giving cost, what an hour really brings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings.queries import read_starts
from miedza.core.boundaries import SIDED, is_behind, read_side, read_value
from miedza.ledger.measuring import read_measured, sum_measured
from miedza.ledger.records import read_period
from miedza.web.access import for_practitioner
from miedza.web.practitioner.minutes import say_minutes
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from miedza.core.boundaries import Figures, Sides, Span
    from miedza.core.ruling import Ruling
    from miedza.ledger.measuring import Measured
    from miedza.ledger.models import Meeting
    from miedza.ledger.records import Record
    from miedza.practice.models import Practitioner

PERIODS = {"30": 30, "90": 90, "365": 365, "all": None}
A_PAGE = 50


class Told(NamedTuple):
    """One figure for both sides."""

    key: str
    title: str
    mine: str
    theirs: str
    """Both empty where the figure is told for one side only."""


def _choose_period(request: HttpRequest) -> str:
    asked = request.GET.get("days", "30")
    return asked if asked in PERIODS else "30"


def _read(
    practitioner: Practitioner, period: str, moment: datetime
) -> tuple[Record, dict[uuid.UUID, Measured]]:
    """The record of a period up to now, measured by person."""
    days = PERIODS[period]
    since = None if days is None else moment - timedelta(days=days)
    practice_id = practitioner.practice_id
    record = read_period(practice_id=practice_id, since=since, until=moment)
    return record, read_measured(record, read_starts(practice_id=practice_id))


@for_practitioner()
def show_boundaries(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """The figures of a period, and the real hour of each client."""
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    period = _choose_period(request)
    record, measured = _read(practitioner, period, moment)
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


def tell_figures(reader: Reader, figures: Figures) -> list[Told]:
    """The figures in words, in the order in which they are read."""

    def counts(key: str, title: str) -> Told:
        sides: Sides = getattr(figures, key)
        return Told(key, title, str(sides.practitioner), str(sides.client))

    def times(key: str, title: str) -> Told:
        sides: Sides = getattr(figures, key)
        return Told(key, title, say_minutes(sides.practitioner), say_minutes(sides.client))

    given = _("%(time)s, worth %(amount)s") % {
        "time": say_minutes(figures.given),
        "amount": reader.money(figures.worth),
    }
    forgiven = figures.forgiven
    return [
        counts("kept", _("Kept")),
        counts("crossed", _("Not as agreed")),
        counts("excused", _("Forgiven")),
        times("waited", _("Waited for the other")),
        times("empty", _("Time held free in vain, because of")),
        Told("given", _("Time given beyond the end"), given, ""),
        Told(
            "forgiven",
            _("Fees that a rule has forgiven"),
            reader.money(forgiven.practitioner),
            reader.money(forgiven.client),
        ),
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


@for_practitioner()
def show_figure(
    request: HttpRequest, practitioner: Practitioner, figure: str, side: str
) -> HttpResponse:
    """What stands behind one figure: every ruling that it counts, with its meeting."""
    if figure not in (*SIDED, "given") or side not in ("practitioner", "client"):
        raise Http404
    practice, moment = practitioner.practice, now()
    reader = Reader(practice, moment)
    period = _choose_period(request)
    record, measured = _read(practitioner, period, moment)
    whole = sum_measured(measured)
    meetings = {str(meeting.id): meeting for meeting in record.meetings}
    behind = sorted(
        (
            ruling
            for ruling in whole.rulings
            if is_behind(figure, ruling) and read_side(figure, ruling) == side
        ),
        key=lambda ruling: ruling.at,
        reverse=True,
    )
    page = Paginator(behind, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        _describe(reader, figure, ruling, whole.spans[ruling.subject], meetings[ruling.subject])
        for ruling in page
    ]
    titles = {told.key: told.title for told in tell_figures(reader, whole.figures)}
    context = {
        "active": "boundaries",
        "title": titles[figure],
        "side": side,
        "rows": rows,
        "page": page,
        "period": period,
        "pages_query": f"days={period}&",
    }
    return render(request, "practitioner/figure.html", context)


def _describe(
    reader: Reader, figure: str, ruling: Ruling, span: Span, meeting: Meeting
) -> dict[str, Any]:
    """One ruling behind a figure."""
    return {
        "meeting": meeting,
        "when": reader.when(meeting.start_at),
        "said": reader.say(ruling),
        "value": _say_value(reader, figure, read_value(figure, ruling, span)),
    }


def _say_value(reader: Reader, figure: str, value: int) -> str:
    """What one ruling adds to a figure; nothing where it only counts as one."""
    if figure in ("kept", "crossed", "excused"):
        return ""
    return reader.money(value) if figure == "forgiven" else say_minutes(value)
