"""`miedza check`: says what does not hold, and changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.config.installing import Installation, list_all, make_installation, read_tallies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.config.conftest import Saved


@pytest.fixture
def copy(saved: Saved, tmp_path: Path) -> Installation:
    """The practice to which much happened, to be tampered with."""
    return saved.installation.copy(tmp_path / "data")


def _drop_triggers(copy: Installation, table: str) -> None:
    """Take the protection away, as somebody could who may write SQL."""
    if copy.url:
        copy.change(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    copy.change(f"DROP TRIGGER {table}_no_update")


def test_practice_that_holds_is_counted_and_not_changed(
    saved: Saved, copy: Installation, tmp_path: Path
) -> None:
    ended = copy.check()

    tallies = read_tallies(saved.file, saved.secret)[1]
    meetings = tallies["ledger_meeting"].rows - tallies["ledger_strike"].rows
    rulings = tallies["ledger_ruling"].rows
    assert (ended.code, ended.refused) == (0, "")
    told = re.fullmatch(
        rf"Everything holds: 2 practices, 5 persons, {meetings} meetings, (\d+) rulings, "
        r"(\d+) sealed texts\.\n"
        r"[1-3] persons? (is|are) due to be judged, since a deadline has passed; that happens by "
        r"itself while Miedza runs\.\n",
        ended.said,
    )
    assert told is not None, ended.said
    assert 0 < int(told[1]) <= rulings
    assert int(told[2]) >= 4
    copy.back_up(tmp_path / "after.age")
    assert read_tallies(tmp_path / "after.age", saved.secret)[1] == tallies


def test_ruling_and_settlement_changed_behind_its_back_are_found(copy: Installation) -> None:
    for table in ("ledger_ruling", "ledger_settlement"):
        _drop_triggers(copy, table)
    copy.change("UPDATE ledger_ruling SET minutes = minutes + 1 WHERE reason = 'missed'")
    copy.change("UPDATE ledger_settlement SET client_minor = client_minor + 1")

    ended = copy.check()

    assert (ended.code, ended.refused) == (1, "")
    assert "stands, and does not follow." in ended.said
    assert "follows, and does not stand." in ended.said
    assert "add up to" in ended.said
    assert ended.said.splitlines()[-2].startswith("The above does not hold. Looked at: 2 practi")


def test_broken_seal_is_found(copy: Installation) -> None:
    zeros = "'\\x01" + "00" * 40 + "'::bytea" if copy.url else "zeroblob(40)"
    copy.change(f"UPDATE people_note SET sealed_text = {zeros}")

    ended = copy.check()

    assert ended.code == 1
    found = re.findall(
        r"people_note: the sealed text of row [0-9a-f-]{36} does not open\.", ended.said
    )
    assert len(found) == 2


def test_key_that_is_another_is_told_for_each_practice(copy: Installation) -> None:
    ended = copy.run(
        command="check", MIEDZA_MASTER_KEY="bW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW1tbW0="
    )

    assert ended.code == 1
    assert ended.said.count("does not open with the installation's key.") == 2


def test_orphan_is_found(copy: Installation) -> None:
    lost = "00000000000070008000000000000000"
    if copy.url:
        copy.change("ALTER TABLE people_note DISABLE TRIGGER ALL")
        copy.change(f"UPDATE people_note SET person_id = '{lost}'")
    else:
        copy.run("-c", _ON_SQLITE, f"UPDATE people_note SET person_id = '{lost}'")

    ended = copy.check()

    assert ended.code == 1
    assert "people_note: 2 of its rows refer by person_id to no row of people_person" in ended.said


_ON_SQLITE = """
import os, sqlite3, sys
file = sqlite3.connect(os.environ["MIEDZA_DATA"] + "/miedza.sqlite3")
file.execute(sys.argv[1])
file.commit()
"""


def test_damaged_database_file_is_told_without_a_traceback(copy: Installation) -> None:
    if copy.url:
        pytest.skip("PostgreSQL keeps its files to itself")
    file = copy.data / "miedza.sqlite3"
    copy.run("-c", _ON_SQLITE, "PRAGMA wal_checkpoint(TRUNCATE)")
    written = bytearray(file.read_bytes())
    for page in range(4096 * 20, len(written) - 4096, 4096 * 5):
        written[page : page + 100] = b"\xff" * 100
    file.write_bytes(written)

    ended = copy.check()

    assert ended.code == 1
    assert "malformed" in ended.refused or "The database file is damaged" in ended.said


def test_many_faults_are_counted(copy: Installation) -> None:
    _drop_triggers(copy, "ledger_event")
    copy.change(
        "INSERT INTO people_note (id, practice_id, person_id, sealed_text, written_at) "
        + _many(copy.url)
    )

    ended = copy.check()

    assert ended.code == 1
    assert len(ended.said.splitlines()) == 103
    assert "\nAnd 20 more.\n" in ended.said


def _many(url: str) -> str:
    """A hundred and twenty notes that do not open."""
    if url:
        return (
            "SELECT gen_random_uuid(), practice_id, id, '\\x01'::bytea, now() FROM people_person "
            "JOIN generate_series(1, 120) ON search_name = 'ola zolc'"
        )
    return (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) "
        "SELECT lower(hex(randomblob(16))), practice_id, id, zeroblob(1), '2026-01-01 00:00:00' "
        "FROM people_person JOIN n WHERE search_name = 'ola zolc'"
    )


@pytest.mark.parametrize(
    ("words", "code"), [(["file"], 2), (["--all"], 2), (["--help"], 0), (["-h"], 0)]
)
def test_wrong_arguments_are_answered_with_the_usage(
    tmp_path: Path, words: list[str], code: int
) -> None:
    ended = Installation(tmp_path / "data", "").run(*words, command="check")

    assert ended.code == code
    assert "usage: miedza check\n" in (ended.refused if code else ended.said)


def test_where_no_practice_is_there_is_nothing_to_check(saved: Saved, tmp_path: Path) -> None:
    keys = ["from miedza.config.environment import prepare_data_folder as p; p()"]
    empty = make_installation("postgresql" if saved.installation.url else "sqlite", tmp_path / "d")
    said = []
    for step in (["-c", *keys], ["-m", "miedza.config.manage", "migrate", "--verbosity=0"]):
        ended = empty.check()
        said.append((ended.code, ended.said, ended.refused))
        assert empty.run(*step).code == 0
    ended = empty.check()
    said.append((ended.code, ended.said, ended.refused))

    nothing = "There is no practice here yet, so there is nothing to check.\n"
    assert said[-1] == (1, "", nothing)
    assert [(code, out) for code, out, _refused in said] == [(1, "")] * 3
    assert all(refused.count("\n") == 1 for _code, _out, refused in said)
    assert "letter" not in list_all(tmp_path)


def test_database_of_an_older_version_is_told(copy: Installation) -> None:
    assert copy.run("migrate", "bookings", "0005", "--verbosity=0", command="manage").code == 0

    ended = copy.check()

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused.startswith("The database is of another version than this program. ")
