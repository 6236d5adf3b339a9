"""Hard places of a booking, worked out by hand from the text of the rules."""

from __future__ import annotations

import pytest

from tests.naive.by_hand import booking, event, judged, on, outcome, reasons, terms


def test_cancelled_at_exactly_the_notice_and_a_second_later() -> None:
    in_time = judged(terms(), booking(event("x", "cancelled", "client", "01T09:00")))
    assert reasons(in_time) == [("client", "kept", "cancelled_in_time", 0)]
    late = judged(terms(), booking(event("x", "cancelled", "client", "01T09:00:01")))
    assert reasons(late) == [("client", "crossed", "late_cancel", 51)]  # 50.5, half up
    assert late["settlements"][0]["uses_session"] is False


def test_a_cancellation_remembers_the_notice_of_an_earlier_move_by_the_same_side() -> None:
    moved = event("x1", "moved", "client", "02T08:00", to="10T09:00")
    own = judged(terms(), booking(moved, event("x2", "cancelled", "client", "03T09:00")))
    assert reasons(own)[1] == ("client", "crossed", "late_cancel", 51)
    other = judged(terms(), booking(moved, event("x2", "cancelled", "practitioner", "03T09:00")))
    assert reasons(other)[1] == ("practitioner", "kept", "cancelled_in_time", 0)


def test_cancelled_at_the_start_is_missed_and_with_both_there_it_is_an_end() -> None:
    at_start = judged(terms(), booking(event("x", "cancelled", "practitioner", "02T09:00")))
    assert reasons(at_start) == [("practitioner", "crossed", "missed", 101)]
    assert at_start["settlements"][0] == {
        "booking": "b",
        "outcome": "missed",
        "client": 0,
        "practitioner": 101,
        "paid": 0,
        "uses_session": False,
    }
    both = booking(
        event("a", "arrived", "client", "02T09:00"),
        event("b", "arrived", "practitioner", "02T09:00"),
        event("c", "cancelled", "practitioner", "02T09:50"),
    )
    # 10 minutes before the end, beyond the grace of 5: 101 * 10 / 60 = 16.83
    assert reasons(judged(terms(), both))[2] == ("practitioner", "crossed", "time_owed", 17)


def test_lateness_is_rounded_up_before_it_is_compared() -> None:
    on_time = judged(terms(), booking(event("x", "arrived", "client", "02T09:05")))
    assert reasons(on_time)[0] == ("client", "kept", "on_time", 0)
    late = judged(terms(), booking(event("x", "arrived", "client", "02T09:05:01")))
    assert late["rulings"][0]["minutes"] == 6


def test_stopping_to_wait_at_exactly_the_wait_and_a_second_before() -> None:
    enough = judged(terms(), booking(event("x", "left", "practitioner", "02T09:15")))
    assert reasons(enough) == [("client", "crossed", "missed", 101)]
    early = judged(terms(), booking(event("x", "left", "practitioner", "02T09:14:59")))
    assert reasons(early) == [("practitioner", "crossed", "did_not_wait", 101)]
    absent = judged(terms("lateness"), booking(event("x", "left", "practitioner", "02T09:59")))
    assert reasons(absent) == [("practitioner", "crossed", "did_not_wait", 101)]


def test_events_at_one_instant_go_by_id() -> None:
    came = event("x2", "arrived", "client", "02T09:15")
    first = judged(terms(), booking(came, event("x10", "left", "practitioner", "02T09:15")))
    assert outcome(first) == "missed"  # "x10" < "x2": she has left before the client came
    after = judged(terms(), booking(came, event("x3", "left", "practitioner", "02T09:15")))
    # The client was there; the practitioner ended 45 minutes early. "ending" < "lateness".
    assert [r["minutes"] for r in after["rulings"]] == [45, 15]


def test_moves_are_counted_over_the_engagement_and_not_for_closed_bookings() -> None:
    one = booking(event("x9", "moved", "client", "01T08:00", to="05T09:00"), engagement="e")
    two = booking(
        event("x1", "moved", "client", "01T08:00", to="05T09:00"),
        name="c",
        engagement="e",
        person="q",
    )
    closed = booking(
        event("x0", "cancelled", "client", "28T08:00"),
        name="d",
        engagement="e",
    )
    closed["events"] = [
        {**closed["events"][0], "at": "2026-02-27T08:00:00Z"},
        {**event("x00", "moved", "client", "01T07:00", to="06T09:00")},
    ]
    found = judged(terms(), one, two, closed, as_of="02T00:00")["rulings"]
    assert [(r["booking"], r["reason"]) for r in found] == [
        ("d", "cancelled_in_time"),
        ("b", "too_many_moves"),
        ("c", "moved_in_time"),
    ]


def test_a_move_forgets_who_was_there() -> None:
    answer = judged(
        terms(),
        booking(
            event("a", "arrived", "practitioner", "02T09:20"),
            event("b", "moved", "client", "02T09:30", to="03T09:00"),
            event("c", "arrived", "practitioner", "03T08:59"),
            event("d", "arrived", "client", "03T09:00"),
        ),
    )
    found = [(r["reason"], r["at"]) for r in answer["rulings"]]
    assert found[1:] == [
        ("late_move", "2026-03-02T09:30:00Z"),
        ("on_time", "2026-03-03T08:59:00Z"),
        ("on_time", "2026-03-03T09:00:00Z"),
        ("end_not_recorded", "2026-03-04T10:00:00Z"),
    ]
    assert outcome(answer) == "held"


def test_attendance_unclear_then_settled() -> None:
    silent = booking(event("x", "paid", "client", "01T00:00", amount=101))
    answer = judged(terms(), silent, as_of="03T10:00")
    assert reasons(answer) == [(None, "unclear", "attendance_unclear", 0)]
    assert answer["settlements"][0]["client"] == 0
    assert outcome(judged(terms(), silent, as_of="03T09:59:59")) == "open"
    later = booking(event("x", "held", "client", "04T09:00"))
    answer = judged(terms(), later)
    assert [r["reason"] for r in answer["rulings"]] == ["attendance_unclear", "ended_in_time"]
    assert outcome(answer) == "held"


def test_an_end_at_c_comes_before_c() -> None:
    answer = judged(terms(), booking(event("x", "ended", "client", "03T10:00")))
    assert [(r["reason"], r["minutes"]) for r in answer["rulings"]] == [("overran", 1440)]


def test_time_made_up_overtime_and_rest() -> None:
    answer = judged(
        terms(),
        booking(
            event("a", "arrived", "client", "02T09:00"),
            event("b", "arrived", "practitioner", "02T09:10"),
            event("d", "extended", "client", "02T09:50", minutes=5, agreed=True),
            event("c", "extended", "client", "02T09:55", minutes=9, agreed=False),
            event("e", "ended", "client", "02T10:21"),
        ),
    )
    # 21 after: 10 made up, 11 over, 5 covered, 6 rest (> 5); 101 * 5 / 60 = 8.42
    last = [(r["reason"], r["minutes"], r["amount"], r["events"]) for r in answer["rulings"][2:]]
    assert last == [("agreed_overtime", 5, 8, ["d", "e"]), ("overran", 6, 0, ["e"])]
    assert answer["settlements"][0]["client"] == 109


def test_unpaid_releases_before_the_deadline_of_the_end() -> None:
    pay = {"due": "before_session", "hours": 24, "unpaid": "release"}
    late = booking(booked_at=on("03T10:00"))  # due at the very instant of C
    answer = judged(terms(payment=pay), late)
    assert reasons(answer) == [("client", "crossed", "unpaid", 0)]
    assert answer["rulings"][0]["facts"]["missing"] == 101
    assert outcome(answer) == "released"
    in_time = booking(event("x", "paid", "client", "01T09:00", amount=101))
    assert outcome(judged(terms(payment=pay), in_time, as_of="02T00:00")) == "open"


def test_after_session_due_where_it_became_held_later() -> None:
    pay = {"due": "after_session", "hours": 1}
    answer = judged(terms(payment=pay), booking(event("x", "held", "client", "02T13:00")))
    assert [r["reason"] for r in answer["rulings"]] == ["ended_in_time", "unpaid"]
    assert answer["rulings"][1]["at"] == "2026-03-02T13:00:00Z"


@pytest.mark.parametrize(
    ("as_of", "voided_at", "expected"),
    [
        ("20T00:00", "19T00:00", []),
        ("20T00:00", "01T00:00", []),
        ("18T00:00", "19T00:00", ["missed"]),
    ],
)
def test_voided(as_of: str, voided_at: str, expected: list[str]) -> None:
    one = booking(
        event("x", "left", "practitioner", "02T09:15"),
        event("y", "voided", "client", voided_at, of="x"),
    )
    found = [r["reason"] for r in judged(terms(), one, as_of=as_of)["rulings"]]
    assert found == (expected or ["attendance_unclear"])


def test_goodwill_window_and_ladder() -> None:
    rule = {"rules": ["missed"], "forgiven": 1, "days": 1, "ladder": ["remind", "end"]}
    days = [
        booking(event(f"x{n}", "left", "practitioner", clock), name=f"b{n}")
        for n, clock in enumerate(["02T10:00", "03T09:59:59", "03T10:00", "03T10:30"])
    ]
    found = judged(terms(goodwill=rule), *days)["rulings"]
    missed = [(r["verdict"], r["step"], r["amount"]) for r in found if r["reason"] == "missed"]
    # The third is exactly 24 h after the first, which is out of the window by then.
    assert missed == [
        ("excused", None, 0),
        ("crossed", "remind", 101),
        ("excused", None, 0),
        ("crossed", "end", 101),
    ]


def test_hardship_comes_before_goodwill_and_needs_a_listed_cause() -> None:
    hardship = {"causes": ["illness"], "times": 1, "days": 9}
    goodwill = {"forgiven": 1, "days": 9, "ladder": ["talk"]}
    given = ["sloth", "illness", "illness"]
    three = [
        booking(event(f"x{n}", "cancelled", "client", f"02T08:0{n}", cause=cause), name=f"b{n}")
        for n, cause in enumerate(given)
    ]
    found = judged(terms(hardship=hardship, goodwill=goodwill), *three)["rulings"]
    assert [(r["facts"].get("excused_by"), r["step"]) for r in found] == [
        ("goodwill", None),
        ("hardship", None),
        (None, "talk"),
    ]
    assert found[0]["facts"]["forgiven"] == 51


def test_an_override_binds_the_practitioner_only() -> None:
    tiers = [{"hours": 0, "percent": 100}]
    stricter = {"lateness": {"grace_minutes": 0}, "cancellation": {"tiers": tiers}}
    both = booking(
        event("a", "arrived", "client", "02T09:01"),
        event("b", "arrived", "practitioner", "02T09:01"),
    )
    found = reasons(judged(terms(practitioner=stricter), both, as_of="02T10:00"))
    assert found == [("practitioner", "crossed", "late", 0), ("client", "kept", "on_time", 0)]
    early = booking(event("a", "cancelled", "practitioner", "01T00:00"))
    assert reasons(judged(terms(practitioner=stricter), early)) == [
        ("practitioner", "crossed", "late_cancel", 101)
    ]
