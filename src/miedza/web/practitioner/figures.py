"""The figures of boundaries, one by one: what they are in words, and what stands behind each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.bookings.queries import read_starts, select_begun
from miedza.core.boundaries import SIDED, is_behind, read_side, read_value
from miedza.ledger.facts import to_datetime
from miedza.ledger.measuring import read_measured, sum_measured
from miedza.ledger.records import read_many
from miedza.web.access import for_practitioner
from miedza.web.practitioner.finding import get_person
from miedza.web.practitioner.minutes import say_minutes
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid

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


def choose_period(request: HttpRequest) -> str:
    """The span of time asked for, or the shortest."""
    asked = request.GET.get("days", "30")
    return asked if asked in PERIODS else "30"


def read_figures(
    practitioner: Practitioner, period: str, moment: datetime, **of: uuid.UUID
) -> tuple[Record, dict[uuid.UUID, Measured]]:
    """The record of a period up to now, measured by person; `of` narrows it to one person."""
    days = PERIODS[period]
    since = None if days is None else moment - timedelta(days=days)
    practice_id = practitioner.practice_id
    begun = select_begun(practice_id=practice_id, since=since, until=moment).filter(**of)
    record = read_many(practice_id=practice_id, among=begun)
    return record, read_measured(record, read_starts(practice_id=practice_id))


def tell_figures(reader: Reader, figures: Figures) -> list[Told]:
    """The figures in words, in the order in which they are read."""

    def sided(key: str, title: str) -> Told:
        sides: Sides = getattr(figures, key)
        mine, theirs = sides.practitioner, sides.client
        return Told(key, title, _say(reader, key, mine), _say(reader, key, theirs))

    given = _("%(time)s, worth %(amount)s") % {
        "time": say_minutes(figures.given),
        "amount": reader.money(figures.worth),
    }
    return [
        sided("kept", _("Kept")),
        sided("crossed", _("Not as agreed")),
        sided("excused", _("Forgiven")),
        sided("waited", _("Waited for the other")),
        sided("empty", _("Time held free in vain, by side")),
        Told("given", _("Time given beyond the end"), given, ""),
        sided("forgiven", _("Fees that a rule has forgiven")),
        sided("gifts", _("Given away by choice")),
    ]


def _say(reader: Reader, figure: str, value: int) -> str:
    """A value of a figure: a count, minutes or an amount."""
    if figure in ("kept", "crossed", "excused"):
        return str(value)
    return reader.money(value) if figure in ("forgiven", "gifts") else say_minutes(value)


@for_practitioner()
def show_figure(
    request: HttpRequest, practitioner: Practitioner, figure: str, side: str
) -> HttpResponse:
    """What stands behind one figure: every ruling that it counts, with its meeting."""
    if figure not in (*SIDED, "gifts", "given") or side not in ("practitioner", "client"):
        raise Http404
    moment = now()
    reader = Reader(practitioner.practice, moment)
    record, measured = read_figures(practitioner, choose_period(request), moment)
    whole = sum_measured(measured)
    meetings = {str(meeting.id): meeting for meeting in record.meetings}
    behind = [
        ruling
        for ruling in (whole.gifts if figure == "gifts" else whole.rulings)
        if is_behind(figure, ruling) and read_side(figure, ruling) == side
    ]
    behind.sort(key=lambda ruling: ruling.at, reverse=True)
    page = Paginator(behind, A_PAGE).get_page(request.GET.get("page"))
    titles = {told.key: told.title for told in tell_figures(reader, whole.figures)}
    context = {
        "title": titles[figure],
        "whose": _("You") if side == "practitioner" else _("Clients"),
        "rows": [
            _describe(reader, figure, ruling, whole.spans[ruling.subject], meetings[ruling.subject])
            for ruling in page
        ],
        "page": page,
    }
    return _render(request, context)


def _render(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page of what stands behind a figure, in the span of time that was asked for."""
    period = choose_period(request)
    around = {"active": "boundaries", "period": period, "pages_query": f"days={period}&"}
    return render(request, "practitioner/figure.html", {**around, **context})


def _describe(
    reader: Reader, figure: str, ruling: Ruling, span: Span, meeting: Meeting
) -> dict[str, Any]:
    """One ruling behind a figure; where it only counts as one, without a value."""
    counts = figure in ("kept", "crossed", "excused")
    return {
        "meeting": meeting,
        "when": reader.when(to_datetime(span.start)),
        "said": reader.say(ruling),
        "value": "" if counts else _say(reader, figure, read_value(figure, ruling, span)),
    }


@for_practitioner()
def show_hour(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID | None = None
) -> HttpResponse:
    """What stands behind the real hour: the time each meeting took, and what it brought."""
    moment = now()
    reader = Reader(practitioner.practice, moment)
    whose, of = "", {}
    if person_id is not None:
        whose, of = get_person(practitioner, person_id).name, {"person_id": person_id}
    record, measured = read_figures(practitioner, choose_period(request), moment, **of)
    meetings = {str(meeting.id): meeting for meeting in record.meetings}
    apart = sum_measured(measured).each_meeting()
    behind = {subject: each.figures for subject, each in apart.items()}
    listed = [subject for subject, each in behind.items() if each.spent or each.earned]
    listed.sort(key=lambda subject: apart[subject].spans[subject].start, reverse=True)
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("What an hour really brings"),
        "whose": whose,
        "rows": [
            _describe_hour(reader, meetings[each], apart[each].spans[each], behind[each])
            for each in page
        ],
        "page": page,
    }
    return _render(request, context)


def _describe_hour(
    reader: Reader, meeting: Meeting, span: Span, figures: Figures
) -> dict[str, Any]:
    """One meeting behind the real hour."""
    brought = _("%(earned)s for %(spent)s") % {
        "earned": reader.money(figures.earned),
        "spent": say_minutes(figures.spent),
    }
    return {"meeting": meeting, "when": reader.when(to_datetime(span.start)), "value": brought}
