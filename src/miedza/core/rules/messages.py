"""Messages: in which hours they are read, and how soon they are answered.

The promise is counted in hours inside the windows only. A reply outside them is a gift, shown to
nobody else.
"""

from __future__ import annotations

from miedza.core.faults import whole
from miedza.core.hours import OfficeHours, read_week
from miedza.core.instants import format_instant
from miedza.core.ruling import Ruling
from miedza.core.zones import find_zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from miedza.core.history import Message
    from miedza.core.terms import Terms


def check_windows(value: object) -> str | None:
    """Check the hours of a week: at least one day, each named day with at least one window."""
    faults: list[str] = []
    week = read_week(value, "", faults)
    if faults:
        return "\n".join(fault.removeprefix(": ") for fault in faults)
    if not week or not all(week.values()):
        return "must name at least one day, and at least one window for each day it names"
    return None


FIELDS = {
    "windows": (check_windows, "the hours in which messages are read, by day"),
    "reply_hours": (whole(1, 1000), "within how many of those hours there is an answer"),
}


def judge_messages(terms: Terms, messages: Sequence[Message], as_of: int) -> Iterator[Ruling]:
    """Judge all messages up to an instant."""
    rule = terms.rules.get("messages")
    known = sorted(message for message in messages if message.at <= as_of)
    if rule is None or not known:
        return
    zone = find_zone(terms.time_zone)
    assert zone is not None  # noqa: S101 - the terms were refused otherwise.
    hours = OfficeHours(read_week(rule["windows"], "", []), zone, earliest=known[0].at)
    answered: dict[str, int] = {}
    for message in known:
        if message.answers is not None:
            answered.setdefault(message.answers, message.at)
    for message in known:
        if message.answers is not None:
            if not hours.contains(message.at):
                yield _rule(message, "kept", "replied_out_of_hours", message.at)
            continue
        promised = hours.after(message.at, rule["reply_hours"])
        if not hours.contains(message.at):
            yield _rule(message, "kept", "answer_later", message.at, promised)
        if promised < as_of and answered.get(message.id, promised + 1) > promised:
            yield _rule(message, "crossed", "late_reply", promised, promised)


def _rule(
    message: Message, verdict: str, reason: str, at: int, promised: int | None = None
) -> Ruling:
    """A ruling about one message, by the practitioner."""
    facts = {} if promised is None else {"promised_at": format_instant(promised)}
    return Ruling(
        at, message.id, "messages", reason, (message.id,), "practitioner", message.person,
        verdict, 0, 0, None, facts,
    )  # fmt: skip
