"""The tutor's October, exactly as the rules tell it."""

from __future__ import annotations

from typing import Any

from tests.naive.judging import judge

TERMS: dict[str, Any] = {
    "terms": 1,
    "currency": "RUB",
    "time_zone": "Europe/Moscow",
    "rules": {
        "session": {"minutes": 60},
        "lateness": {"grace_minutes": 5, "wait_minutes": 15},
        "ending": {"grace_minutes": 5, "rate_percent": 100},
        "missed": {"percent": 100},
        "goodwill": {
            "rules": ["lateness"],
            "forgiven": 1,
            "days": 180,
            "ladder": ["remind", "talk", "renegotiate", "end"],
        },
    },
    "practitioner": {},
}


def lesson(day: int, *events: tuple[str, str, str] | tuple[str, str, str, int]) -> dict[str, Any]:
    date = f"2026-10-{day:02}"
    listed = []
    for number, (kind, by, clock, *more) in enumerate(events):
        event: dict[str, Any] = {
            "id": f"{day}-{number}",
            "type": kind,
            "by": by,
            "at": f"{date}T{clock}:00+03:00",
        }
        if more:
            event |= {"minutes": more[0], "agreed": True}
        listed.append(event)
    return {
        "id": f"b{day:02}",
        "person": "pupil",
        "start": f"{date}T15:00:00+03:00",
        "minutes": 60,
        "price": 200000,
        "kind": "paid",
        "events": listed,
    }


HISTORY: dict[str, Any] = {
    "bookings": [
        lesson(
            5,
            ("arrived", "practitioner", "14:58"),
            ("arrived", "client", "17:00"),
            ("left", "client", "20:00"),
        ),
        lesson(
            12,
            ("arrived", "practitioner", "15:00"),
            ("arrived", "client", "15:22"),
            ("extended", "client", "15:50", 30),
            ("ended", "practitioner", "16:30"),
        ),
        lesson(19, ("left", "practitioner", "15:15")),
        lesson(
            26,
            ("arrived", "client", "15:00"),
            ("arrived", "practitioner", "15:10"),
            ("ended", "practitioner", "16:04"),
        ),
    ],
    "as_of": "2026-11-01T00:00:00+03:00",
}


def told(day: int) -> list[tuple[Any, ...]]:
    rulings = [r for r in judge(TERMS, HISTORY)["rulings"] if r["booking"] == f"b{day:02}"]
    keys = ["rule", "by", "verdict", "reason", "minutes", "amount", "owed_by", "step"]
    return [tuple(r[key] for key in keys) for r in rulings]


def test_fifth_of_october() -> None:
    assert told(5) == [
        ("lateness", "practitioner", "kept", "on_time", 0, 0, None, None),
        ("lateness", "client", "excused", "late", 120, 0, None, None),
        ("ending", "practitioner", "crossed", "overran", 240, 0, None, None),
    ]


def test_twelfth_of_october() -> None:
    assert told(12) == [
        ("lateness", "practitioner", "kept", "on_time", 0, 0, None, None),
        ("lateness", "client", "crossed", "late", 22, 0, None, "remind"),
        ("ending", "client", "kept", "agreed_overtime", 30, 100000, "client", None),
    ]


def test_nineteenth_of_october() -> None:
    assert told(19) == [
        ("missed", "client", "crossed", "missed", 0, 200000, "client", "talk"),
    ]


def test_twenty_sixth_of_october() -> None:
    assert told(26) == [
        ("lateness", "client", "kept", "on_time", 0, 0, None, None),
        ("lateness", "practitioner", "excused", "late", 10, 0, None, None),
        ("ending", "practitioner", "crossed", "time_owed", 6, 20000, "practitioner", None),
    ]


def test_settlements() -> None:
    rows = [
        tuple(s[key] for key in ["booking", "outcome", "client", "practitioner", "uses_session"])
        for s in judge(TERMS, HISTORY)["settlements"]
    ]
    assert rows == [
        ("b05", "held", 200000, 0, True),
        ("b12", "held", 300000, 0, True),
        ("b19", "missed", 200000, 0, True),
        ("b26", "held", 200000, 20000, True),
    ]


def test_a_ruling_in_full() -> None:
    overtime = judge(TERMS, HISTORY)["rulings"][5]
    assert overtime == {
        "rule": "ending",
        "by": "client",
        "person": "pupil",
        "booking": "b12",
        "events": ["12-2", "12-3"],
        "at": "2026-10-12T13:30:00Z",
        "verdict": "kept",
        "reason": "agreed_overtime",
        "minutes": 30,
        "amount": 100000,
        "owed_by": "client",
        "facts": {},
        "step": None,
    }
