"""Conduct: what was felt as hurtful is for people to judge."""

from __future__ import annotations

import pytest

from tests.core.samples import ruled, ruling
from tests.naive.by_hand import booking, event, terms


@pytest.mark.parametrize("by", ["client", "practitioner"])
@pytest.mark.parametrize("clock", ["01T00:00", "02T09:30", "02T12:00", "19T00:00"])
def test_incident_is_unclear_whoever_reports_it_and_whenever(by: str, clock: str) -> None:
    held = event("h", "held", "client", "02T10:00")
    reported = event("x", "incident", by, clock, text="")

    judged = ruled(terms("ending", conduct={"end_after_incident": False}), booking(held, reported))

    assert judged == [ruling("conduct", "incident", by, clock, "x", verdict="unclear")]


def test_incident_is_not_judged_without_the_rule() -> None:
    reported = event("x", "incident", "client", "02T09:30", text="")

    assert ruled(terms("missed"), booking(reported)) == []
