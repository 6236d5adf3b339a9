"""What happens at the meetings of a year: by the temper of who comes, and a little by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from random import Random

ME, YOU = "practitioner", "client"


class Told(NamedTuple):
    """One thing that happens at a meeting."""

    type: str
    by: str
    minutes: int
    """After the start; below 0, before it."""
    to_minutes: int | None = None
    """Where a move goes, after the start."""
    extended: int | None = None
    """Minutes that both agreed to add."""
    cause: str | None = None


THE_TUTORS_STORY: tuple[tuple[Told, ...], ...] = (
    (Told("arrived", ME, -2), Told("arrived", YOU, 120), Told("ended", YOU, 300)),
    (Told("arrived", ME, -1), Told("arrived", YOU, 40), Told("ended", ME, 125)),
    (Told("arrived", ME, -2), Told("arrived", YOU, 1), Told("ended", ME, 62)),
    # From here on the rules hold: they were introduced with a date, and accepted.
    (Told("arrived", ME, -2), Told("arrived", YOU, 18), Told("ended", ME, 60)),
    (
        Told("arrived", ME, -1), Told("arrived", YOU, 22), Told("extended", YOU, 50, extended=30),
        Told("ended", ME, 90),
    ),
    (Told("arrived", ME, -3), Told("left", ME, 16)),
    (Told("arrived", YOU, 0), Told("arrived", ME, 10), Told("ended", ME, 64)),
    (Told("arrived", ME, -1), Told("arrived", YOU, -1), Told("ended", ME, 60)),
    (Told("cancelled", YOU, -1300, cause="illness"),),
    (Told("arrived", ME, -3), Told("left", ME, 15)),
)  # fmt: skip
"""The last ten weeks of the pupil who forgets."""
FREE_WEEKS = 3
"""So many of them lie before the date from which the rules hold."""

TEMPERS = {
    "keeps": {"well": 90, "late": 3, "moved": 3, "mine": 2, "over": 2},
    "late": {"well": 45, "late": 40, "over": 10, "missed": 3, "mine": 2},
    "moves": {"well": 55, "moved": 30, "cancelled": 8, "late": 4, "mine": 3},
    "cancels": {"well": 55, "cancelled": 25, "missed": 10, "late": 5, "over": 5},
    "forgets": {"well": 30, "late": 45, "over": 15, "missed": 10},
}
"""How often in a hundred each of these happens."""


def draw_meeting(chance: Random, temper: str, minutes: int) -> list[Told]:
    """What happens at one meeting.

    Args:
        chance: from which it is drawn.
        temper: of who comes, one of `TEMPERS`.
        minutes: how long the meeting was to be.
    """
    odds = TEMPERS[temper]
    kind = chance.choices(list(odds), weights=list(odds.values()))[0]
    early, end = -chance.randint(0, 4), minutes + chance.randint(-2, 3)
    both = [Told("arrived", ME, early), Told("arrived", YOU, chance.randint(-3, 3))]
    if kind == "well":
        return (
            [*both, Told("ended", ME, end)]
            if chance.random() < 0.6
            else [Told("held", ME, minutes + 1)]
        )
    if kind == "late":
        late = chance.choice((7, 9, 12, 14, 17, 25))
        return [both[0], Told("arrived", YOU, late), Told("ended", ME, end)]
    if kind == "over":
        return [*both, Told("ended", ME, minutes + chance.choice((12, 20, 35)))]
    if kind == "mine":
        return [both[1], Told("arrived", ME, chance.choice((7, 11))), Told("ended", ME, end)]
    if kind == "missed":
        return [both[0], Told("left", ME, 21)]
    cause = chance.choice((None, None, "illness"))
    notice = -60 * chance.choice((5, 20, 30, 60, 90))
    if kind == "moved":
        to = 60 * 24 * 2 + 60 * 3
        return [
            Told("moved", YOU, notice, to_minutes=to), Told("held", ME, to + minutes + 1),
        ]  # fmt: skip
    return [Told("cancelled", YOU, notice, cause=cause)]
