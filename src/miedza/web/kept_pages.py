"""Public pages, kept as they were drawn while nothing in their practice has changed.

A page of free times costs a few questions and a long list to draw, and is asked for again and again
by people who are not known. What it shows depends on the practice, the minute, the language and the
clocks of its reader; whatever changes a practice changes its stamp, in the same transaction, so no
page outlives what it says.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from miedza.web.zones import COOKIE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from django.http import HttpRequest

    from miedza.practice.models import Practice

MOST_PAGES = 400
TOKEN = "the-token-of-this-reader"  # noqa: S105 - stands where each reader's own is put in.

_OWN = frozenset({settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name})
"""What somebody's page holds that is no other's comes with these."""

_pages: OrderedDict[Hashable, str] = OrderedDict()
_lock = Lock()


def show_kept(
    request: HttpRequest, practice: Practice, moment: datetime, draw: Callable[[], str]
) -> HttpResponse:
    """Answer with a page as it was drawn before, or draw it.

    Args:
        request: of a reader; one who has a session, or is to be told a word, is drawn a page of
            their own.
        practice: whose page it is.
        moment: the present instant.
        draw: draws the page, with `TOKEN` in the place of the reader's token.
    """
    if not _OWN.isdisjoint(request.COOKIES):
        return HttpResponse(draw().replace(TOKEN, get_token(request)))
    key = (
        practice.id, practice.stamp, int(moment.timestamp()) // 60, get_language(),
        request.COOKIES.get(COOKIE, ""), request.get_full_path(),
    )  # fmt: skip
    with _lock:
        text = _pages.get(key)
        if text is not None:
            _pages.move_to_end(key)
    if text is None:
        text = draw()
        with _lock:
            _pages[key] = text
            while len(_pages) > MOST_PAGES:
                _pages.popitem(last=False)
    return HttpResponse(text.replace(TOKEN, get_token(request)))
