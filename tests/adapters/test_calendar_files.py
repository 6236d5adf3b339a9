"""Hundreds of files in the manner of other programs, and thousands of spoilt ones."""

from __future__ import annotations

import pytest

from miedza.adapters.calendars.reading import read_busy
from miedza.core.calendars import Reading, UnreadableCalendar
from tests.adapters.calendar_files.meetings import SINCE, UNTIL
from tests.adapters.calendar_files.spoiling import spoil_file
from tests.adapters.calendar_files.vendors import VENDORS
from tests.adapters.calendar_files.writing import make_file
from tests.sizes import list_seeds, read_size

FILES = 26
"""Of each program: more than 500 in all."""
COUNT = read_size("MUTATIONS", 1500)
BATCHES = 5


@pytest.mark.parametrize("vendor", VENDORS)
def test_files_of_a_program_mean_what_it_means(vendor: str) -> None:
    spans = 0
    for seed in range(FILES):
        file = make_file(vendor, seed)

        reading = read_busy(file.data, since=SINCE, until=UNTIL, zone=file.zone)

        read = [(busy.start, busy.end, busy.uid, busy.name) for busy in reading.busy]
        assert read == file.busy, f"{vendor}, seed {seed}"
        assert (reading.events, reading.unreadable) == (file.events, []), f"{vendor}, seed {seed}"
        assert not any(busy.is_doubtful for busy in reading.busy), f"{vendor}, seed {seed}"
        spans += len(read)
    assert spans > FILES  # Otherwise this would be a test of empty files.


def test_there_are_five_hundred_files() -> None:
    assert len(VENDORS) * FILES >= 500


@pytest.mark.parametrize("batch", range(BATCHES))
def test_spoilt_file_is_read_or_refused(batch: int) -> None:
    read = 0
    seeds = list_seeds(batch, COUNT, BATCHES)
    for seed in seeds:
        reading = _read_or_refuse(spoil_file(seed))
        if isinstance(reading, str):
            assert reading in ("no_calendar", "too_large", "too_slow"), f"seed {seed}"
        else:
            _assert_sound(reading, f"seed {seed}")
            read += 1
    # Otherwise this would be a test of refusals alone.
    assert read > len(seeds) / 2


def _read_or_refuse(data: bytes) -> Reading | str:
    """What is read, or why nothing is; whatever else is raised fails the test."""
    try:
        return read_busy(data, since=SINCE, until=UNTIL, zone="Europe/Warsaw")
    except UnreadableCalendar as refused:
        return refused.code


def _assert_sound(reading: Reading, seed: str) -> None:
    """What the pages rely on."""
    busy = list(reading.busy)
    assert busy == sorted(busy, key=lambda each: (each.start, each.end, each.uid)), seed
    assert all(each.start < each.end for each in busy), seed
    assert all(each.start < UNTIL and each.end > SINCE for each in busy), seed
    assert len(busy) <= 20_000, seed
    assert reading.events >= len(reading.unreadable), seed
    for text in (*reading.unreadable, *(each.name for each in busy)):
        assert len(text) <= 200, seed
        assert not {"\0", "\r", "\n", "\x1b"} & set(text), seed
        text.encode()
