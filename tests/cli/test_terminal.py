"""What goes wrong is said in a sentence, and what is unforeseen is not hidden."""

from __future__ import annotations

import errno
import os
import signal
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from miedza.cli.terminal import CannotDo, count, count_things, run, tell_size
from miedza.db.archive import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _own_signals() -> Iterator[None]:
    """Commands take the signal of their service manager; the tests want theirs back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (CannotDo("No."), "No."),
        (ImproperlyConfigured("MIEDZA_URL must be an address."), "MIEDZA_URL must be an address."),
        (KeyboardInterrupt(), "Stopped before the end."),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "The disk is full. Make room, or name a file on another disk.",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "/backups"),
            "The system does not give access to /backups: Permission denied.",
        ),
        (
            OperationalError("database is locked"),
            "The database is locked by another program. Let it end, and try again.",
        ),
        (
            OperationalError('connection to server at "db" failed\nDETAIL: Ola Nowak'),
            'The database does not answer as it should: connection to server at "db" failed',
        ),
        (
            OperationalError(),
            "The database does not answer as it should: no reason given",
        ),
    ],
)
def test_trouble_that_can_be_expected_is_a_sentence(
    trouble: BaseException, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def step() -> int:
        raise trouble

    assert run(step) == 1
    assert capsys.readouterr() == ("", said + "\n")


def test_end_of_the_service_lets_the_command_tidy_up(capsys: pytest.CaptureFixture[str]) -> None:
    tidied = []

    def step() -> int:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            tidied.append(True)
        return 0

    assert run(step) == 1
    assert tidied == [True]
    assert capsys.readouterr().err == "Stopped before the end.\n"


def test_error_of_our_own_is_not_hidden() -> None:
    def step() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(step)


def test_what_was_done_is_answered() -> None:
    assert [run(lambda: 0), run(lambda: 1)] == [0, 1]


def test_numbers_come_with_their_nouns() -> None:
    assert [count(number, "row", "rows") for number in (0, 1, 2, 1234)] == [
        "0 rows", "1 row", "2 rows", "1,234 rows",
    ]  # fmt: skip
    tallies = {"people_person": Tally(1, ""), "people_note": Tally(0, ""), "x": Tally(1_000, "")}
    assert count_things(tallies) == "1 person, 0 notes; 1,001 rows in all"


def test_sizes_are_said_as_people_do() -> None:
    sizes = [tell_size(size) for size in (0, 999, 8_600, 999_999, 1_000_000, 1_234_567_890)]

    assert sizes == ["1 kB", "1 kB", "8 kB", "999 kB", "1.0 MB", "1,234.6 MB"]
