"""How every function of other calendars, and of the week that shows them, is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings import actions as booking
from miedza.bookings import entries, inviting, offering, showing, spans, week
from miedza.bookings import queries as bookings
from miedza.calendars import actions, learning, queries
from miedza.calendars import showing as writing
from tests.db.stage import LATER, Stage
from tests.db.stage_of_calendars import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.calendars.models import Shown
    from miedza.core.calendars import Entry


def _entry(stage: Stage) -> Entry:
    """Ola's meeting as a calendar shows it."""
    found = booking.get_booking(stage.practice, stage.ahead.id)
    (entry,) = entries.list_entries([found], **stage.of, side="practitioner")
    return entry


def _claim(stage: Stage) -> Shown:
    """A meeting that is to be written elsewhere."""
    shown = writing.claim_shown(now=stage.calendars.now)
    assert shown is not None
    return shown


def _learn(stage: Stage) -> None:
    """What was there is gone; and a calendar that is empty all at once is not believed."""
    later = stage.calendars.busy()
    assert stage.calendars.learn(later._replace(name="…", start=later.start + 60))
    assert not stage.calendars.learn()


def _invite(stage: Stage) -> None:
    """Ola is invited by the letter that tells of a meeting."""
    found = booking.get_booking(stage.practice, stage.ahead.id)
    stage.person.email = "ola@miedza.example"
    stage.person.save()
    assert inviting.invite_to([found], is_struck=True) is not None
    booking.strike(**stage.now, booking_id=stage.times.seated.id)


CALLS: dict[str, Callable[[Stage], Any]] = {
    "bookings.entries.list_group_entries": lambda s: entries.list_group_entries(
        practice=s.practice, practitioner=s.practitioner, since=LATER - 900 * DAY,
        shown="names",
    ),
    "calendars.actions.open_feed": lambda s: actions.open_feed(**s.now, person=s.person),
    "calendars.actions.close_feeds": lambda s: actions.close_feeds(
        **s.now, practitioner_id=s.practitioner.id
    ),
    "calendars.actions.read_all_again": lambda s: actions.read_all_again(**s.now),
    "calendars.actions.note_reading": lambda s: actions.note_reading(
        feed=s.calendars.feed, now=LATER
    ),
    "calendars.actions.add_source": lambda s: s.calendars.add("Radicale"),
    "calendars.actions.settle_source": lambda s: actions.settle_source(
        source=s.calendars.source, account=queries.Account("…"), code="", now=LATER
    ),
    "calendars.actions.remove_source": lambda s: actions.remove_source(source=s.calendars.source),
    "calendars.actions.read_again": lambda s: actions.read_again(
        source=s.calendars.source, now=LATER, forgets=True
    ),
    "calendars.actions.claim_source": lambda s: actions.claim_source(
        now=s.calendars.now + 9 * DAY
    ),
    "calendars.actions.mark_failed": lambda s: actions.mark_failed(
        source=s.calendars.source, code="failing", now=LATER, retry_after=5
    ),
    "calendars.showing.show_entries": lambda s: writing.show_entries(
        **s.now, source=s.calendars.source, of="meeting", entries={s.ahead.id: _entry(s)}
    ),
    "calendars.showing.claim_shown": _claim,
    "calendars.showing.mark_shown": lambda s: writing.mark_shown(
        shown=_claim(s), sequence=0, etag="…", address="…"
    ),
    "calendars.showing.mark_unshown": lambda s: writing.mark_unshown(
        shown=_claim(s), code="failing", now=LATER, retry_after=5
    ),
    "calendars.showing.hide_entries": lambda s: writing.hide_entries(
        practice=s.calendars.practice, meeting_id=s.ahead.id, now=LATER
    ),
    "calendars.learning.learn": _learn,
    "calendars.learning.learn_nothing_new": lambda s: learning.learn_nothing_new(
        source=s.calendars.source, now=LATER
    ),
    "calendars.queries.read_account": lambda s: queries.read_account(s.calendars.source),
    "calendars.queries.say_feed_token": lambda s: queries.say_feed_token(s.calendars.feed),
    "calendars.queries.find_feed": lambda s: queries.find_feed(
        queries.say_feed_token(s.calendars.feed)
    ),
    "calendars.queries.list_feeds": lambda s: queries.list_feeds(**s.of, person_id=s.person.id),
    "calendars.queries.list_sources": lambda s: queries.list_sources(practitioner=s.practitioner),
    "calendars.queries.find_source": lambda s: queries.find_source(
        practitioner=s.practitioner, source_id=s.calendars.source.id
    ),
    "calendars.queries.list_busy": lambda s: list(
        queries.list_busy(
            practitioner=s.practitioner, since=LATER, until=s.calendars.now + 99 * DAY
        )
    ),
    "calendars.queries.count_failing": lambda s: queries.count_failing(
        practitioner=s.practitioner
    ),
    "calendars.queries.list_writing": lambda s: queries.list_writing(
        **s.of, practitioner_id=s.practitioner.id
    ),
    "calendars.queries.count_unshown": lambda s: queries.count_unshown(source=s.calendars.source),
    "bookings.entries.say_uid": lambda s: entries.say_uid(s.ahead.id),
    "bookings.entries.say_name": lambda _s: entries.say_name("Ola Żółć", "initials"),
    "bookings.entries.is_own_uid": lambda s: entries.is_own_uid(
        **s.of, uid=entries.say_uid(s.ahead.id)
    ),
    "bookings.entries.count_changes": lambda s: entries.count_changes(
        **s.of, ids=[s.booking.id]
    ),
    "bookings.entries.make_entry": _entry,
    "bookings.entries.list_entries": _entry,
    "bookings.showing.show_everywhere": lambda s: showing.show_everywhere(
        practice=s.calendars.practice, booking=s.ahead, now=LATER
    ),
    "bookings.showing.show_groups": lambda s: showing.show_groups(
        practitioner=s.practitioner, now=LATER
    ),
    "bookings.showing.show_ahead": lambda s: showing.show_ahead(
        source=s.calendars.source, now=LATER
    ),
    "bookings.inviting.invite_to": _invite,
    "bookings.queries.list_shown": lambda s: list(
        bookings.list_shown(**s.of, since=LATER, practitioner_id=s.practitioner.id)
    ),
    "bookings.offering.list_open": lambda s: offering.list_open(
        practitioner=s.practitioner, first=LATER.date(), last=s.times.date
    ),
    "bookings.spans.read_spans": lambda s: spans.read_spans(
        practitioner=s.practitioner, since=LATER, until=s.calendars.now + 99 * DAY,
        now=s.times.now, buffer_after=5, without=[s.ahead.id],
    ),
    "bookings.week.list_items": lambda s: week.list_items(
        practitioner=s.practitioner, since=LATER, until=s.times.now + 99 * DAY,
        now=s.calendars.now,
    ),
}  # fmt: skip
