"""What the tests of the commands share: an installation with much in it, and its backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.config.installing import KIND, Installation, make_installation, read_key

if TYPE_CHECKING:
    from pathlib import Path


class Saved(NamedTuple):
    """An installation, and the backup that was made of it."""

    installation: Installation
    file: Path
    secret: str
    said: str


def _save(kind: str, folder: Path) -> Saved:
    installation = make_installation(kind, folder / "data")
    installation.fill()
    file = folder / "backup.age"
    ended = installation.back_up(file)
    assert (ended.code, ended.refused) == (0, "")
    return Saved(installation, file, read_key(ended.said), ended.said)


@pytest.fixture(scope="session")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """Two practices to which much happened, and their first backup. Not to be changed."""
    return _save(KIND, tmp_path_factory.mktemp("saved"))


@pytest.fixture(scope="session")
def saved_on_sqlite(saved: Saved, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """The same on SQLite, whatever database the tests run on."""
    return saved if KIND == "sqlite" else _save("sqlite", tmp_path_factory.mktemp("elsewhere"))
