"""Whether a page of a meeting shows what `miedza judge` says of the history it exports."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from miedza.cli.core import answer_line
from miedza.ledger.queries import find_meeting
from miedza.ledger.records import read_record
from miedza.practice.formats import format_money
from miedza.words.registry import say_tag
from tests.web.pages import read

if TYPE_CHECKING:
    from django.test import Client

    from miedza.bookings.models import Booking
    from miedza.ledger.records import Record
    from miedza.practice.models import Practitioner


def judge_export(client: Client, booking: Booking) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The rulings and the settlement of one meeting, by the command, from the exported history."""
    address = reverse("export_history", args=[booking.person_id])
    rulings: list[dict[str, Any]] = []
    settlements: list[dict[str, Any]] = []
    for line in client.get(address).content.splitlines():
        answer = answer_line("judge", line)
        assert "faults" not in answer, answer["faults"]
        rulings.extend(r for r in answer["rulings"] if r.get("booking") == str(booking.id))
        settlements.extend(s for s in answer["settlements"] if s["booking"] == str(booking.id))
    (settlement,) = settlements
    return rulings, settlement


def read_ledger(practitioner: Practitioner, booking: Booking) -> Record:
    """What the ledger holds of one meeting."""
    meeting = find_meeting(practice_id=practitioner.practice_id, meeting_id=booking.id)
    assert meeting is not None
    return read_record(practice_id=practitioner.practice_id, meetings=[meeting])


def check_judged(client: Client, practitioner: Practitioner, booking: Booking) -> dict[str, Any]:
    """Compare the page, the ledger and the command; give the settlement."""
    rulings, settlement = judge_export(client, booking)
    record = read_ledger(practitioner, booking)
    held = record.rulings[booking.id]
    columns = ("rule", "reason", "by", "verdict", "minutes", "owed_by", "facts", "step", "events")
    assert sorted(
        ([getattr(r, name) for name in columns], r.amount_minor) for r in held
    ) == sorted(([r[name] for name in columns], r["amount"]) for r in rulings)  # fmt: skip
    kept = record.settlements[booking.id]
    assert (kept.outcome, kept.client_minor, kept.practitioner_minor, kept.paid_minor) == (
        settlement["outcome"], settlement["client"], settlement["practitioner"], settlement["paid"],
    )  # fmt: skip
    _check_page(client, booking, rulings, settlement)
    return settlement


def _check_page(
    client: Client, booking: Booking, rulings: list[dict[str, Any]], settlement: dict[str, Any]
) -> None:
    """Compare the page with what the command says."""
    response = client.get(reverse("meeting", args=[booking.id]))
    page = response.content.decode()
    entries = re.findall(r'<li class="entry (\w+) (\w+)" id="r-.*?</li>', page, re.DOTALL)
    sides = {"practitioner": "left", "client": "right", None: "both"}
    assert sorted(entries) == sorted((sides[r["by"]], r["verdict"]) for r in rulings)
    words = read(response)
    for ruling in rulings:
        assert say_tag(ruling["verdict"], "en") in words
        if ruling["amount"]:
            to = "to you" if ruling["owed_by"] == "client" else "from you"
            assert f"{_money(ruling['amount'])} due {to}." in words, ruling
    owed = html.unescape(words).lower()
    for side, to in (("client", "to"), ("practitioner", "from")):
        amount = settlement[side]
        said = f"due {to} you {_money(amount)}".lower()
        assert (said in owed) == bool(amount), (said, amount)


def _money(amount: int) -> str:
    """Zlotys as the page writes them in English."""
    with translation.override("en"):
        return format_money(amount, "PLN")
