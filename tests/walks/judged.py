"""What the strip must show: the answer of `miedza judge --lines`, in the words of a language."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override

from miedza.practice.formats import format_money, say_short_date, say_time
from miedza.words import registry as words
from miedza.words.phrases import say_notice
from tests.walks.serving import MIEDZA

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

SIDES = {"practitioner": "left", "client": "right", None: "both"}
READ_STRIP = """() => [...document.querySelectorAll("ol.strip > li")].map(li => {
  const text = query => (li.querySelector(query)?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const both = li.querySelector(":scope > a:not(.small)");
  return both
    ? {side: "both", tone: "plain", tag: "", title: text("a"), detail: text("span.quiet")}
    : {side: li.classList[1], tone: li.classList[2], tag: text(".tag"), title: text("b"),
       detail: text("p.small")};
})"""


class Shown(NamedTuple):
    """One thing on the strip, as it can be read."""

    side: str
    tone: str
    tag: str
    title: str
    detail: str


class Answer(NamedTuple):
    """What the command says about a whole history."""

    cases: list[dict[str, Any]]
    """Terms and history, a case for each version of the rules."""
    rulings: list[dict[str, Any]]
    settlements: dict[str, dict[str, Any]]
    """By booking."""


def judge_file(path: Path) -> Answer:
    """Ask the command about a downloaded history."""
    lines = path.read_bytes()
    told = subprocess.run(
        [MIEDZA, "judge", "--lines"], input=lines, capture_output=True, check=True
    )
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    cases = [json.loads(line) for line in lines.splitlines()]
    assert [answer.get("faults", []) for answer in answers] == [[] for _ in cases]
    return Answer(
        cases,
        [ruling for answer in answers for ruling in answer["rulings"]],
        {told["booking"]: told for answer in answers for told in answer["settlements"]},
    )


def read_strip(page: Page) -> list[Shown]:
    """What the strip of the page shows."""
    return [Shown(**entry) for entry in page.evaluate(READ_STRIP)]


class Teller:
    """Puts the command's answer into the words of a reader."""

    def __init__(self, language: str, zone: str, currency: str) -> None:
        """Take the reader's language, and the zone and currency of the practice."""
        self.language = language
        self.zone = ZoneInfo(zone)
        self.currency = currency

    def money(self, amount: int) -> str:
        """Money, as the reader's language writes it."""
        with override(self.language):
            return format_money(amount, self.currency)

    def when(self, instant: str) -> str:
        """A moment on the clocks of the practice."""
        local = datetime.fromisoformat(instant).astimezone(self.zone)
        with override(self.language):
            today = datetime.now(self.zone).date()
            return f"{say_short_date(local.date(), today=today)}, {say_time(local)}"

    def tell(self, answer: Answer) -> list[Shown]:
        """Every meeting and every ruling, in the order of the strip."""
        told = []
        bookings = [booking for case in answer.cases for booking in case["history"]["bookings"]]
        for booking in sorted(bookings, key=lambda booking: booking["start"]):
            rulings = [r for r in answer.rulings if r["booking"] == booking["id"]]
            fees = sum(
                ruling["amount"]
                for ruling in rulings
                if ruling["verdict"] == "crossed" and ruling["owed_by"] == "client"
            )
            told.append(self.tell_meeting(booking, answer.settlements[booking["id"]], fees))
            told.extend(self.tell_ruling(ruling) for ruling in rulings)
        return told

    def tell_meeting(self, booking: dict[str, Any], settlement: dict[str, Any], fees: int) -> Shown:
        """A meeting with who owes what for it; fees are owed once somebody has decided."""
        owed = []
        due = {**settlement, "client": settlement["client"] - fees}
        with override(self.language):
            for side, said in (("client", "due to you %(amount)s"),
                               ("practitioner", "due from you %(amount)s")):  # fmt: skip
                if due[side]:
                    owed.append(gettext(said) % {"amount": self.money(due[side])})
        outcome = words.say_outcome(settlement["outcome"], self.language)
        taken_back = {event.get("of") for event in booking["events"]}
        moves = [event for event in booking["events"] if event["type"] == "moved"]
        moves = [move for move in moves if move["id"] not in taken_back]
        when = self.when(booking["start"])
        with override(self.language):
            for move in moves[-1:]:
                said = gettext("%(before)s, moved to %(after)s")
                when = said % {"before": when, "after": self.when(move["to"])}
        detail = f"· {', '.join(owed)}" if owed else ""
        return _plain("both", "plain", "", f"{when} · {outcome}", detail)

    def tell_ruling(self, ruling: dict[str, Any]) -> Shown:
        """A ruling with what follows from it."""
        values = self._values(ruling)
        facts = ruling["facts"]
        follows = ""
        if ruling["verdict"] == "excused":
            costs = facts["forgiven"] > 0
            follows = words.say_excuse(facts["excused_by"], costs, self.language, values)
        elif ruling["owed_by"]:
            follows = words.say_owed(ruling["owed_by"], "practitioner", self.language, values)
        elif facts.get("worth"):
            follows = words.say_given("practitioner", self.language, values)
        if ruling["step"]:
            label, _sentence = words.say_step(ruling["step"], ruling["by"], self.language)
            follows = f"{follows} {label}.".strip()
        if ruling["verdict"] == "crossed" and ruling["owed_by"] == "client":
            with override(self.language):
                follows = f"{follows} {gettext('Not charged so far.')}"
        rule, reason = ruling["rule"], ruling["reason"]
        return _plain(
            SIDES[ruling["by"]],
            ruling["verdict"],
            words.say_tag(ruling["verdict"], self.language),
            words.say_reason(rule, reason, "reason", self.language, values),
            self.when(ruling["at"]) + (f". {follows}" if follows else ""),
        )

    def _values(self, ruling: dict[str, Any]) -> dict[str, Any]:
        """What a ruling's sentences may name."""
        facts = ruling["facts"]
        amounts = {name: facts[name] for name in ("worth", "forgiven", "missing") if name in facts}
        amounts["amount"] = ruling["amount"]
        return {
            **facts,
            "minutes": ruling["minutes"],
            "notice": say_notice(facts.get("notice_minutes", 0), self.language),
            **{name: self.money(amount) for name, amount in amounts.items()},
        }


def _plain(*parts: str) -> Shown:
    """With every kind of space as one."""
    return Shown(*(" ".join(part.split()) for part in parts))


def count_money(answer: Answer) -> tuple[int, int]:
    """What the client still owes after payments, and what was given away, in minor units."""
    settled = answer.settlements.values()
    balance = sum(each["client"] - each["paid"] - each["practitioner"] for each in settled)
    return balance, sum(ruling["facts"].get("worth", 0) for ruling in answer.rulings)
