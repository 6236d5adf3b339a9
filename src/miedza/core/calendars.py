"""Calendars: what is shown to other programs, and what is learned from them, as values.

Adapters write and read files and servers; only these values pass between them and the apps.
"""

from __future__ import annotations

from miedza.core.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Guest(NamedTuple):
    """Somebody who is invited to an entry, or who invites."""

    name: str
    email: str


class Entry(NamedTuple):
    """One meeting as other calendars show it."""

    uid: str
    """The same for ever, whatever happens to the meeting."""
    sequence: int
    """0 at first; greater with every change that its guests must see."""
    starts_at: int
    """Seconds since 1970."""
    ends_at: int
    """Seconds since 1970, after the start."""
    changed_at: int
    """When it was last changed, in seconds since 1970."""
    summary: str
    description: str = ""
    location: str = ""
    link: str = ""
    """The address of its page."""
    is_cancelled: bool = False
    is_tentative: bool = False
    """Kept for somebody who has not said yes."""
    organizer: Guest | None = None
    guests: Sequence[Guest] = ()


class Busy(NamedTuple):
    """A span in which somebody is busy, as another calendar says."""

    uid: str
    """Of the event it comes from; empty where that has none."""
    start: int
    """Seconds since 1970."""
    end: int
    """Seconds since 1970, after the start."""
    name: str
    """What the event is called; empty where it has no name."""
    is_doubtful: bool = False
    """Whether the event could not be read in full, and counts as busy to be on the safe side."""


class Reading(NamedTuple):
    """What one calendar says of a span of time."""

    busy: Sequence[Busy]
    """In order of start, end and uid."""
    events: int
    """How many events the whole file holds, past and free ones too."""
    unreadable: Sequence[str]
    """Names of events of which not even a time could be read."""


class UnreadableCalendar(ValueError):  # noqa: N818 - named for what is refused.
    """This is no calendar, or one too large; `code` says which, for the page to say it in words."""

    def __init__(self, code: str) -> None:
        """Take the code: `no_calendar`, `too_large` or `too_slow`."""
        super().__init__(code)
        self.code = code
