"""What is expected: the short sentences of a story, turned into whole rulings."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from .clock import SUM, WHEN, Json, NotUnderstoodError, read_sum
from .telling import Telling

_RULING = re.compile(
    rf"(?:(?P<about>[a-z]\w*) )?(?P<when>{WHEN}) (?P<rule>\w+):"
    r" (?P<by>client|practitioner|nobody) (?P<verdict>kept|crossed|excused|unclear)"
    r" (?P<reason>\w+)(?: by (?P<excused_by>hardship|goodwill))?"
    r"(?P<more>(?:, [^(),]+)*)(?: \((?P<ids>\w+(?:, \w+)*)\))?"
)
_MORE = re.compile(
    r"(?P<minutes>\d+) minutes?"
    rf"|(?P<owed_by>client|practitioner) owes (?P<amount>{SUM})"
    r"|step (?P<step>\w+)"
    rf"|forgiven (?P<forgiven>{SUM})"
    rf"|missing (?P<missing>{SUM})"
    rf"|promised (?P<promised_at>{WHEN})"
)
_SETTLEMENT = re.compile(
    r"(?P<booking>\w+) (?P<outcome>open|held|cancelled|missed|released|unclear):"
    rf" client (?P<client>{SUM}), practitioner (?P<practitioner>{SUM}), paid (?P<paid>{SUM})"
    r"(?P<uses>, uses a session)?"
)

_DEADLINES = ("attendance_unclear", "end_not_recorded", "unpaid")
_BROUGHT_BY = {
    "cancellation": ("cancelled",),
    "missed": ("cancelled", "left"),
    "rescheduling": ("moved",),
    "lateness": ("arrived",),
    "ending": ("ended", "held", "left", "cancelled"),
    "session": ("request_added",),
    "conduct": ("incident",),
}


def read_ruling(sentence: str, telling: Telling, *, imagined: bool) -> Json:
    """Read one expected ruling whole; `imagined` ones name no event but those that are said."""
    match = _RULING.fullmatch(sentence)
    if match is None:
        raise NotUnderstoodError("not the sentence of a ruling")
    about = match["about"] or _only_booking(telling)
    who = _who(about, telling)
    clock = telling.clocks[about]
    ruling: Json = {
        "rule": match["rule"],
        "by": None if match["by"] == "nobody" else match["by"],
        "at": clock.read(match["when"]).astimezone(ZoneInfo("UTC")).isoformat(),
        "verdict": match["verdict"],
        "reason": match["reason"],
        "facts": {},
    }
    if match["excused_by"]:
        ruling["facts"] = {"excused_by": match["excused_by"], "forgiven": 0}
    for clause in match["more"].split(", ")[1:]:
        _add_clause(ruling, clause, telling, about)
    ruling.update(who)
    if match["ids"]:
        ruling["events"] = sorted(match["ids"].split(", "))
    else:
        ruling["events"] = [] if imagined else _events(ruling, telling)
    return ruling


def read_settlement(sentence: str) -> Json:
    """Read `b1 held: client 2000.00, practitioner 0.00, paid 0.00, uses a session`."""
    match = _SETTLEMENT.fullmatch(sentence)
    if match is None:
        raise NotUnderstoodError("not the sentence of a settlement")
    sums = {who: read_sum(match[who]) for who in ("client", "practitioner", "paid")}
    uses = match["uses"] is not None
    return {"booking": match["booking"], "outcome": match["outcome"], **sums, "uses_session": uses}


def _only_booking(telling: Telling) -> str:
    bookings = telling.history["bookings"]
    if len(bookings) != 1:
        raise NotUnderstoodError("say which booking or message it is about")
    only: str = bookings[0]["id"]
    return only


def _who(about: str, telling: Telling) -> Json:
    if any(message["id"] == about for message in telling.history["messages"]):
        return {"person": telling.message(about)["person"], "message": about}
    return {"person": telling.booking(about)["person"], "booking": about}


def _add_clause(ruling: Json, clause: str, telling: Telling, about: str) -> None:
    match = _MORE.fullmatch(clause)
    if match is None:
        raise NotUnderstoodError(f"{clause!r} is nothing a ruling says")
    said: dict[str, Any] = {key: words for key, words in match.groupdict().items() if words}
    for key in ("amount", "forgiven", "missing"):
        if key in said:
            said[key] = read_sum(said[key])
    if "minutes" in said:
        said["minutes"] = int(said["minutes"])
    if "promised_at" in said:
        said["promised_at"] = telling.clocks[about].read(said["promised_at"]).isoformat()
    for key, value in said.items():
        (ruling["facts"] if key in ("forgiven", "missing", "promised_at") else ruling)[key] = value


def _events(ruling: Json, telling: Telling) -> list[str]:
    """The event at the ruling's instant that can have brought it; it must be the only one."""
    if "message" in ruling:
        return [ruling["message"]]
    if ruling["reason"] in _DEADLINES:
        return []
    kinds = _BROUGHT_BY.get(ruling["rule"], ())
    at = telling.clock.show(ruling["at"])
    found = [
        event["id"]
        for event in telling.booking(ruling["booking"])["events"]
        if event["type"] in kinds
        and telling.clock.show(event["at"]) == at
        and (event["by"] == ruling["by"] or event["type"] != "arrived")
    ]
    if len(found) != 1 or ruling["reason"] == "agreed_overtime":
        raise NotUnderstoodError(
            f"say which events, in brackets: {found or 'none'} at that instant"
        )
    return found
