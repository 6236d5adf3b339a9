"""What cannot be restored is refused in a sentence, and nothing is left half restored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from miedza import __version__
from miedza.cli.restore import read_backup
from miedza.cli.terminal import CannotDo
from miedza.db.archive import Table, open_archive, write_archive
from miedza.db.envelope import find_recipient, make_secret
from tests.config.installing import KIND, list_all, make_installation, read_tallies
from tests.config.refusing import OTHER_KEY, refuse, rewrite

if TYPE_CHECKING:
    from pathlib import Path

    from tests.config.conftest import Saved


def test_wrong_key_is_refused(saved: Saved, tmp_path: Path) -> None:
    said = refuse(saved, tmp_path, saved.file, make_secret())

    assert said.startswith(f"The recovery key does not open {saved.file}. ")
    assert said.endswith("Nothing was restored.\n")


@pytest.mark.parametrize("typed", ["hunter2", "AGE-SECRET-KEY-1QQQQ"])
def test_what_is_no_key_is_refused(saved: Saved, tmp_path: Path, typed: str) -> None:
    said = refuse(saved, tmp_path, saved.file, typed)

    assert said.startswith("That is no recovery key: it begins with AGE-SECRET-KEY-1, ")
    assert typed not in said


def test_without_key_and_terminal_it_says_where_to_put_the_key(
    saved: Saved, tmp_path: Path
) -> None:
    said = refuse(saved, tmp_path, saved.file, "")

    assert said.startswith("Restoring needs the recovery key, and there is no terminal ")


def test_file_that_is_not_there_is_told(saved: Saved, tmp_path: Path) -> None:
    said = refuse(saved, tmp_path, tmp_path / "none.age", saved.secret)

    assert said == f"There is no file {tmp_path / 'none.age'}.\n"


@pytest.mark.parametrize("part", [0, 30, 300, 0.5, 0.999])
def test_cut_file_is_refused_and_leaves_nothing(saved: Saved, tmp_path: Path, part: float) -> None:
    whole = saved.file.read_bytes()
    cut = tmp_path / "cut.age"
    cut.write_bytes(whole[: int(part * len(whole)) if part < 1 else int(part)])

    said = refuse(saved, tmp_path, cut, saved.secret)

    assert said.startswith(f"{cut} is damaged, cut short, or no backup of Miedza. ")


def test_changed_file_is_refused_and_leaves_nothing(saved: Saved, tmp_path: Path) -> None:
    changed = bytearray(saved.file.read_bytes())
    changed[-100] ^= 4
    file = tmp_path / "changed.age"
    file.write_bytes(changed)

    assert "damaged" in refuse(saved, tmp_path, file, saved.secret)


def test_any_changed_bit_of_the_file_is_refused(saved: Saved, tmp_path: Path) -> None:
    """A bit of every byte at the beginning and end, and of many between.

    The tests of the envelope change all bits of a short file.
    """
    whole, chance = saved.file.read_bytes(), random.Random(1)
    file = tmp_path / "changed.age"
    taken = []
    ends = [*range(600), *range(len(whole) - 200, len(whole))]
    for index in sorted({*ends, *range(0, len(whole), 11)}):
        changed = bytearray(whole)
        changed[index] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        try:
            read_backup(file, secret=saved.secret)
        except CannotDo:
            continue
        taken.append(index)

    assert taken == []
    assert read_backup(saved.file, secret=saved.secret).version == __version__


def test_full_folder_is_not_touched(saved: Saved, tmp_path: Path) -> None:
    target = make_installation(KIND, tmp_path / "data")
    target.data.mkdir()
    (target.data / "letter.txt").write_text("mine")

    ended = target.restore(saved.file, saved.secret)

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused == (
        f"{target.data} is not empty, and a backup is restored into an empty folder only, so that "
        "nothing is lost. Name another: MIEDZA_DATA=/path/to/folder\n"
    )
    assert list_all(target.data) == ["letter.txt"]


def test_folder_that_is_there_and_empty_is_filled(saved: Saved, tmp_path: Path) -> None:
    target = make_installation(KIND, tmp_path / "data")
    target.data.mkdir()

    assert target.restore(saved.file, make_secret()).code == 1
    assert list_all(target.data) == []
    assert target.restore(saved.file, saved.secret).code == 0
    assert "master.key" in list_all(target.data)


@pytest.mark.skipif(KIND == "sqlite", reason="on SQLite the database lies in the folder")
def test_full_database_is_not_touched(saved: Saved, tmp_path: Path) -> None:
    copy = saved.installation.copy(tmp_path / "copy")
    target = copy._replace(data=tmp_path / "data")
    before = copy.change("SELECT count(*) FROM ledger_event")

    ended = target.restore(saved.file, saved.secret)

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused.startswith("The database is not empty, and a backup is restored into an ")
    assert not target.data.exists()
    assert copy.change("SELECT count(*) FROM ledger_event") == before


@pytest.mark.parametrize("name", ["MASTER_KEY", "SECRET_KEY"])
def test_key_in_the_settings_that_is_another_is_refused(
    saved: Saved, tmp_path: Path, name: str
) -> None:
    more = {f"MIEDZA_{name}": OTHER_KEY}

    said = refuse(saved, tmp_path, saved.file, saved.secret, **more)

    assert said.startswith(f"MIEDZA_{name} is another key than the one in the backup, ")


def test_backup_of_a_newer_version_is_refused(saved: Saved, tmp_path: Path) -> None:
    header = read_tallies(saved.file, saved.secret)[0]
    file = rewrite(
        saved, tmp_path / "newer.age", lambda _table, rows: rows, version="9.9",
        migrations=[*header.migrations, ["people", "0099_future"]],
    )  # fmt: skip

    said = refuse(saved, tmp_path, file, saved.secret)

    assert said == (
        f"{file} was written by a newer version of Miedza, 9.9. Update this one, and restore "
        "again. Nothing was restored.\n"
    )


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("people_note", "person_id", "00000000-0000-7000-8000-000000000000"),
        ("ledger_event", "type", "danced"),
        ("practice_practitioner", "practice_id", "00000000-0000-7000-8000-000000000000"),
    ],
)
def test_rows_that_the_database_refuses_leave_nothing(
    saved: Saved, tmp_path: Path, table: str, column: str, value: str
) -> None:
    def change(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**rows[0], column: value}, *rows[1:]] if name == table else rows

    said = refuse(saved, tmp_path, rewrite(saved, tmp_path / "odd.age", change), saved.secret)

    assert said.startswith("The database refuses the backup: ")
    assert said.endswith(". Nothing was restored.\n")


def test_backup_with_a_table_that_nobody_knows_is_refused(saved: Saved, tmp_path: Path) -> None:
    file = tmp_path / "odd.age"
    with saved.file.open("rb") as locked, open_archive(locked, secret=saved.secret) as archive:
        header = archive.header
    with file.open("wb") as out:
        write_archive(
            out, recipients=[find_recipient(saved.secret)], header=header,
            tables=[Table("sqlite_master", ["id"], iter([[1]]))],
        )  # fmt: skip

    said = refuse(saved, tmp_path, file, saved.secret)

    assert said == "The backup has a table sqlite_master that nobody knows.\n"


def test_backup_that_lacks_a_table_is_refused(saved: Saved, tmp_path: Path) -> None:
    file = tmp_path / "odd.age"
    with (
        saved.file.open("rb") as locked,
        open_archive(locked, secret=saved.secret) as archive,
        file.open("wb") as out,
    ):
        kept = (table for table in archive.read_tables() if table.name != "people_note")
        write_archive(
            out, recipients=[find_recipient(saved.secret)], header=archive.header, tables=kept
        )

    said = refuse(saved, tmp_path, file, saved.secret)

    assert said.startswith("The rows that were loaded into people_note are not those of the backup")
