"""`miedza restore`: everything back, row for row, from either database into either, or nothing."""

from __future__ import annotations

import base64
import io
import random
from typing import TYPE_CHECKING, Any

import pytest

from miedza import __version__
from miedza.cli.restore import NOT_SENT, read_backup
from miedza.cli.terminal import CannotDo
from miedza.db.archive import Table, open_archive, write_archive
from miedza.db.envelope import find_recipient, make_secret
from tests.config.installing import (
    KIND,
    KINDS,
    list_all,
    make_installation,
    read_rows,
    read_tallies,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.config.conftest import Saved
    from tests.config.installing import Ended, Installation


OTHER_KEY = base64.b64encode(b"m" * 32).decode()


def _is_untouched(target: Installation) -> bool:
    """Tell whether nothing at all was made of it."""
    if target.url:
        keys = {"MIEDZA_SECRET_KEY": "x", "MIEDZA_MASTER_KEY": OTHER_KEY}
        counted = target.run("-c", _COUNT, **keys)
        assert counted.said == "0\n", counted.refused
    return not target.data.exists()


_COUNT = """
import django
django.setup()
from django.db import connection
print(len(connection.introspection.table_names()))
"""


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("of", KINDS)
def test_everything_comes_back_row_for_row(
    saved: Saved, saved_on_sqlite: Saved, tmp_path: Path, of: str, to: str
) -> None:
    origin = saved if of == KIND else saved_on_sqlite
    target = make_installation(to, tmp_path / "data")

    ended = target.restore(origin.file, origin.secret)

    assert (ended.code, ended.refused) == (0, "")
    again = target.back_up(tmp_path / "again.age")
    assert "AGE-SECRET-KEY" not in again.said  # The key that was typed goes on being the key.
    header, tallies = read_tallies(tmp_path / "again.age", origin.secret)
    before, there = read_tallies(origin.file, origin.secret)
    assert header.keys == before.keys
    assert header.migrations == before.migrations
    assert without(tallies, ["messaging_mail"]) == without(there, ["messaging_mail"])
    empty = [name for name, tally in there.items() if not tally.rows]
    assert empty == ["account_emailconfirmation"]
    _assert_says(ended, origin)
    _assert_keys(origin, target)


def _assert_says(ended: Ended, origin: Saved) -> None:
    """Restoring says what is back, and that it holds."""
    lines = ended.said.splitlines()
    made_at = read_tallies(origin.file, origin.secret)[0].made_at
    counted = origin.said.splitlines()[-1].removeprefix("Saved and read back: ").split(". /")[0]
    assert lines[:2] == [
        f"Restored, row for row, as of {made_at}: {counted}.",
        "Everybody is signed out. 2 mails that waited will not be sent.",
    ]
    assert lines[2].startswith("Everything holds: 2 practices, 4 persons, ")
    assert lines[3:] == ["Start it: miedza serve"]


def _assert_keys(origin: Saved, target: Installation) -> None:
    """The keys are in place, for their owner alone."""
    names = [
        "master.key",
        *([] if target.url else ["miedza.sqlite3"]),
        "recovery.pub",
        "secret.key",
    ]
    assert list_all(target.data) == names
    assert {(target.data / name).stat().st_mode & 0o777 for name in names} == {0o600}
    for name in ("master.key", "secret.key", "recovery.pub"):
        theirs = origin.installation.data / name
        assert (target.data / name).read_text() == theirs.read_text()


@pytest.fixture
def restored(saved: Saved, tmp_path: Path) -> Installation:
    """The practice, restored elsewhere."""
    target = make_installation(KIND, tmp_path / "data")
    assert target.restore(saved.file, saved.secret).code == 0
    return target


def test_nobody_is_signed_in_and_no_old_mail_goes_out(
    saved: Saved, restored: Installation, tmp_path: Path
) -> None:
    assert restored.change("SELECT count(*) FROM django_session") == "[(0,)]"
    restored.back_up(tmp_path / "again.age")
    before = {row["id"]: row for row in read_rows(saved.file, saved.secret)["messaging_mail"]}
    after = read_rows(tmp_path / "again.age", saved.secret)["messaging_mail"]

    waited = [row for row in after if before[row["id"]]["sent_at"] is None]
    assert [row["last_error"] for row in waited] == [NOT_SENT] * 2
    assert [row["sealed_text"] for row in waited] == [""] * 2
    assert all(row["given_up_at"] for row in waited)
    (sent,) = [row for row in after if row not in waited]
    assert sent == before[sent["id"]]
    claim = (
        "import django; django.setup(); from datetime import *; "
        "from miedza.messaging.actions import *; print(claim_mail(now=datetime.now(UTC)))"
    )
    assert restored.run("-c", claim).said == "None\n"


def test_what_protects_the_rows_is_in_force_afterwards(restored: Installation) -> None:
    attempts = restored.run("-c", _ATTEMPT, *PROTECTED)

    assert attempts.said == "refused\n" * len(PROTECTED), attempts.refused


PROTECTED = (
    "UPDATE ledger_ruling SET amount_minor = 1",
    "DELETE FROM ledger_event",
    "UPDATE agreements_rulesversion SET number = 7",
    "UPDATE bookings_booking SET calendar_key = 1, occupies = true, "
    "starts_at = '2026-01-01 10:00:00+00', ends_at = '2026-01-01 11:00:00+00'",
    "UPDATE people_note SET practice_id = (SELECT id FROM practice_practice WHERE id NOT IN "
    "(SELECT practice_id FROM people_note))",
)
_ATTEMPT = """
import sys
import django
django.setup()
from django.db import IntegrityError, connection
for statement in sys.argv[1:]:
    try:
        connection.cursor().execute(statement)
        print("taken", statement)
    except IntegrityError:
        print("refused")
"""


def _refuse(saved: Saved, tmp_path: Path, file: Path, secret: str, **more: str) -> str:
    """Restore what cannot be restored; the sentence. Nothing may be left of it."""
    target = make_installation(KIND, tmp_path / "new" / "data")

    ended = target.restore(file, secret, **more)

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused.count("\n") == 1
    assert saved.secret not in ended.refused
    assert _is_untouched(target)
    return ended.refused


def test_wrong_key_is_refused(saved: Saved, tmp_path: Path) -> None:
    said = _refuse(saved, tmp_path, saved.file, make_secret())

    assert said.startswith(f"The recovery key does not open {saved.file}. ")
    assert said.endswith("Nothing was restored.\n")


@pytest.mark.parametrize("typed", ["hunter2", "AGE-SECRET-KEY-1QQQQ"])
def test_what_is_no_key_is_refused(saved: Saved, tmp_path: Path, typed: str) -> None:
    said = _refuse(saved, tmp_path, saved.file, typed)

    assert said.startswith("That is no recovery key: it begins with AGE-SECRET-KEY-1, ")
    assert typed not in said


def test_without_key_and_terminal_it_says_where_to_put_the_key(
    saved: Saved, tmp_path: Path
) -> None:
    said = _refuse(saved, tmp_path, saved.file, "")

    assert said.startswith("Restoring needs the recovery key, and there is no terminal ")


def test_key_is_read_from_a_file(saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{saved.secret}\n")
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(saved.file, "", MIEDZA_RECOVERY_KEY_FILE=str(tmp_path / "key"))

    assert ended.code == 0


def test_file_that_is_not_there_is_told(saved: Saved, tmp_path: Path) -> None:
    said = _refuse(saved, tmp_path, tmp_path / "none.age", saved.secret)

    assert said == f"There is no file {tmp_path / 'none.age'}.\n"


@pytest.mark.parametrize("part", [0, 30, 300, 0.5, 0.999])
def test_cut_file_is_refused_and_leaves_nothing(saved: Saved, tmp_path: Path, part: float) -> None:
    whole = saved.file.read_bytes()
    cut = tmp_path / "cut.age"
    cut.write_bytes(whole[: int(part * len(whole)) if part < 1 else int(part)])

    said = _refuse(saved, tmp_path, cut, saved.secret)

    assert said.startswith(f"{cut} is damaged, cut short, or no backup of Miedza. ")


def test_changed_file_is_refused_and_leaves_nothing(saved: Saved, tmp_path: Path) -> None:
    changed = bytearray(saved.file.read_bytes())
    changed[-100] ^= 4
    file = tmp_path / "changed.age"
    file.write_bytes(changed)

    assert "damaged" in _refuse(saved, tmp_path, file, saved.secret)


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

    said = _refuse(saved, tmp_path, saved.file, saved.secret, **more)

    assert said.startswith(f"MIEDZA_{name} is another key than the one in the backup, ")


def test_keys_in_the_settings_stay_there(saved: Saved, tmp_path: Path) -> None:
    data = saved.installation.data
    more = {
        f"MIEDZA_{name.upper()}_KEY": (data / f"{name}.key").read_text()
        for name in ("master", "secret")
    }
    target = make_installation(KIND, tmp_path / "data")

    assert target.restore(saved.file, saved.secret, **more).code == 0

    assert [name for name in list_all(target.data) if name.endswith(".key")] == []


def _rewrite(
    saved: Saved, file: Path, change: Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]],
    **header: Any,
) -> Path:  # fmt: skip
    """Write the backup again, with other rows or another header."""
    locked = io.BytesIO(saved.file.read_bytes())
    rows = read_rows(saved.file, saved.secret)

    def tables() -> Iterator[Table]:
        for table in archive.read_tables():
            changed = change(table.name, rows[table.name])
            yield Table(table.name, table.columns, iter([list(row.values()) for row in changed]))

    with open_archive(locked, secret=saved.secret) as archive, file.open("wb") as out:
        write_archive(
            out, recipients=[find_recipient(saved.secret)],
            header=archive.header._replace(**header), tables=tables(),
        )  # fmt: skip
    return file


def test_backup_of_a_newer_version_is_refused(saved: Saved, tmp_path: Path) -> None:
    header = read_tallies(saved.file, saved.secret)[0]
    file = _rewrite(
        saved, tmp_path / "newer.age", lambda _table, rows: rows, version="9.9",
        migrations=[*header.migrations, ["people", "0099_future"]],
    )  # fmt: skip

    said = _refuse(saved, tmp_path, file, saved.secret)

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

    said = _refuse(saved, tmp_path, _rewrite(saved, tmp_path / "odd.age", change), saved.secret)

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

    said = _refuse(saved, tmp_path, file, saved.secret)

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

    said = _refuse(saved, tmp_path, file, saved.secret)

    assert said.startswith("The rows that were loaded into people_note are not those of the backup")


def test_backup_of_an_older_version_is_brought_forward(saved: Saved, tmp_path: Path) -> None:
    old = saved.installation.copy(tmp_path / "old")
    for app in ("ledger", "bookings", "agreements"):
        assert old.run("migrate", app, "0001", "--verbosity=0", command="manage").code == 0
    assert old.back_up(tmp_path / "old.age").code == 0
    migrations = read_tallies(tmp_path / "old.age", saved.secret)[0].migrations
    assert ["ledger", "0001_create_tables"] in migrations
    assert ["ledger", "0002_refuse_changes"] not in migrations
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(tmp_path / "old.age", saved.secret)

    assert (ended.code, ended.refused) == (0, "")
    assert target.run("migrate", "--check", command="manage").code == 0
    test_what_protects_the_rows_is_in_force_afterwards(target)


def test_practice_in_which_something_did_not_hold_is_restored_as_it_was_and_told(
    saved: Saved, tmp_path: Path
) -> None:
    def change(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if name != "ledger_settlement":
            return rows
        return [{**row, "paid_minor": row["paid_minor"] + 1} for row in rows]

    file = _rewrite(saved, tmp_path / "odd.age", change)
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(file, saved.secret)

    assert (ended.code, ended.refused) == (1, "")
    lines = ended.said.splitlines()
    assert lines[0].startswith("Restored, row for row, as of ")
    assert lines[2].startswith("It is as it was, but this does not hold, and did not when ")
    assert all(line.startswith("Meeting ") for line in lines[3:])
    assert target.check().code == 1
