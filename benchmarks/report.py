"""Findings of a run: as lines of a table, and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing measured on our side and, in the same run, on the other."""

    part: str
    """The part of the benchmarks it belongs to."""
    what: str
    """What was done."""
    peer: str
    """What it is measured against."""
    ours: float | None
    """Our figure; None where it could not be measured."""
    theirs: float | None
    """The peer's figure; None where it could not be measured."""
    unit: str
    """The unit of both figures."""
    limit: float | None = None
    """The largest ratio of ours to theirs that holds; None where it is only information."""
    paired: float | None = None
    """The ratio, where it is the median of paired ratios and not the ratio of the figures."""
    note: str = ""
    """Why something is missing, or how the two sides differ."""

    broken: bool = False
    """Whether our side did not work at all, which fails whatever the limit."""

    @property
    def ratio(self) -> float | None:
        """Ours by theirs, below 1 where ours is less; None where one of them is missing."""
        if self.ours is None or not self.theirs:
            return None
        return self.ours / self.theirs if self.paired is None else self.paired

    @property
    def verdict(self) -> str:
        """`holds`, `fails`, `not measured`, or nothing where there is no limit."""
        if self.broken:
            return "fails"
        if self.limit is None:
            return "" if self.ratio is not None else "not measured"
        if self.ratio is None:
            return "not measured"
        return "holds" if self.ratio <= self.limit else "fails"

    def as_document(self) -> dict[str, Any]:
        """The finding as it is written to a file."""
        return {**asdict(self), "ratio": self.ratio, "verdict": self.verdict}


HEADINGS = ("part", "what", "ours", "against", "theirs", "ratio", "limit", "")


def format_table(findings: list[Finding]) -> str:
    """Write the findings as a Markdown table, and the notes below it."""
    rows = [HEADINGS, *(_format_cells(finding) for finding in findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    right = {2, 4, 5, 6}
    lines = [
        "| " + " | ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ) + " |"
        for row in rows
    ]  # fmt: skip
    rules = ("-" * (width - 1) + (":" if n in right else "-") for n, width in enumerate(widths))
    lines.insert(1, "| " + " | ".join(rules) + " |")
    told = {f"- {f.part}, {f.peer}: {f.note}" for f in findings if f.note}
    notes = sorted(told)  # The same is said once, though it holds for several rows.
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _format_cells(finding: Finding) -> tuple[str, ...]:
    """The cells of one row."""
    ratio, limit = finding.ratio, finding.limit
    return (
        finding.part,
        finding.what,
        _format_figure(finding.ours, finding.unit),
        finding.peer,
        _format_figure(finding.theirs, finding.unit),
        "–" if ratio is None else f"{ratio:.3g}",
        "" if limit is None else f"{limit:g}",
        finding.verdict,
    )


def _format_figure(figure: float | None, unit: str) -> str:
    """A figure to three digits, with its unit; what is counted as it is."""
    if figure is None:
        return "–"
    if isinstance(figure, int):
        return f"{figure} {unit}"
    digits = 0 if figure >= 100 else 1 if figure >= 10 else 2
    return f"{figure:.{digits}f} {unit}"


def write_json(findings: list[Finding], path: str) -> None:
    """Write the findings to a file."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump([finding.as_document() for finding in findings], file, indent=2)
        file.write("\n")
