"""Calendar feeds: what a calendar program reads at a private address."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils.timezone import now
from django.utils.translation import override
from django.views.decorators.http import require_safe

from miedza.adapters.calendars.writing import write_feed
from miedza.bookings.entries import list_entries, list_group_entries
from miedza.bookings.queries import list_shown
from miedza.calendars.actions import note_reading
from miedza.calendars.queries import find_feed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from miedza.calendars.models import Feed
    from miedza.core.calendars import Entry

BEHIND = timedelta(days=60)
"""So far back a feed tells; who wants more has their place."""


@require_safe
def show_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar as a file. Nobody signs in here: who knows the address reads it."""
    feed = find_feed(token)
    if feed is None:
        raise Http404
    text = _write(feed)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
    note_reading(feed=feed, now=now())
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="miedza.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _write(feed: Feed) -> str:
    """The file, in the language of whose calendar it is."""
    practice = feed.practice
    if feed.person is not None:
        language, name = feed.person.language, practice.name
        zone = feed.person.time_zone or practice.time_zone
    else:
        language, name = practice.language, _name(feed)
        zone = practice.time_zone
    with override(language):
        return write_feed(_list_entries(feed), name=name, zone=zone)


def _name(feed: Feed) -> str:
    return feed.practitioner.name if feed.practitioner else feed.practice.name


def _list_entries(feed: Feed) -> list[Entry]:
    """The meetings of one side, those of the last weeks and all ahead."""
    since = now() - BEHIND
    if feed.person_id is not None:
        bookings = list_shown(practice_id=feed.practice_id, since=since, person_id=feed.person_id)
        return list_entries(bookings, practice_id=feed.practice_id, side="client")
    bookings = list_shown(
        practice_id=feed.practice_id, since=since, practitioner_id=feed.practitioner_id
    )
    alone = list_entries(
        bookings, practice_id=feed.practice_id, side="practitioner", shown=feed.shown
    )
    groups = list_group_entries(
        practice=feed.practice, practitioner=feed.practitioner, since=since, shown=feed.shown
    )
    return sorted([*alone, *groups.values()], key=lambda entry: entry.starts_at)
