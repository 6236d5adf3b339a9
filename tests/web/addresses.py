"""Every address of the product: who may open it, by which methods, and which ids stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import URLPattern, get_resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.web.pages import Side

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
READING = ("GET", "HEAD")
WRITING = ("POST",)
BOTH = ("GET", "HEAD", "POST")
LIBRARY = (*BOTH, "PUT", "DELETE", "OPTIONS")
"""What a view of the sign-in library may take; each of them takes some."""


class Row(NamedTuple):
    """One address."""

    audience: str
    """`all`, `signed` for everybody who has signed in, or `practice` for practitioners alone."""
    methods: tuple[str, ...]
    ids: Callable[[Side], list[Any]] | None = None


def _person(side: Side) -> list[Any]:
    return [side.person.id]


def _booking(side: Side) -> list[Any]:
    return [side.missed.id]


ROWS: dict[str, Row] = {
    "welcome": Row("all", BOTH),
    "choose_language": Row("all", WRITING),
    "account_login": Row("all", LIBRARY),
    "account_request_login_code": Row("all", LIBRARY),
    "account_confirm_login_code": Row("all", LIBRARY),
    "mfa_login_webauthn": Row("all", LIBRARY),
    "account_logout": Row("all", LIBRARY),
    "mfa_list_webauthn": Row("signed", LIBRARY),
    "mfa_index": Row("signed", LIBRARY),
    "mfa_add_webauthn": Row("signed", LIBRARY),
    "mfa_remove_webauthn": Row("signed", LIBRARY),
    "today": Row("practice", READING),
    "close_day": Row("practice", WRITING),
    "people": Row("practice", READING),
    "add_person": Row("practice", BOTH),
    "person": Row("practice", READING, _person),
    "change_person": Row("practice", BOTH, _person),
    "book": Row("practice", BOTH, _person),
    "notes": Row("practice", BOTH, _person),
    "delete_note": Row("practice", WRITING, lambda side: [side.person.id, side.note.id]),
    "export_history": Row("practice", READING, _person),
    "meeting": Row("practice", READING, _booking),
    "record": Row("practice", WRITING, _booking),
    "void": Row("practice", WRITING, _booking),
    "strike": Row("practice", WRITING, lambda side: [side.booking.id]),
    "waive": Row("practice", WRITING, _booking),
    "rules": Row("practice", BOTH),
    "rules_effect": Row("practice", WRITING),
    "publish_rules": Row("practice", WRITING),
    "discard_rules": Row("practice", WRITING),
    "rules_version": Row("practice", READING, lambda _side: [1]),
    "settings": Row("practice", BOTH),
}


def list_names() -> Iterator[str | None]:
    """The names of all addresses there are, found by looking."""
    waiting = list(get_resolver().url_patterns)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            waiting.extend(pattern.url_patterns)


OF_PRACTICE = [name for name, row in ROWS.items() if row.audience == "practice"]
WITH_IDS = [name for name in OF_PRACTICE if ROWS[name].ids and name != "rules_version"]
"""A version has a number and not an id: each practice has its own first one."""


PAGES = [name for name, row in ROWS.items() if "GET" in row.methods and name != "export_history"]
"""What is read in a browser."""


def everything_of(side: Side) -> dict[str, Any]:
    """A body that names everything of one practice in every field that takes an id."""
    return {
        "booking": [str(side.booking.id), str(side.missed.id)],
        "event": [f"{side.missed.id}:{side.event.id}", str(side.event.id)],
        "ruling": str(side.owed.id),
        "reason": "a gift",
        "number": "2",
        "next": "//evil.example/",
        "to": "today",
        "practice": str(side.practitioner.practice_id),
        "practice_id": str(side.practitioner.practice_id),
        "person": str(side.person.id),
        "person_id": str(side.person.id),
        "practitioner": str(side.practitioner.id),
        "id": str(side.person.id),
        "user": str(side.practitioner.user_id),
        "tap": "held:practitioner",
        "text": "words",
        "name": "Changed",
        "language": "en",
        "usual_minutes": "60",
        "usual_price_minor": "1",
        "day": "2026-11-02",
        "clock": "10:00",
        "minutes": "60",
        "kind": "free",
    }
