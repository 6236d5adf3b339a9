"""One's own meetings in one's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.calendars.actions import close_feeds, open_feed
from miedza.calendars.queries import list_feeds, say_feed_token
from miedza.messaging.letters import link_to
from miedza.web.access import for_client

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.web.access import Visit


@for_client("GET", "POST")
def show_feed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The private address of one's own calendar: make it, see it, end it."""
    practice, person = visit.practice, visit.person
    if request.method == "POST":
        if "end" in request.POST:
            close_feeds(practice=practice, now=now(), person_id=person.id)
            messages.success(request, _("The address answers nothing any more."))
        else:
            open_feed(practice=practice, person=person, now=now())
            messages.success(request, _("Here is the address. An earlier one no longer works."))
        return redirect("my_calendar", person.id)
    feed = next(iter(list_feeds(practice_id=practice.id, person_id=person.id)), None)
    context = {
        "active": "place",
        "visit": visit,
        "address": link_to("feed", say_feed_token(feed)) if feed else "",
    }
    return render(request, "client/calendar.html", context)
