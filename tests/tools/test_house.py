"""The house itself: generated documents, complete test lists, a wheel with all it needs."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from tools import check, docs

ROOT = Path(__file__).resolve().parents[2]


def test_generated_documents_are_up_to_date() -> None:
    stale = [path.name for path, write in docs.DOCUMENTS.items() if path.read_text() != write()]
    assert stale == []


def test_every_folder_of_tests_is_run() -> None:
    listed = {*check.ON_NOTHING, *check.ON_DATABASE, *check.IN_THE_BROWSER}
    folders = {
        f"tests/{path.name}"
        for path in (ROOT / "tests").iterdir()
        if path.is_dir() and list(path.rglob("test_*.py"))
    }
    assert folders == listed


def test_requirements_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
    lock = (ROOT / "tools" / "browser" / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock


def test_what_others_wrote_is_as_they_wrote_it() -> None:
    calendar = ROOT / "src" / "miedza" / "web" / "assets" / "vendor" / "fullcalendar.js"
    assert hashlib.sha256(calendar.read_bytes()).hexdigest() == (
        "4e72ff169af857bbb8fee626364949d570424b00df36c01bd087a9580371515e"
    )


def test_wheel_carries_assets_and_translations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    assert "miedza/web/static/built/miedza.css" in names
    assert "miedza/web/static/built/fonts/inter-latin.woff2" in names
    assert {f"miedza/locale/{language}/LC_MESSAGES/django.mo" for language in ("pl", "ru")} <= names
    assert "miedza/web/templates/base.html" in names
    assert not [name for name in names if name.startswith("tests/")]
