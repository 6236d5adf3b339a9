"""The strip: two fields, a line of grass between, time running down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miedza.web.formats import format_money, say_short_date, say_time, to_local
from miedza.web.practitioner.saying import say_ruling
from miedza.web.practitioner.sealed import read_sealed
from miedza.words import registry as words

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from miedza.ledger.models import Meeting, Ruling, Waiver
    from miedza.ledger.queries import Record
    from miedza.practice.models import Practice


class Entry(NamedTuple):
    """One thing on the strip."""

    side: str
    """`left` for the reader's own doing, `right` for the other's, `both` for what they share."""
    tone: str
    """`kept`, `crossed`, `excused`, `unclear`, `care` or `plain`."""
    tag: str
    title: str
    detail: str
    when: str
    when_iso: str
    links: list[dict[str, str]]
    id: str


class Reader(NamedTuple):
    """For whom a strip is written: the practitioner of a practice, today."""

    practice: Practice
    now: datetime

    @property
    def language(self) -> str:
        """The language of the page."""
        return (get_language() or "en")[:2]

    @property
    def today(self) -> date:
        """The date on the practice's clocks."""
        return to_local(self.now, self.practice.time_zone).date()

    def money(self, amount_minor: int) -> str:
        """Money of the practice."""
        return format_money(amount_minor, self.practice.currency)

    def when(self, moment: datetime) -> str:
        """A moment in few words: "5 Oct, 17:00"."""
        local = to_local(moment, self.practice.time_zone)
        return f"{say_short_date(local.date(), today=self.today)}, {say_time(local)}"


def ruling_entry(reader: Reader, ruling: Ruling, waiver: Waiver | None) -> Entry:
    """One ruling on the side of the one whose doing it was."""
    said = say_ruling(
        ruling,
        language=reader.language,
        currency=reader.practice.currency,
        zone=reader.practice.time_zone,
    )
    detail = said.consequence
    if waiver is not None:
        detail = _("Given away: %(reason)s") % {"reason": read_sealed(waiver, reader.practice.key)}
    elif ruling.step:
        label, _sentence = words.say_step(ruling.step, ruling.by or "client", reader.language)
        detail = f"{detail} {label}.".strip()
    return Entry(
        side={"practitioner": "left", "client": "right", None: "both"}[ruling.by],
        tone=said.tone,
        tag=said.tag,
        title=said.title,
        detail=detail,
        when=reader.when(ruling.at),
        when_iso=ruling.at.isoformat(),
        links=[],
        id=f"r-{ruling.id}",
    )


def meeting_entry(reader: Reader, record: Record, meeting: Meeting, starts_at: datetime) -> Entry:
    """A meeting, on the strip itself: it belongs to both. A moved one says from when to when."""
    settlement = record.settlements.get(meeting.id)
    outcome = "open" if settlement is None else settlement.outcome
    title = words.say_outcome(outcome, reader.language)
    when = reader.when(meeting.start_at)
    if starts_at != meeting.start_at:
        when = _("%(before)s, moved to %(after)s") % {
            "before": when,
            "after": reader.when(starts_at),
        }
    url = reverse("meeting", args=[meeting.id])
    return Entry(
        side="both",
        tone="plain",
        tag="",
        title=f"{when} · {title}",
        detail=say_settlement(reader, record, meeting.id),
        when=reader.when(meeting.start_at),
        when_iso=meeting.start_at.isoformat(),
        links=[{"url": url, "text": _("Open the meeting")}],
        id=f"m-{meeting.id}",
    )


def say_settlement(reader: Reader, record: Record, meeting_id: uuid.UUID) -> str:
    """Who owes what for a meeting, and what of it is paid or given away; empty where nothing is."""
    settlement = record.settlements.get(meeting_id)
    if settlement is None:
        return ""
    given = sum(
        ruling.amount_minor
        for ruling in record.rulings.get(meeting_id, ())
        if ruling.id in record.waivers
    )
    said = (
        (settlement.client_minor, _("due to you %(amount)s")),
        (settlement.practitioner_minor, _("due from you %(amount)s")),
        (settlement.paid_minor, _("paid %(amount)s")),
        (given, _("given away %(amount)s")),
    )
    return ", ".join(
        sentence % {"amount": reader.money(amount)} for amount, sentence in said if amount
    )


def make_strip(
    reader: Reader, record: Record, name: str, starts: dict[uuid.UUID, datetime]
) -> dict[str, Any]:
    """All that happened between the practice and a person, the newest meeting last.

    Args:
        reader: for whom.
        record: what the ledger holds.
        name: how the other side is called.
        starts: when each meeting begins after all moves.
    """
    entries: list[Entry] = []
    for meeting in record.meetings:
        starts_at = starts.get(meeting.id, meeting.start_at)
        entries.append(meeting_entry(reader, record, meeting, starts_at))
        entries.extend(meeting_rulings(reader, record, meeting.id))
    return {"mine": _("You"), "theirs": name, "entries": entries}


def meeting_rulings(reader: Reader, record: Record, meeting_id: uuid.UUID) -> list[Entry]:
    """The rulings of one meeting in order of time."""
    return [
        ruling_entry(reader, ruling, record.waivers.get(ruling.id))
        for ruling in record.rulings.get(meeting_id, ())
    ]
