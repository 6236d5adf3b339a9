"""Messages, previews and free times, worked out by hand from the text of the rules."""

from __future__ import annotations

from typing import Any

from tests.naive.by_hand import booking, event, on, terms
from tests.naive.judging import judge
from tests.naive.preview import preview
from tests.naive.slots import slots


def message(name: str, kind: str, clock: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "person": "p", "type": kind, "at": on(clock), **more}


def test_messages_over_a_change_of_the_clocks() -> None:
    # Sunday 29 March 2026, Warsaw: 02:00 becomes 03:00, so 01:30-02:30 is [00:30Z, 01:30Z).
    rule = {"windows": {"sun": [["01:30", "02:30"]], "mon": [["09:00", "24:00"]]}}
    mine = terms(messages={**rule, "reply_hours": 2})
    letters = [
        message("in", "received", "29T00:30"),
        message("out", "received", "29T01:30"),
        message("r", "replied", "30T08:00", to="in"),
        message("s", "replied", "30T22:00", to="out"),
    ]
    history = {"bookings": [], "messages": letters, "as_of": "2026-04-02T00:00:00Z"}
    found = [(r["message"], r["reason"], r["at"][8:16]) for r in judge(mine, history)["rulings"]]
    assert found == [
        ("out", "answer_later", "29T01:30"),  # promised on Monday at 09:00Z
        ("out", "late_reply", "30T09:00"),
        ("s", "replied_out_of_hours", "30T22:00"),  # 24:00 in Warsaw: the end is not inside
    ]


def test_preview_of_a_late_cancellation_and_of_a_voided_one() -> None:
    history = {
        "bookings": [booking(event("x", "cancelled", "client", "02T08:00"))],
        "as_of": on("01T00:00"),
    }
    void = {"type": "voided", "by": "client", "at": on("03T10:00"), "of": "x"}
    answer = preview(terms(), history, {"booking": "b", "event": void})
    assert [(r["reason"], r["events"]) for r in answer["rulings"]] == [("attendance_unclear", [])]
    ask = {"type": "cancelled", "by": "client", "at": on("01T10:00")}
    answer = preview(terms(), history, {"booking": "b", "event": ask})
    assert [(r["reason"], r["amount"], r["events"]) for r in answer["rulings"]] == [
        ("late_cancel", 51, [])
    ]
    assert answer["settlement"]["outcome"] == "cancelled"
    assert answer["refused"] is None


def test_free_sessions_are_refused_by_person_and_by_month() -> None:
    rule = {"minutes": 30, "per_person": 1, "per_month": 1, "invite_at_minute": 20}
    history = {"bookings": [booking(kind="free", price=0)], "as_of": on("01T00:00")}

    def ask(person: str, start: str) -> Any:
        book = {"person": person, "start": start, "kind": "free"}
        return preview(terms(free_session=rule), history, {"book": book})["refused"]

    assert ask("p", "2026-05-01T09:00:00Z") == "free_per_person"
    assert ask("q", "2026-03-31T21:59:59Z") == "free_per_month"
    assert ask("q", "2026-03-31T22:00:00Z") is None  # already April in Warsaw


def test_slots_with_buffers_that_face_each_other_and_a_gap_in_the_clocks() -> None:
    availability = {
        "time_zone": "Europe/Warsaw",
        "now": "2026-03-01T00:00:00Z",
        "from": "2026-03-29",
        "until": "2026-03-30",
        "weekly": {"sun": [["01:30", "02:30"]], "mon": [["09:00", "13:00"]]},
        "minutes": 30,
        "step_minutes": 30,
        "buffer_before": 30,
        "buffer_after": 10,
        "bookings": [
            {"start": "2026-03-30T09:00:00Z", "end": "2026-03-30T09:30:00Z", "buffer_before": 30}
        ],
    }
    # Monday 07:00Z to 11:00Z: 08:30 would leave no 30 minutes before the booking, 09:30 none
    # after it; Sunday 01:30-02:30 is the hour from 00:30Z.
    assert slots(availability) == {
        "slots": [
            "2026-03-29T00:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-30T07:00:00Z",
            "2026-03-30T07:30:00Z",
            "2026-03-30T08:00:00Z",
            "2026-03-30T10:00:00Z",
            "2026-03-30T10:30:00Z",
        ]
    }
