"""The file of a backup is there whole or not at all, is nobody else's, and is of one moment."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from miedza.cli import backup
from miedza.cli.terminal import CannotDo
from miedza.db import archive
from miedza.db.envelope import find_recipient, make_secret
from tests.config.installing import ROOT, list_all, read_rows, read_tallies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.config.conftest import Saved


@pytest.mark.django_db(transaction=True)
def test_file_that_reads_back_otherwise_is_not_kept(
    standing_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(*args: object, **known: object) -> object:
        tallies = write(*args, **known)  # type: ignore[arg-type] # As it was called.
        file = args[0]
        file.seek(200)  # type: ignore[attr-defined] # A file.
        was = file.read(1)  # type: ignore[attr-defined] # A file.
        file.seek(200)  # type: ignore[attr-defined] # A file.
        file.write(b"y" if was == b"x" else b"x")  # type: ignore[attr-defined] # A file.
        return tallies

    write = archive.write_archive
    monkeypatch.setattr(backup, "write_archive", damage)

    with pytest.raises(CannotDo, match="is not what was read back, so nothing was kept"):
        backup.back_up(
            path=tmp_path / "new.age", folder=tmp_path, keys={},
            recipient=find_recipient(make_secret()),
        )  # fmt: skip

    assert list_all(tmp_path) == []


@pytest.mark.django_db(transaction=True)
def test_name_that_is_taken_meanwhile_is_not_taken_over(
    standing_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "new.age"

    def take(*args: object, **known: object) -> object:
        file.write_text("another backup")
        return write(*args, **known)  # type: ignore[arg-type] # As it was called.

    write = archive.write_archive
    monkeypatch.setattr(backup, "write_archive", take)

    with pytest.raises(CannotDo, match=r"There is .* already"):
        backup.back_up(path=file, folder=tmp_path, keys={}, recipient=find_recipient(make_secret()))

    assert file.read_text() == "another backup"
    assert list_all(tmp_path) == ["new.age"]


@pytest.mark.django_db(transaction=True)
def test_disk_without_second_names_is_written_to_all_the_same(
    standing_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    secret, file = make_secret(), tmp_path / "new.age"

    for _ in range(2):
        said = backup.back_up(path=file, folder=tmp_path, keys={}, recipient=find_recipient(secret))
        assert read_tallies(file, secret)[1]["practice_practice"].rows == 2
        assert said.startswith("Saved and read back: 2 practices, 3 persons, ")
        assert list_all(tmp_path) == [file.name]
        file = file.rename(tmp_path / "old.age").with_name("new.age")
        (tmp_path / "old.age").unlink()


WRITER = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from miedza.people.actions import write_note
from miedza.practice.queries import find_practitioner, find_user
from tests.cast import make_person

practitioner = find_practitioner(user_id=find_user(email=sys.argv[1]).id)
print("ready", flush=True)
number = 0
while True:
    with transaction.atomic():
        person = make_person(practitioner, f"twin {number}")
        write_note(practitioner=practitioner, person=person, text="…", now=datetime.now(UTC))
    number += 1
"""


def test_backup_is_of_one_moment_while_others_write(saved: Saved, tmp_path: Path) -> None:
    copy = saved.installation.copy(tmp_path / "data")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, email], cwd=ROOT, env=copy.surroundings(), text=True,
            stdout=subprocess.PIPE,
        )
        for email in ("anna@miedza.example", "борис@miedza.example")
    ]  # fmt: skip
    files = [tmp_path / f"{number}.age" for number in range(4)]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for file in files:
            ended = copy.back_up(file)
            assert ended.code == 0, ended.refused
        assert [writer.poll() for writer in writers] == [None, None]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()

    twins = []
    for file in files:
        rows = read_rows(file, saved.secret)
        born = {row["id"] for row in rows["people_person"] if row["name"].startswith("twin")}
        described = {row["person_id"] for row in rows["people_note"]}
        assert born <= described <= {row["id"] for row in rows["people_person"]}
        assert len(rows["people_note"]) == len(born) + 2
        twins.append(len(born))
    assert twins == sorted(set(twins))
    assert copy.check().code == 0
