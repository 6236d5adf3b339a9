"""`miedza restore`: everything back, row for row, from either database into either, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from miedza.cli.restore import NOT_SENT
from tests.bookings.before_times import list_migrations
from tests.config.installing import (
    KIND,
    KINDS,
    list_all,
    make_installation,
    read_rows,
    read_tallies,
    without,
)
from tests.config.older import NOT_WRITTEN_THEN, write_as_of
from tests.config.refusing import rewrite

if TYPE_CHECKING:
    from pathlib import Path

    from tests.config.conftest import Saved
    from tests.config.installing import Ended, Installation


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
    others = ["messaging_mail", "agreements_invitation"]  # No mail goes, no link lets in any more.
    assert without(tallies, others) == without(there, others)
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
        f"Everybody is signed out. {_count_waiting(origin)} mails that waited will not be sent.",
    ]
    assert lines[2].startswith("Everything holds: 2 practices, 5 persons, ")
    assert lines[3:] == ["Start it: miedza serve"]


def _count_waiting(origin: Saved) -> int:
    """How many mails of a backup were neither sent nor given up."""
    mails = read_rows(origin.file, origin.secret)["messaging_mail"]
    return sum(mail["sent_at"] is None and mail["given_up_at"] is None for mail in mails)


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

    done = [each["id"] for each in before.values() if each["sent_at"] or each["given_up_at"]]
    waited = [row for row in after if row["id"] not in done]
    assert [row["last_error"] for row in waited] == [NOT_SENT] * len(waited)
    assert [row["sealed_text"] for row in waited] == [""] * len(waited)
    assert len(waited) >= 2
    assert all(row["given_up_at"] for row in waited)
    others = [row for row in after if row["id"] in done]
    assert others == [before[row["id"]] for row in others] != []
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
    "UPDATE bookings_taken SET calendar_key = 1, occupies = true, "
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


def test_key_is_read_from_a_file(saved: Saved, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{saved.secret}\n")
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(saved.file, "", MIEDZA_RECOVERY_KEY_FILE=str(tmp_path / "key"))

    assert ended.code == 0


def test_keys_in_the_settings_stay_there(saved: Saved, tmp_path: Path) -> None:
    data = saved.installation.data
    more = {
        f"MIEDZA_{name.upper()}_KEY": (data / f"{name}.key").read_text()
        for name in ("master", "secret")
    }
    target = make_installation(KIND, tmp_path / "data")

    assert target.restore(saved.file, saved.secret, **more).code == 0

    assert [name for name in list_all(target.data) if name.endswith(".key")] == []


def test_backup_of_an_older_version_is_brought_forward(saved: Saved, tmp_path: Path) -> None:
    old = saved.installation.copy(tmp_path / "old")
    old.change(f"DELETE FROM messaging_letter WHERE purpose IN {NOT_WRITTEN_THEN}")
    for app in ("ledger", "agreements"):
        assert old.run("migrate", app, "0003", "--verbosity=0", command="manage").code == 0
    assert old.back_up(tmp_path / "old.age").code == 0
    migrations = read_tallies(tmp_path / "old.age", saved.secret)[0].migrations
    assert ["ledger", "0003_create_decisions"] in migrations
    assert ["ledger", "0004_keep_decisions"] not in migrations
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(tmp_path / "old.age", saved.secret)

    assert (ended.code, ended.refused) == (0, "")
    assert target.run("migrate", "--check", command="manage").code == 0
    test_what_protects_the_rows_is_in_force_afterwards(target)


def test_backup_of_before_all_times_stood_in_one_table_is_brought_forward(
    saved: Saved, tmp_path: Path
) -> None:
    file = write_as_of(saved, tmp_path / "old.age", list_migrations())
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(file, saved.secret)

    assert (ended.code, ended.refused) == (0, "")
    assert target.back_up(tmp_path / "again.age").code == 0
    before, after = read_rows(file, saved.secret), read_rows(tmp_path / "again.age", saved.secret)
    assert "bookings_taken" not in before
    assert [row["id"] for row in after["bookings_taken"]] == (
        [row["id"] for row in before["bookings_booking"]]
    )
    now = {row["id"]: row for row in read_rows(saved.file, saved.secret)["bookings_booking"]}
    for row in after["bookings_booking"]:
        assert row == {**now[row["id"]], "service_id": None, "series": None}
    test_what_protects_the_rows_is_in_force_afterwards(target)


def test_practice_in_which_something_did_not_hold_is_restored_as_it_was_and_told(
    saved: Saved, tmp_path: Path
) -> None:
    def change(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if name != "ledger_settlement":
            return rows
        return [{**row, "paid_minor": row["paid_minor"] + 1} for row in rows]

    file = rewrite(saved, tmp_path / "odd.age", change)
    target = make_installation(KIND, tmp_path / "data")

    ended = target.restore(file, saved.secret)

    assert (ended.code, ended.refused) == (1, "")
    lines = ended.said.splitlines()
    assert lines[0].startswith("Restored, row for row, as of ")
    assert lines[2].startswith("It is as it was, but this does not hold, and did not when ")
    assert all(line.startswith("Meeting ") for line in lines[3:])
    assert target.check().code == 1
