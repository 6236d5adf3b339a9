"""Build what the program needs beside its code: assets, translations, bytecode. Quick when done."""

from __future__ import annotations

import compileall
from pathlib import Path

from tools.assets import build_assets
from tools.translations import LANGUAGES, catalogue_path, compile_catalogues


def make_ready() -> None:
    """Build what is missing or older than its source."""
    build_assets()
    for language in LANGUAGES:
        source = catalogue_path(language)
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_catalogues()
            break
    compileall.compile_dir(str(Path(__file__).resolve().parent.parent / "src"), quiet=2)


if __name__ == "__main__":
    make_ready()
