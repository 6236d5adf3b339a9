"""Every address of the product: who may open it, by which methods, and which ids stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import URLPattern, get_resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from miedza.practice.models import User
    from tests.web.offers import Offer
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
    """`all`, `signed` for everybody who has signed in, `public` for whoever comes to an open
    practice, `link` for whoever has the link, `practice` for practitioners alone; `client`, `payer`
    and `sponsor` for a place seen as that."""
    methods: tuple[str, ...]
    ids: Callable[[Side], list[Any]] | None = None


def _person(side: Side) -> list[Any]:
    return [side.person.id]


def _booking(side: Side) -> list[Any]:
    return [side.missed.id]


def _own(side: Side) -> list[Any]:
    return [side.person.id, side.ahead.id]


def _token(side: Side) -> list[Any]:
    return [side.token]


def _service(side: Side) -> list[Any]:
    return [side.offer.service.id]


def _page(side: Side) -> list[Any]:
    return [side.practitioner.practice.slug]


def _public(side: Side) -> list[Any]:
    return [side.practitioner.practice.slug, side.offer.service.slug]


ROWS: dict[str, Row] = {
    "welcome": Row("all", BOTH),
    "choose_language": Row("all", WRITING),
    "choose_zone": Row("all", WRITING),
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
    "calendar": Row("practice", READING),
    "calendar_events": Row("practice", READING),
    "calendar_off": Row("practice", WRITING),
    "people": Row("practice", READING),
    "add_person": Row("practice", BOTH),
    "person": Row("practice", READING, _person),
    "change_person": Row("practice", BOTH, _person),
    "book": Row("practice", BOTH, _person),
    "book_series": Row("practice", WRITING, _person),
    "block": Row("practice", WRITING, _person),
    "notes": Row("practice", BOTH, _person),
    "delete_note": Row("practice", WRITING, lambda side: [side.person.id, side.note.id]),
    "export_history": Row("practice", READING, _person),
    "meeting": Row("practice", READING, _booking),
    "record": Row("practice", WRITING, _booking),
    "propose": Row("practice", BOTH, lambda side: [side.ahead.id]),
    "void": Row("practice", WRITING, _booking),
    "strike": Row("practice", WRITING, lambda side: [side.booking.id]),
    "late": Row("practice", WRITING, _booking),
    "waive": Row("practice", WRITING, _booking),
    "rules": Row("practice", BOTH),
    "rules_effect": Row("practice", WRITING),
    "publish_rules": Row("practice", WRITING),
    "discard_rules": Row("practice", WRITING),
    "rules_version": Row("practice", READING, lambda _side: [1]),
    "settings": Row("practice", BOTH),
    "hours": Row("practice", BOTH),
    "days": Row("practice", BOTH),
    "services": Row("practice", READING),
    "add_service": Row("practice", BOTH),
    "change_service": Row("practice", BOTH, _service),
    "open_service": Row("practice", WRITING, _service),
    "group_dates": Row("practice", BOTH, lambda side: [side.offer.group.id]),
    "group": Row("practice", BOTH, lambda side: [side.offer.frame.id]),
    "enter_group": Row("practice", WRITING, lambda side: [side.offer.frame.id]),
    "calendars": Row("practice", BOTH),
    "change_source": Row("practice", WRITING, lambda side: [side.offer.source.id]),
    "public_page": Row("practice", BOTH),
    "team": Row("practice", READING),
    "add_to_team": Row("practice", WRITING),
    "stop_asking": Row("practice", WRITING, lambda side: [side.offer.joining.id]),
    "let_go": Row("practice", WRITING, lambda side: [side.offer.colleague.id]),
    "wishes": Row("practice", READING),
    "answer_wish": Row("practice", WRITING, lambda side: [side.offer.wish.id]),
    "end_waiting": Row("practice", WRITING, lambda side: [side.offer.waiting.id]),
    "agreement": Row("practice", BOTH, _person),
    "sign_here": Row("practice", BOTH, _person),
    "beside": Row("practice", BOTH, _person),
    "end_beside": Row("practice", WRITING, lambda side: [side.person.id, side.relation.id]),
    "change_place": Row("practice", WRITING, _person),
    "letters": Row("practice", READING, _person),
    "account": Row("practice", BOTH, _person),
    "decisions": Row("practice", READING),
    "decide": Row("practice", WRITING, lambda side: [side.owed.id]),
    "boundaries": Row("practice", READING),
    "hour": Row("practice", READING),
    "hour_with": Row("practice", READING, _person),
    "figure": Row("practice", READING, lambda _side: ["waited", "practitioner"]),
    "money": Row("practice", READING),
    "ask_again": Row("practice", BOTH),
    "agree": Row("link", BOTH, _token),
    "enter": Row("link", WRITING, _token),
    "answer": Row("link", BOTH, lambda side: [side.offer.proposal]),
    "held": Row("link", BOTH, lambda side: [side.offer.held]),
    "join": Row("link", BOTH, lambda side: [side.offer.joins]),
    "feed": Row("link", READING, lambda side: [side.offer.feed]),
    "practice": Row("public", READING, _page),
    "public_rules": Row("public", READING, _page),
    "service": Row("public", READING, _public),
    "times": Row("public", READING, _public),
    "begin": Row("public", BOTH, _public),
    "my": Row("signed", READING),
    "my_place": Row("client", READING, _person),
    "my_agreement": Row("client", BOTH, _person),
    "my_book": Row("client", BOTH, _person),
    "my_series": Row("client", BOTH, _person),
    "my_wish": Row("client", WRITING, lambda side: [side.person.id, side.offer.wish.id]),
    "my_calendar": Row("client", BOTH, _person),
    "my_waiting": Row("client", BOTH, _person),
    "my_stop_waiting": Row("client", WRITING, lambda side: [side.person.id, side.offer.waiting.id]),
    "my_meeting": Row("client", READING, _own),
    "my_move": Row("client", BOTH, _own),
    "my_cancel": Row("client", WRITING, _own),
    "my_request": Row("client", WRITING, _own),
    "my_late": Row("client", WRITING, _own),
    "my_waive": Row("client", WRITING, _own),
    "my_differ": Row("client", WRITING, _own),
    "my_paying": Row("payer", READING, _person),
    "my_sponsoring": Row("sponsor", READING, _person),
}


def find_reader(name: str, side: Side) -> User:
    """Somebody who may open an address."""
    role = ROLES.get(ROWS[name].audience, ("",))[0]
    return side.user(role) if role else side.practitioner.user


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
OF_LEADERS = (
    "add_service", "add_to_team", "ask_again", "change_service", "discard_rules", "let_go",
    "open_service", "public_page", "publish_rules", "rules_effect", "stop_asking",
)  # fmt: skip
"""What whoever leads a practice does alone: it holds for everybody there."""
WITHOUT_IDS = ("rules_version", "figure", "decide", "answer_wish", "end_waiting")
"""A version has a number and not an id: each practice has its own first one; a figure has a name;
and a decision or an answer about nothing is answered with a word."""
WITH_IDS = [name for name in OF_PRACTICE if ROWS[name].ids and name not in WITHOUT_IDS]
OF_CLIENTS = [name for name, row in ROWS.items() if row.audience in ("client", "payer", "sponsor")]
ROLES = {"client": ("self", "guardian"), "payer": ("payer",), "sponsor": ("sponsor",)}
"""Who comes to which kind of place."""


FILES = ("export_history", "calendar_events", "feed", "times")
"""What programs read."""
PAGES = [name for name, row in ROWS.items() if "GET" in row.methods and name not in FILES]
"""What is read in a browser."""


def everything_of(side: Side) -> dict[str, Any]:
    """A body that names everything of one practice in every field that takes an id."""
    return {
        "booking": [str(side.booking.id), str(side.missed.id)],
        "event": [f"{side.missed.id}:{side.event.id}", str(side.event.id)],
        "ruling": str(side.owed.id),
        "choice": "apply",
        "at": "1",
        "seen": "1",
        "digest": "0" * 64,
        "typed_name": "Somebody",
        "read": "on",
        "place": "close",
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
        **_offered(side.offer),
    }


def _offered(offer: Offer) -> dict[str, Any]:
    """The same of what is on offer and of what waits."""
    starts = str(int(offer.frame.starts_at.timestamp()))
    return {
        "service": str(offer.service.id),
        "leaders": str(offer.service.practice_id),
        "key": offer.key,
        "start": [starts],
        "end": str(offer.off.id),
        "from": "2026-11-02",
        "count": "2",
        "weeks": "1",
        "waiting": str(offer.waiting.id),
        "kept": str(offer.wish.id),
        "frame": str(offer.frame.id),
        "source": str(offer.source.id),
        "choose": "https://calendar.example/other",
        "code": "222222",
        "again": "1",
        "say": "yes",
        "yes": "1",
    }
