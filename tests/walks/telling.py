"""What a story told over weeks needs: a clock to move, letters to open, figures to count."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import override
from playwright.sync_api import expect

from miedza.practice.formats import say_zone
from tests.walks.serving import PATIENCE_SECONDS

if TYPE_CHECKING:
    from tests.walks.hand import Hand
    from tests.walks.judged import Answer
    from tests.walks.serving import Server

ZONE = ZoneInfo("Europe/Warsaw")
HERE = Path(__file__).resolve().parent / "clock"
_LINK = re.compile(r"(http://\S+/(?:agree|join)/\S+/)")


class Clock:
    """The clock of a server, as `clock/sitecustomize.py` follows it."""

    def __init__(self, folder: Path, start: datetime) -> None:
        """Begin at a moment on the clocks of Warsaw."""
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "clock.txt"
        self.go_to(start)

    def go_to(self, moment: datetime) -> None:
        """Travel; whatever asks for the time a moment later hears the new one."""
        draft = self.file.with_suffix(".new")
        draft.write_text(f"{moment.replace(tzinfo=ZONE).timestamp()}", encoding="ascii")
        draft.replace(self.file)
        time.sleep(0.3)

    @property
    def around(self) -> dict[str, str]:
        """What a server sees around it to follow this clock."""
        return {
            "PYTHONPATH": str(HERE),
            "WALK_CLOCK": str(self.file),
            "MIEDZA_UNDO_SECONDS": "0",
        }


def find_link(server: Server, email: str) -> str:
    """The newest link to an agreement, or to a practice to work in, in a letter to somebody."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        parts = server.said().split(f"letter to {email} is shown here")[1:]
        links = [found[1] for part in parts if (found := _LINK.search(part.split("\n---\n")[0]))]
        if links:
            return links[-1]
        assert time.monotonic() < deadline, f"no link came:\n{server.said()}"
        time.sleep(0.05)


def book_offered(hand: Hand, place: str, start: datetime) -> str:
    """Book a free time in one's own place; answer the address of the meeting.

    The hand's device stands elsewhere: times are those of its own clocks, and the practice's.
    """
    page = hand.page
    page.goto(f"{place}book/?service=usual&from={start:%Y-%m-%d}")
    with override(hand.language):
        here, there = say_zone(hand.zone), say_zone(str(ZONE))
    hand.see("Times are those of %(zone)s.", zone=here)
    meant = start.replace(tzinfo=ZONE)
    link = page.locator(f"a[href$='at={int(meant.timestamp())}']")
    said = hand.say("(%(time)s in %(zone)s)", time=f"{start:%H:%M}", zone=there)
    expect(link).to_contain_text(said)
    link.click()
    local = meant.astimezone(ZoneInfo(hand.zone))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{local:%H:%M}")
    hand.see("%(there)s in %(zone_there)s", there=f"{start:%H:%M}", zone_there=there)
    hand.press("Book this time")
    hand.see("Booked. It is in your e-mail too.")
    return page.url


def count_figures(answer: Answer) -> dict[str, int]:
    """The figures of Boundaries, counted by hand from what the command says.

    Every fee is taken to be decided and nothing to be given away.
    """
    bookings = {b["id"]: b for case in answer.cases for b in case["history"]["bookings"]}
    figures = dict.fromkeys(("kept", "crossed", "excused", "waited", "given", "spent", "earned"), 0)
    for each in answer.settlements.values():
        figures["earned"] += each["client"] - each["practitioner"]
        if each["outcome"] == "held":
            figures["spent"] += bookings[each["booking"]]["minutes"]
    for ruling in answer.rulings:
        booking = bookings[ruling["booking"]]
        if ruling["by"] == "client":
            figures[ruling["verdict"]] += 1
        if ruling["reason"] == "late" and ruling["by"] == "client":
            figures["waited"] += ruling["minutes"]
        if ruling["reason"] == "missed" and ruling["by"] == "client":
            figures["spent"] += booking["minutes"]
            start = datetime.fromisoformat(booking["start"])
            stood = datetime.fromisoformat(ruling["at"]) - start
            figures["waited"] += -(-stood // timedelta(minutes=1))
        if ruling["reason"] == "overran":
            figures["given"] += ruling["minutes"]
        if ruling["reason"] in ("overran", "agreed_overtime"):
            figures["spent"] += ruling["minutes"]
    return figures
