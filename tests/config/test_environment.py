"""What the environment says is read once, and what is wrong is told in a sentence."""

from __future__ import annotations

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from miedza.config import environment
from miedza.config.environment import CannotKeepData, prepare_data_folder

KEYS = ("secret.key", "master.key")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is still to be made, and no key in the environment."""
    for name in [name for name in os.environ if name.startswith("MIEDZA_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "deep" / "data"
    monkeypatch.setenv("MIEDZA_DATA", str(folder))
    return folder


def _read_keys(data: Path) -> list[bytes]:
    return [(data / name).read_bytes() for name in KEYS]


def test_first_start_makes_the_folder_and_two_keys_for_its_owner_alone(data: Path) -> None:
    assert prepare_data_folder() == data

    assert sorted(path.name for path in data.iterdir()) == sorted(KEYS)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for name in KEYS:
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    assert len(set(_read_keys(data))) == 2
    assert [len(base64.b64decode(key)) for key in _read_keys(data)] == [48, 32]
    assert len(environment.read_master_key()) == 32


def test_what_is_written_after_the_start_is_for_its_owner_alone(data: Path) -> None:
    prepare_data_folder()

    (data / "miedza.sqlite3").touch()

    assert stat.S_IMODE((data / "miedza.sqlite3").stat().st_mode) == 0o600


def test_keys_are_never_made_anew(data: Path) -> None:
    prepare_data_folder()
    before = _read_keys(data)

    prepare_data_folder()

    assert _read_keys(data) == before


def test_starts_at_once_make_one_pair_of_keys(data: Path) -> None:
    data.mkdir(parents=True)

    def make(_number: int) -> tuple[bytes, ...]:
        prepare_data_folder()
        return tuple(_read_keys(data))

    with ThreadPoolExecutor(16) as pool:
        seen = set(pool.map(make, range(64)))

    assert len(seen) == 1
    assert sorted(path.name for path in data.iterdir()) == sorted(KEYS)


def test_key_that_is_gone_while_the_database_is_there_is_not_replaced(data: Path) -> None:
    prepare_data_folder()
    (data / "miedza.sqlite3").touch()
    (data / "master.key").unlink()

    with pytest.raises(CannotKeepData, match="Bring the key back from the backup"):
        prepare_data_folder()

    assert not (data / "master.key").exists()


def test_key_in_the_environment_stands_for_the_one_that_is_not_there(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.mkdir(parents=True)
    (data / "miedza.sqlite3").touch()
    monkeypatch.setenv("MIEDZA_MASTER_KEY", base64.b64encode(b"k" * 32).decode())

    prepare_data_folder()

    assert environment.read_master_key() == b"k" * 32


def test_folder_that_cannot_be_made_is_told_with_a_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MIEDZA_DATA", str(tmp_path / "file" / "data"))

    with pytest.raises(CannotKeepData) as refusal:
        prepare_data_folder()

    assert "\n" not in str(refusal.value)
    assert str(tmp_path / "file" / "data") in str(refusal.value)
    assert "Choose another with MIEDZA_DATA=" in str(refusal.value)


def test_folder_that_cannot_be_written_to_is_told_with_a_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere but where the kernel alone writes.
    closed = Path("/proc") if os.geteuid() == 0 else tmp_path
    if closed == tmp_path:
        tmp_path.chmod(0o555)
    monkeypatch.setenv("MIEDZA_DATA", str(closed))

    with pytest.raises(CannotKeepData, match=f"cannot write to its data folder {closed} ") as told:
        prepare_data_folder()

    assert "Choose another with MIEDZA_DATA=" in str(told.value)


@pytest.mark.parametrize(
    "key", ["", "short", base64.b64encode(b"k" * 31).decode(), base64.b64encode(b"k" * 33).decode(),
            "ż" * 44, "!" * 44],
)  # fmt: skip
def test_master_key_that_is_none_is_told(data: Path, key: str) -> None:
    data.mkdir(parents=True)
    (data / "master.key").write_text(key, encoding="utf-8")

    with pytest.raises(ImproperlyConfigured, match="must be 32 bytes, written in base 64"):
        environment.read_master_key()


@pytest.mark.parametrize("name", ["SECRET_KEY", "MASTER_KEY"])
def test_missing_key_is_told_with_a_cure(data: Path, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="bring back its keys from the backup") as told:
        environment.read_key(name, f"{name}.key")

    assert str(data) in str(told.value)
    assert f"MIEDZA_{name}" in str(told.value)


def test_value_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text(" тайна \n", encoding="utf-8")
    monkeypatch.setenv("MIEDZA_SMTP_PASSWORD_FILE", str(tmp_path / "password"))

    assert environment.read("SMTP_PASSWORD", "none") == "тайна"


@pytest.mark.parametrize(
    ("content", "why"), [(None, "No such file or directory"), (b"\xff\xfe\x00", "it is no text")]
)
def test_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, why: str
) -> None:
    if content is not None:
        (tmp_path / "password").write_bytes(content)
    monkeypatch.setenv("MIEDZA_SMTP_PASSWORD_FILE", str(tmp_path / "password"))

    with pytest.raises(ImproperlyConfigured, match=f"cannot be read: {why}"):
        environment.read("SMTP_PASSWORD")


@pytest.mark.parametrize("value", ["", "eight", "-1", "80.5", "²"])
def test_port_that_is_no_number_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEDZA_PORT", value)

    with pytest.raises(ImproperlyConfigured, match="MIEDZA_PORT must be a whole number"):
        environment.read_whole("PORT", 8000)


def test_list_is_read_between_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEDZA_ALLOWED_HOSTS", " a.example, ,b.example,")

    assert environment.read_list("ALLOWED_HOSTS") == ["a.example", "b.example"]
    assert environment.read_list("OTHER", "c") == ["c"]
