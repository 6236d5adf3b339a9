"""Decisions: crossings that wait, each with its step and words to say. Nothing charges itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.ledger import deciding
from miedza.ledger.queries import find_agreed
from miedza.ledger.records import list_waiting, read_record
from miedza.messaging.saying import Said
from miedza.web.access import for_practitioner
from miedza.web.sealed import read_sealed
from miedza.web.strip import Reader
from miedza.words import registry as words

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.ledger.models import Meeting, Ruling
    from miedza.ledger.records import Record
    from miedza.practice.models import Practitioner

A_PAGE = 20


class Waiting(NamedTuple):
    """One crossing that waits."""

    id: uuid.UUID
    meeting: Meeting
    when: str
    said: Said
    mine: bool
    """Whether it was the practitioner's own doing."""
    amount: str
    """The fee, empty where there is none."""
    step: str
    words: str
    """What to say, in the client's language."""
    language: str
    agreed: bool
    """Whether the client had accepted the rules, so that the fee may be charged."""
    talk: bool
    """Whether it was decided to speak first."""
    objections: list[str]


@for_practitioner()
def list_decisions(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """What waits, the newest first."""
    practice = practitioner.practice
    reader = Reader(practice, now())
    rulings = list_waiting(practice_id=practice.id).select_related(
        "meeting__person", "meeting__rules"
    )
    page = Paginator(rulings, A_PAGE).get_page(request.GET.get("page"))
    meetings = {ruling.meeting_id: ruling.meeting for ruling in page}
    record = read_record(practice_id=practice.id, meetings=meetings.values())
    agreed = find_agreed(practice_id=practice.id, meetings=meetings.values())
    waiting = [_describe(reader, record, each, agreed=each.meeting_id in agreed) for each in page]
    context = {"active": "decisions", "page": page, "waiting": waiting}
    return render(request, "practitioner/decisions.html", context)


def _describe(reader: Reader, record: Record, ruling: Ruling, *, agreed: bool) -> Waiting:
    """A crossing with all that one needs to decide."""
    by, meeting = ruling.by or "client", ruling.meeting
    language = meeting.person.language
    step, sentence = "", ""
    if ruling.step:
        step = words.say_step(ruling.step, by, reader.language)[0]
        sentence = words.say_step(ruling.step, by, language)[1]
    decision = record.decisions.get(ruling.id)
    key = reader.practice.key
    return Waiting(
        id=ruling.id,
        meeting=meeting,
        when=reader.when(ruling.at),
        said=reader.say(ruling),
        mine=by == "practitioner",
        amount=reader.money(ruling.amount_minor) if ruling.is_fee else "",
        step=step,
        words=sentence,
        language=language,
        agreed=agreed,
        talk=decision is not None and decision.choice == "talk",
        objections=[read_sealed(each, key) for each in record.objections.get(ruling.id, ())],
    )


@for_practitioner("POST")
def decide(request: HttpRequest, practitioner: Practitioner, ruling_id: uuid.UUID) -> HttpResponse:
    """Decide about one crossing; it can be taken back."""
    choice = request.POST.get("choice", "")
    said = {
        "apply": _("Decided and written down."),
        "talk": _("Kept for your next talk."),
        "leave": _("Left as it is."),
        "open": _("Undecided again."),
    }
    if choice not in said:
        messages.error(request, _("Choose what to do. Nothing was changed."))
        return redirect("decisions")
    try:
        deciding.decide(
            practice=practitioner.practice, ruling_id=ruling_id, choice=choice, now=now()
        )
    except deciding.NobodyAgreed:
        messages.error(
            request,
            _("Nobody had accepted the rules for this meeting, so nothing can be charged for it."),
        )
    except deciding.NothingToDecide:
        messages.error(request, _("There is nothing to decide about this any more."))
    else:
        if choice == "open":
            messages.success(request, said[choice])
        else:
            request.session["undo"] = {"text": said[choice], "decision": str(ruling_id)}
    return redirect("decisions")
