"""What cancelling costs, said with its own hours and sums."""

from __future__ import annotations

import pytest

from miedza.words.costs import say_costs
from tests.hostile import HOSTILE

ONE = [("27 Nov, 17:00", "200 zł")]
TWO = [("26 Nov, 17:00", ""), *ONE]
THREE = [("25 Nov, 17:00", ""), ("26 Nov, 17:00", "100 zł"), *ONE]
COSTS: dict[str, dict[int, str]] = {
    "en": {
        0: "Should you need to cancel: at any time nothing to pay. The rule is no lighter for me.",
        1: "Should you need to cancel: at any time 200 zł. The rule is no lighter for me.",
        2: "Should you need to cancel: until 26 Nov, 17:00 nothing to pay; later 200 zł. "
        "The rule is no lighter for me.",
        3: "Should you need to cancel: until 25 Nov, 17:00 nothing to pay; until 26 Nov, 17:00 "
        "100 zł; later 200 zł. The rule is no lighter for me.",
    },
    "pl": {
        0: "Gdyby trzeba było odwołać: w każdej chwili – bez opłat. Dla mnie zasada nie jest "
        "łagodniejsza.",
        1: "Gdyby trzeba było odwołać: w każdej chwili – 200 zł. Dla mnie zasada nie jest "
        "łagodniejsza.",
        2: "Gdyby trzeba było odwołać: do 26 Nov, 17:00 – bez opłat; później – 200 zł. Dla mnie "
        "zasada nie jest łagodniejsza.",
        3: "Gdyby trzeba było odwołać: do 25 Nov, 17:00 – bez opłat; do 26 Nov, 17:00 – 100 zł; "
        "później – 200 zł. Dla mnie zasada nie jest łagodniejsza.",
    },
    "ru": {
        0: "Если понадобится отменить: в любой момент — бесплатно. Для меня правило не мягче.",
        1: "Если понадобится отменить: в любой момент — 200 zł. Для меня правило не мягче.",
        2: "Если понадобится отменить: до 26 Nov, 17:00 — бесплатно; позже — 200 zł. Для меня "
        "правило не мягче.",
        3: "Если понадобится отменить: до 25 Nov, 17:00 — бесплатно; до 26 Nov, 17:00 — 100 zł; "
        "позже — 200 zł. Для меня правило не мягче.",
    },
}


@pytest.mark.parametrize("language", COSTS)
def test_costs_are_said_step_by_step(language: str) -> None:
    steps = {0: [("27 Nov, 17:00", "")], 1: ONE, 2: TWO, 3: THREE}

    assert {number: say_costs(each, language) for number, each in steps.items()} == COSTS[language]


@pytest.mark.parametrize("language", COSTS)
def test_sums_and_hours_are_said_as_they_are(language: str) -> None:
    plain = say_costs([("■W■", ""), ("LAST", "■S■")], language)
    for hostile in HOSTILE:
        said = say_costs([(hostile, ""), ("LAST", hostile)], language)

        assert said == plain.replace("■W■", hostile).replace("■S■", hostile)
