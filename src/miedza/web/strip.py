"""The strip: two fields, a line of grass between, time running down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miedza.ledger.balance import take_balance
from miedza.messaging.saying import say_ruling
from miedza.practice.formats import format_money, say_short_date, say_time, to_local
from miedza.web.sealed import read_sealed
from miedza.words import registry as words

if TYPE_CHECKING:
    import uuid
    from datetime import date, datetime

    from miedza.core.ruling import Ruling as CoreRuling
    from miedza.ledger.models import Meeting, Ruling
    from miedza.ledger.records import Record
    from miedza.messaging.saying import Said
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
    """For whom a page is written: one side of a practice, at one moment."""

    practice: Practice
    now: datetime
    side: str = "practitioner"
    """`practitioner` or `client`: one's own side is always left."""
    own_zone: str = ""
    """On whose clocks times are shown; empty for the practice's."""

    @property
    def zone(self) -> str:
        """On which clocks times are shown."""
        return self.own_zone or self.practice.time_zone

    @property
    def language(self) -> str:
        """The language of the page."""
        return (get_language() or "en")[:2]

    @property
    def today(self) -> date:
        """The date on the reader's clocks."""
        return to_local(self.now, self.zone).date()

    def money(self, amount_minor: int) -> str:
        """Money of the practice."""
        return format_money(amount_minor, self.practice.currency)

    def when(self, moment: datetime) -> str:
        """A moment in few words: "5 Oct, 17:00"."""
        local = to_local(moment, self.zone)
        return f"{say_short_date(local.date(), today=self.today)}, {say_time(local)}"

    def place(self, by: str | None) -> str:
        """Where on the strip something of a side stands."""
        if by is None:
            return "both"
        return "left" if by == self.side else "right"

    def meeting_url(self, meeting: Meeting) -> str:
        """Where this reader sees a meeting."""
        if self.side == "practitioner":
            return reverse("meeting", args=[meeting.id])
        return reverse("my_meeting", args=[meeting.person_id, meeting.id])

    def say(self, ruling: Ruling | CoreRuling) -> Said:
        """A ruling in words for this reader."""
        return say_ruling(
            ruling,
            language=self.language,
            currency=self.practice.currency,
            zone=self.zone,
            reader=self.side,
        )


def ruling_entry(reader: Reader, record: Record, ruling: Ruling) -> Entry:
    """One ruling on the side of the one whose doing it was."""
    said = reader.say(ruling)
    parts = [said.consequence, _say_state(reader, record, ruling)]
    for objection in record.objections.get(ruling.id, ()):
        text = read_sealed(objection, reader.practice.key)
        parts.append(_("Seen differently: %(text)s") % {"text": text})
    return Entry(
        side=reader.place(ruling.by),
        tone=said.tone,
        tag=said.tag,
        title=said.title,
        detail=" ".join(part for part in parts if part),
        when=reader.when(ruling.at),
        when_iso=ruling.at.isoformat(),
        links=[],
        id=f"r-{ruling.id}",
    )


def _say_state(reader: Reader, record: Record, ruling: Ruling) -> str:
    """What has become of a ruling: a gift, a decision, a step."""
    waiver = record.waivers.get(ruling.id)
    if waiver is not None:
        return _("Given away: %(reason)s") % {"reason": read_sealed(waiver, reader.practice.key)}
    said = []
    if ruling.step and reader.side == "practitioner":  # Said to the client by a person, or never.
        label, _sentence = words.say_step(ruling.step, ruling.by or "client", reader.language)
        said.append(f"{label}.")
    if ruling.is_fee:
        said.append(_("Not charged so far.") if record.is_waiting(ruling) else _("Charged."))
    return " ".join(said)


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
    return Entry(
        side="both",
        tone="plain",
        tag="",
        title=f"{when} · {title}",
        detail=say_settlement(reader, record, meeting.id),
        when=reader.when(meeting.start_at),
        when_iso=meeting.start_at.isoformat(),
        links=[{"url": reader.meeting_url(meeting), "text": _("Open the meeting")}],
        id=f"m-{meeting.id}",
    )


def say_settlement(reader: Reader, record: Record, meeting_id: uuid.UUID) -> str:
    """Who owes what for a meeting, and what of it is paid or given away; empty where nothing is.

    A fee of which nobody has decided is owed by nobody yet.
    """
    balance = take_balance(record, [meeting_id])
    given = sum(
        ruling.amount_minor
        for ruling in record.rulings.get(meeting_id, ())
        if ruling.id in record.waivers
    )
    to_you, from_you = balance.client_minor, balance.practitioner_minor
    if reader.side == "client":
        to_you, from_you = from_you, to_you
    said = (
        (to_you, _("due to you %(amount)s")),
        (from_you, _("due from you %(amount)s")),
        (balance.paid_minor, _("paid %(amount)s")),
        (given, _("given away %(amount)s")),
    )
    return ", ".join(
        sentence % {"amount": reader.money(amount)} for amount, sentence in said if amount
    )


def make_strip(
    reader: Reader,
    record: Record,
    name: str,
    starts: dict[uuid.UUID, datetime],
    *,
    with_rulings: bool = True,
) -> dict[str, Any]:
    """All that happened between the practice and a person, the newest meeting last.

    Args:
        reader: for whom.
        record: what the ledger holds.
        name: how the other side is called.
        starts: when each meeting begins after all moves.
        with_rulings: not for who never accepted any rules.
    """
    entries: list[Entry] = []
    for meeting in record.meetings:
        starts_at = starts.get(meeting.id, meeting.start_at)
        entries.append(meeting_entry(reader, record, meeting, starts_at))
        if with_rulings:
            entries.extend(meeting_rulings(reader, record, meeting.id))
    return {"mine": _("You"), "theirs": name, "entries": entries}


def meeting_rulings(reader: Reader, record: Record, meeting_id: uuid.UUID) -> list[Entry]:
    """The rulings of one meeting in order of time."""
    return [ruling_entry(reader, record, ruling) for ruling in record.rulings.get(meeting_id, ())]
