"""Community: how people speak with each other on the practice's own pages."""

from __future__ import annotations

from miedza.core.faults import one_of

FIELDS = {
    "comments": (one_of("open", "moderated", "closed"), "how comments are kept"),
    "direct_messages": (
        one_of("welcome", "organisation_only", "closed"),
        "what direct messages are for",
    ),
}
