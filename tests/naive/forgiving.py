"""Hardship, goodwill and the ladder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

Ruling = dict[str, Any]
ALL_FOUR = ["cancellation", "missed", "rescheduling", "lateness"]


def forgive(rules: dict[str, Any], rulings: list[Ruling]) -> None:
    """For each person, the client's penalties (crossed rulings of the four rules), and apart
    from them the practitioner's towards that person, are taken in order of `at`, booking id,
    rule, event id. `unpaid` is never excused but has a step."""
    for person in sorted({r["person"] for r in rulings}):
        for side in ["client", "practitioner"]:
            mine = [r for r in rulings if r["person"] == person and r["by"] == side]
            taken = [r for r in mine if r["verdict"] == "crossed" and counts(r)]
            taken.sort(key=lambda r: (r["at"], r["booking"], r["rule"], r["_event"]))
            for place in range(len(taken)):
                settle_one(rules, taken[:place], taken[place])


def counts(ruling: Ruling) -> bool:
    return ruling["rule"] in ALL_FOUR or ruling["reason"] == "unpaid"


def settle_one(rules: dict[str, Any], earlier: list[Ruling], ruling: Ruling) -> None:
    if ruling["reason"] != "unpaid":
        if by_hardship(rules, earlier, ruling):
            excuse(ruling, "hardship")
            return
        if by_goodwill(rules, earlier, ruling):
            excuse(ruling, "goodwill")
            return
    if "goodwill" not in rules:
        return
    # `step` is the ladder's entry for its count among those that stayed crossed (with
    # `unpaid`) in the window, itself included; past the end, the last entry.
    near = in_window(earlier, ruling, rules["goodwill"]["days"])
    count = len([r for r in near if r["verdict"] == "crossed"]) + 1
    ladder = rules["goodwill"]["ladder"]
    ruling["step"] = ladder[min(count, len(ladder)) - 1]


def in_window(earlier: list[Ruling], ruling: Ruling, days: int) -> list[Ruling]:
    """'In the window' means earlier in that order and in `(at - days x 24 h, at]`."""
    begin = ruling["at"] - timedelta(hours=days * 24)
    return [r for r in earlier if begin < r["at"] <= ruling["at"]]


def excused(rulings: list[Ruling], why: str) -> list[Ruling]:
    return [r for r in rulings if r["facts"].get("excused_by") == why]


def by_hardship(rules: dict[str, Any], earlier: list[Ruling], ruling: Ruling) -> bool:
    """The event carries a `cause` that is listed, and fewer than `times` were excused so in
    the window."""
    if "hardship" not in rules or ruling["_cause"] not in rules["hardship"]["causes"]:
        return False
    near = in_window(earlier, ruling, rules["hardship"]["days"])
    return bool(len(excused(near, "hardship")) < rules["hardship"]["times"])


def by_goodwill(rules: dict[str, Any], earlier: list[Ruling], ruling: Ruling) -> bool:
    """Its rule is among `goodwill.rules` (when that is not given, all four), and fewer than
    `forgiven` rulings of the same rule were excused by goodwill in the window."""
    if "goodwill" not in rules:
        return False
    if ruling["rule"] not in rules["goodwill"].get("rules", ALL_FOUR):
        return False
    near = in_window(earlier, ruling, rules["goodwill"]["days"])
    same = [r for r in excused(near, "goodwill") if r["rule"] == ruling["rule"]]
    return bool(len(same) < rules["goodwill"]["forgiven"])


def excuse(ruling: Ruling, why: str) -> None:
    """An excused ruling has amount 0, its worth in `facts.forgiven`."""
    ruling["facts"]["excused_by"] = why
    ruling["facts"]["forgiven"] = ruling["amount"]
    ruling["verdict"] = "excused"
    ruling["amount"] = 0
    ruling["owed_by"] = None
