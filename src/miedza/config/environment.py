"""What the environment says, and the folder in which a practice's data lie.

Every value may stand in the environment variable `MIEDZA_X` or in a file named by `MIEDZA_X_FILE`.
The two keys are made at the first start and kept in the data folder, readable by its owner alone.
"""

from __future__ import annotations

import base64
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class CannotKeepData(Exception):  # noqa: N818 - named for what is refused.
    """The data folder cannot be used; the message says why and what to do."""


def read(name: str, default: str = "") -> str:
    """Read `MIEDZA_<name>`, or the file that `MIEDZA_<name>_FILE` names."""
    file = os.environ.get(f"MIEDZA_{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise ImproperlyConfigured(
                f"MIEDZA_{name}_FILE names {file}, which cannot be read: {why}."
            ) from error
    return os.environ.get(f"MIEDZA_{name}", default)


def read_whole(name: str, default: int) -> int:
    """Read a whole number."""
    value = read(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"MIEDZA_{name} must be a whole number, not {value!r}.")
    return int(value)


def read_yes(name: str, *, default: bool) -> bool:
    """Read `yes` or `no`; another word is refused, since it could mean either."""
    value = read(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"MIEDZA_{name} must be yes or no, not {value!r}.")
    return value == "yes"


def read_list(name: str, default: str = "") -> list[str]:
    """Read a list of words between commas."""
    return [word.strip() for word in read(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """The folder in which the database and the keys lie."""
    return Path(read("DATA", "data")).expanduser().resolve()


def prepare_data_folder() -> Path:
    """Make the data folder and, at the first start, its keys.

    Raises:
        CannotKeepData: it cannot be made or written to.
    """
    folder = data_folder()
    os.umask(0o077)  # What this process and its children write is for their owner alone.
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _miss_no_key(folder)
        _make_key(folder / "secret.key", 48)  # Django warns of one under 50 letters.
        _make_key(folder / "master.key", 32)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise CannotKeepData(
            f"Miedza cannot write to its data folder {folder} ({error.strerror}). "
            "Choose another with MIEDZA_DATA=/path/to/folder, or make this one yours."
        ) from error
    return folder


def _miss_no_key(folder: Path) -> None:
    """Refuse to make a new key where the old one sealed what is there."""
    key = folder / "master.key"
    if (folder / "miedza.sqlite3").exists() and not key.exists() and not read("MASTER_KEY"):
        raise CannotKeepData(
            f"There is a practice in {folder}, but its key {key} is gone, and a new one would open "
            "nothing. Bring the key back from the backup."
        )


def _make_key(path: Path, size: int) -> None:
    """Make a key of so many bytes, once; nobody reads half of it, nor do two starts make two."""
    if path.exists():
        return
    descriptor, draft = tempfile.mkstemp(prefix=path.name, dir=path.parent)  # Its owner's alone.
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(size)))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another start was faster; its key holds.
    finally:
        Path(draft).unlink()


def read_key(name: str, file_name: str) -> str:
    """Read a key from the environment, or else from the data folder.

    Raises:
        ImproperlyConfigured: it is in neither; the message says what to do.
    """
    key = read(name)
    if key:
        return key
    path = data_folder() / file_name
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"There is no key at {path} and no MIEDZA_{name}. `miedza serve` makes one at its "
            "first start; if this practice has data already, bring back its keys from the backup."
        ) from error


def read_master_key() -> bytes:
    """The key that wraps the keys of all practices: 32 bytes, written in base 64."""
    try:
        key = base64.b64decode(read_key("MASTER_KEY", "master.key"), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured("MIEDZA_MASTER_KEY must be 32 bytes, written in base 64.")
    return key
