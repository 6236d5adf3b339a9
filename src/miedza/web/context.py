"""What every template may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The reader's colours, the languages there are, and the last step that can be undone."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    leads = getattr(user, "practice_id", None) is not None
    return {
        "door": "client" if request.path.startswith("/my/") or not leads else "practitioner",
        "theme": getattr(getattr(request, "user", None), "theme", ""),
        "languages": settings.LANGUAGES,
        "undo": None if session is None else session.pop("undo", None),
    }
