"""The reader: every story of this folder, as the documents that Miedza is asked about.

A sentence that it does not understand stops everything, and the error names the file, the
story and the sentence: a story is never judged on the half of it that was understood.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

import yaml

from .answers import told_ruling, told_rulings, told_settlement, told_settlements, told_slots
from .clock import Clock, Json, NotUnderstoodError
from .expecting import read_ruling, read_settlement
from .hours import hear_calendar, read_free, read_place
from .telling import Telling

__all__ = ["Story", "load_stories", "told_rulings", "told_settlements", "told_slots"]

FOLDER = Path(__file__).parent
_ALWAYS = {"story", "told"}
_SOMETIMES = {"why", "change"}
_PARTS = {  # what the kinds of stories need besides
    "judged": {"terms", "by", "ruled", "settled"},
    "step": {"terms", "by", "what_if", "ruled", "settled"},
    "booking": {"terms", "by", "what_if", "refused"},
    "calendar": {"free"},
}
_REFUSALS = ("nothing", "free_per_person", "free_per_month")

T = TypeVar("T")


class Story(NamedTuple):
    """One story: what Miedza is asked, and what it has to answer, in sentences."""

    file: str  # the file's name, such as lateness.yaml
    name: str  # the story's first line
    zone: str  # the zone in which its times are local
    terms: Json | None  # none for a calendar
    history: Json | None  # none for a calendar
    what_if: Json | None  # only where a step is asked about before it is taken
    availability: Json | None  # only for a calendar
    ruled: list[str]  # every ruling, in the answer's order, as told_rulings tells it
    settled: list[str]  # every settlement, as told_settlements tells it
    refused: str | None  # why a free session is refused
    free: list[str]  # every free time of a calendar, as told_slots tells it


def load_stories(folder: Path = FOLDER) -> list[Story]:
    """Read all stories of the folder, file by file, in the order in which they stand."""
    sets = _plain(_load(FOLDER / "terms.yaml"))
    stories = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "terms.yaml":
            stories += [_Reader(path.name, told).read(sets) for told in _load(path)]
    return stories


def _load(path: Path) -> Any:
    # With this loader every scalar stays the text that was written: 15:00 is no number.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _plain(value: Any) -> Any:
    """Give the numbers, the yes and no and the nothing of a terms document their JSON types."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if re.fullmatch(r"-?\d+", value):
        return int(value)
    return {"true": True, "false": False, "null": None}.get(value, value)


def _sentence(written: Any) -> str:
    """YAML sees `a: b` as a pair; here it is a sentence with a colon."""
    if isinstance(written, dict) and len(written) == 1:
        return ": ".join(next(iter(written.items())))
    return cast(str, written)


def _changed(terms: Json, change: Json) -> Json:
    """The terms with some rules or fields replaced, and with null removed."""
    rules = dict(terms["rules"])
    for rule, fields in change.items():
        if fields is None:
            del rules[rule]
        else:
            merged = {**rules.get(rule, {}), **fields}
            rules[rule] = {key: value for key, value in merged.items() if value is not None}
    return {**terms, "rules": rules}


class _Reader:
    """Reads one story, and says where it stopped when it did not understand."""

    def __init__(self, file: str, told: Json) -> None:
        self.file = file
        self.told = told
        self.name = str(told.get("story", "without a name"))

    def read(self, sets: Json) -> Story:
        """The story as documents and expected sentences."""
        kind = "step" if "what_if" in self.told else "judged"
        kind = "booking" if "refused" in self.told else kind
        kind = "calendar" if "free" in self.told else kind
        needed = _ALWAYS | _PARTS[kind]
        for part in sorted(needed ^ (self.told.keys() - _SOMETIMES)):
            wrong = "is missing" if part in needed else "has no place here"
            raise self._stopped(part, NotUnderstoodError(f"this part of a story {wrong}"))
        return self._calendar() if kind == "calendar" else self._judged(sets)

    def _judged(self, sets: Json) -> Story:
        if self.told["terms"] not in sets:
            raise self._stopped(self.told["terms"], NotUnderstoodError("no such set of terms"))
        terms = {"terms": 1, **sets[self.told["terms"]]}
        terms = _changed(terms, _plain(self.told.get("change", {})))
        clock = Clock(ZoneInfo(terms["time_zone"]))
        telling = Telling(clock.zone, self._each(clock.read, [self.told["by"]])[0])
        self._each(telling.hear, self.told["told"])
        asked = [self.told["what_if"]] if "what_if" in self.told else []
        imagined = self._each(telling.imagine, asked)
        refused = self.told.get("refused", "nothing")
        if refused not in _REFUSALS:
            raise self._stopped(refused, NotUnderstoodError("no such refusal"))

        def rule(sentence: str) -> str:
            ruling = read_ruling(sentence, telling, imagined=bool(imagined))
            return told_ruling(ruling, clock)

        def settle(sentence: str) -> str:
            return told_settlement(read_settlement(sentence))

        ruled = self._each(rule, self.told.get("ruled", []))
        settled = self._each(settle, self.told.get("settled", []))
        return Story(
            file=self.file, name=self.name, zone=terms["time_zone"], terms=terms,
            history=telling.history, what_if=imagined[0] if imagined else None,
            availability=None, ruled=ruled, settled=settled,
            refused=None if refused == "nothing" else refused, free=[],
        )  # fmt: skip

    def _calendar(self) -> Story:
        place, *others = self.told["told"]
        availability, clock = self._each(read_place, [place])[0]
        self._each(lambda sentence: hear_calendar(availability, sentence, clock), others)
        days = [] if self.told["free"] == "nothing" else self.told["free"]
        read = self._each(lambda sentence: read_free(sentence, clock), days)
        free = [clock.show(instant) for instants in read for instant in instants]
        return Story(
            file=self.file, name=self.name, zone=availability["time_zone"], terms=None,
            history=None, what_if=None, availability=availability, ruled=[], settled=[],
            refused=None, free=free,
        )  # fmt: skip

    def _each(self, understand: Callable[[str], T], written: list[Any]) -> list[T]:
        understood = []
        for sentence in map(_sentence, written):
            try:
                understood.append(understand(sentence))
            except (ValueError, KeyError) as fault:
                raise self._stopped(sentence, fault) from fault
        return understood

    def _stopped(self, sentence: str, fault: Exception) -> NotUnderstoodError:
        return NotUnderstoodError(
            f"{self.file}: {self.name}: not understood: {sentence!r} ({fault})"
        )
