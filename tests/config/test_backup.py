"""`miedza backup`: one encrypted file, whole or not at all, of one moment."""

from __future__ import annotations

import base64
import gzip
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from miedza.cli import backup
from miedza.db.envelope import find_recipient, make_secret, unlock
from tests.config.installing import (
    CANARY,
    KIND,
    ROOT,
    Installation,
    list_all,
    make_installation,
    read_rows,
    read_tallies,
)

if TYPE_CHECKING:
    from tests.config.conftest import Saved


def test_first_backup_shows_the_recovery_key_once_and_keeps_it_nowhere(
    saved: Saved, tmp_path: Path
) -> None:
    again = saved.installation.back_up(tmp_path / "again.age")

    assert saved.said.startswith(backup.NEW_KEY.format(secret=saved.secret))
    assert again.code == 0
    assert "AGE-SECRET-KEY" not in again.said + again.refused
    files = [path for path in saved.installation.data.rglob("*") if path.is_file()]
    assert (saved.installation.data / "recovery.pub").read_text() == (
        find_recipient(saved.secret) + "\n"
    )
    for path in [*files, saved.file]:
        assert saved.secret.encode() not in path.read_bytes(), path
    assert (
        read_tallies(tmp_path / "again.age", saved.secret)[1]
        == (read_tallies(saved.file, saved.secret)[1])
    )


def test_backup_says_what_it_saved_and_is_its_owners_alone(saved: Saved) -> None:
    tallies = read_tallies(saved.file, saved.secret)[1]
    rows = sum(tally.rows for tally in tallies.values())

    last = saved.said.splitlines()[-1]
    assert re.fullmatch(
        rf"Saved and read back: 2 practices, 5 persons, {tallies['ledger_meeting'].rows} meetings, "
        rf"{tallies['ledger_event'].rows} events, 2 notes; {rows:,} rows in all\. "
        rf"{re.escape(str(saved.file))} has \d+ kB\.",
        last,
    )
    assert saved.file.stat().st_mode & 0o777 == 0o600
    assert list_all(saved.file.parent) == ["backup.age", "data"]


def test_nothing_is_readable_in_the_file_and_all_of_it_with_the_key(saved: Saved) -> None:
    locked = saved.file.read_bytes()
    with saved.file.open("rb") as file, unlock(file, saved.secret) as stream:
        opened = gzip.decompress(stream.read())

    master = (saved.installation.data / "master.key").read_bytes()
    for word in ("Żółć", "Анна", "Zielińska", "ola@miedza.example", f"{CANARY}-person"):
        assert word.encode() not in locked
    assert master not in locked
    for word in ("Żółć", "Zielińska", "ola@miedza.example", f"{CANARY}-person"):
        assert word.encode() in opened
    assert master in opened
    sealed = [
        f"{CANARY}-{text}".encode()
        for text in ("note-1", "felt", "gift", "mail", "limit", "times", "elsewhere")
    ]
    assert [text for text in sealed if text in opened or base64.b64encode(text) in opened] == []


def test_neither_sessions_nor_limits_are_in_it(saved: Saved) -> None:
    rows = read_rows(saved.file, saved.secret)

    assert {"django_session", "local_cache"} & set(rows) == set()
    assert len(rows["messaging_mail"]) > 3
    assert saved.installation.change("SELECT count(*) FROM django_session") == "[(1,)]"


def test_another_recipient_can_be_named(saved: Saved, tmp_path: Path) -> None:
    secret, copy = make_secret(), saved.installation.copy(tmp_path / "data")
    (copy.data / "recovery.pub").unlink()

    recipient = find_recipient(secret)
    ended = copy.back_up(tmp_path / "own.age", MIEDZA_BACKUP_RECIPIENT=f" {recipient}\n")

    assert (ended.code, "AGE-SECRET-KEY" in ended.said) == (0, False)
    assert not (copy.data / "recovery.pub").exists()
    assert (
        read_tallies(tmp_path / "own.age", secret)[1] == (read_tallies(saved.file, saved.secret)[1])
    )


@pytest.mark.parametrize(
    ("words", "more", "refusal"),
    [
        (["backup.age"], {}, "There is {file} already, and a backup never takes the place of"),
        (["no/such.age"], {}, "There is no folder {file.parent}. Make it, or name a file"),
        (
            ["new.age"],
            {"MIEDZA_BACKUP_RECIPIENT": "age1x"},
            "MIEDZA_BACKUP_RECIPIENT must be the public part of an age key, which begins with",
        ),
        (
            ["new.age"],
            {"MIEDZA_DATA": "/nowhere/data"},
            "There is no practice in /nowhere/data. Name its folder: MIEDZA_DATA=/path/to/folder",
        ),
        (["new.age"], {"MIEDZA_MASTER_KEY": "short"}, "MIEDZA_MASTER_KEY must be 32 bytes"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    saved: Saved, words: list[str], more: dict[str, str], refusal: str
) -> None:
    if "MIEDZA_DATA" in more and saved.installation.url:
        pytest.skip("on PostgreSQL the practice is not in the folder")
    file, before = saved.file.parent / words[0], saved.file.read_bytes()

    ended = saved.installation.back_up(file, **more)

    assert (ended.code, ended.said) == (1, "")
    assert ended.refused.startswith(refusal.format(file=file))
    assert ended.refused.count("\n") == 1
    assert saved.file.read_bytes() == before
    assert list_all(saved.file.parent) == ["backup.age", "data"]


@pytest.mark.parametrize(
    ("words", "code"), [([], 2), (["a", "b"], 2), (["--fast"], 2), (["--help"], 0), (["-h"], 0)]
)
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_wrong_arguments_are_answered_with_the_usage(
    tmp_path: Path, command: str, words: list[str], code: int
) -> None:
    ended = Installation(tmp_path / "data", "").run(*words, command=command)

    assert ended.code == code
    said = ended.refused if code else ended.said
    assert f"usage: miedza {command} FILE\n" in said
    assert list_all(tmp_path) == []


def test_practice_that_is_not_there_yet_is_not_saved(tmp_path: Path) -> None:
    empty = make_installation(KIND, tmp_path / "d")
    begun = empty.run("-c", "from miedza.config.environment import prepare_data_folder as p; p()")
    assert begun.code == 0
    if not empty.url:
        (empty.data / "miedza.sqlite3").touch()

    for _ in range(2):
        ended = empty.back_up(tmp_path / "new.age")
        assert (ended.code, ended.said) == (1, "")
        assert ended.refused == "There is no practice here yet, so there is nothing to save.\n"
        empty.run("migrate", "--verbosity=0", command="manage")

    assert list_all(tmp_path) == ["d"]
    assert not (empty.data / "recovery.pub").exists()


def test_recipient_that_is_damaged_is_told(saved: Saved, tmp_path: Path) -> None:
    copy = saved.installation.copy(tmp_path / "data")
    (copy.data / "recovery.pub").write_text("age1żółć\n")

    ended = copy.back_up(tmp_path / "new.age")

    assert ended.code == 1
    assert ended.refused.startswith(f"{copy.data / 'recovery.pub'} holds no public part of a")
    assert list_all(tmp_path) == ["data"]


def test_disk_that_takes_no_more_leaves_nothing(saved: Saved, tmp_path: Path) -> None:
    copy, most = saved.installation.copy(tmp_path / "data"), 5_000
    if not copy.url:  # SQLite shares 32 kB with other processes in a file of its own.
        copy.change("UPDATE people_note SET sealed_text = randomblob(100000)")
        most = 50_000

    ended = subprocess.run(
        [sys.executable, "-m", "miedza.config.backup", str(tmp_path / "new.age")], cwd=ROOT,
        env=copy.surroundings(), capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )  # fmt: skip

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "The system does not give access to the file: File too large.\n"
    assert list_all(tmp_path) == ["data"]


def test_recovery_key_that_nobody_can_have_seen_is_not_used(saved: Saved, tmp_path: Path) -> None:
    copy = saved.installation.copy(tmp_path / "data")
    (copy.data / "recovery.pub").unlink()

    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "miedza.config.backup", str(tmp_path / "new.age")], cwd=ROOT,
            env=copy.surroundings(), stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert ended.returncode != 0
    assert list_all(tmp_path) == ["data"]
    assert "recovery.pub" not in list_all(copy.data)
