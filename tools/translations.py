"""Translations without GNU gettext: extract, merge, check, compile.

`python -m tools.translations update` reads every sentence from code and templates into the
catalogues in `src/miedza/locale`; `compile` makes the `.mo` files; `check` fails where a sentence
lacks a translation.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "miedza"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("pl", "ru")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def read_sources() -> Iterator[tuple[str, str]]:
    """Every source that may hold a sentence: its name and its text as Python."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            name = path.relative_to(PACKAGE).as_posix()
            text = templatize(path.read_text(encoding="utf-8"), origin=name)
            # What is left is read as Python, to which the indentation of a template means nothing.
            yield name, "\n".join(line.strip() for line in text.splitlines())


def gather() -> Catalog:
    """All sentences of the program, without line numbers, so that a diff shows only words."""
    catalogue = Catalog(project="Miedza", fuzzy=False)
    for name, text in read_sources():
        found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
        for _line, message, _comments, context in found:
            catalogue.add(message, locations=[(name, 1)], context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    """Where a language's sentences lie."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> Catalog:
    """A language's sentences; an empty catalogue where there are none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Miedza", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_catalogues() -> None:
    """Bring new sentences in, take gone ones out, keep translations."""
    template = gather()
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, catalogue, no_location=True, omit_header=False, sort_output=True,
                width=100, ignore_obsolete=True,
            )  # fmt: skip


def find_gaps() -> list[str]:
    """Sentences without a translation, or with a broken one."""
    gaps = []
    template = gather()
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        for message in template:
            if not message.id:
                continue
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            known = catalogue.get(key, message.context)
            strings = known.string if known else ""
            forms = strings if isinstance(strings, tuple | list) else [strings]
            if known is None or not all(forms):
                gaps.append(f"{language}: not translated: {key!r}")
            elif list(known.check(catalogue)):
                gaps.append(f"{language}: does not fit: {key!r}")
    return gaps


def compile_catalogues() -> None:
    """Make the `.mo` files that the program reads."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read_catalogue(language))


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    command = arguments[0] if arguments else ""
    if command == "update":
        update_catalogues()
    elif command == "compile":
        compile_catalogues()
    elif command == "check":
        gaps = find_gaps()
        print("\n".join(gaps) or "Every sentence is translated.")
        return 1 if gaps else 0
    else:
        print("usage: python -m tools.translations update | compile | check", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
