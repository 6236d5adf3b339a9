"""How every function of what is on offer, taken and kept is called, for one practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from miedza.bookings import (
    access,
    addressing,
    beside,
    by_clients,
    checking,
    choosing,
    groups,
    hours,
    keeping,
    limits,
    offering,
    reserving,
    series,
    services,
    taking,
    telling,
)
from miedza.bookings import actions as booking
from miedza.bookings import grouping as setting
from miedza.db.ids import make_id
from tests.db import calls_of_kept
from tests.db.stage import LATER, Stage
from tests.db.stage_of_times import DAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.bookings.choosing import Choice


def _choice(stage: Stage) -> Choice:
    """A meeting of a service for one."""
    return choosing.choose_service(stage.times.service)


def _reserve(stage: Stage) -> dict[str, Any]:
    """Marek books a free time of a service."""
    return {
        "practitioner": stage.practitioner, "choice": _choice(stage), "now": LATER,
        "starts_at": stage.times.free(stage.times.service),
    }  # fmt: skip


def _may_book(stage: Stage) -> dict[str, Any]:
    choice = _choice(stage)
    return {
        **stage.now, "person": stage.marek, "choice": choice, "seen": choice.seen,
        "starts_at": LATER + DAY,
    }  # fmt: skip


def _find_offered(stage: Stage) -> None:
    """A free time of one's own, and a seat in a group."""
    assert reserving.find_offered(**_reserve(stage)) is None
    choir = stage.times.define("Chór", seats=3)
    frame = setting.open_group(
        practitioner=stage.practitioner, service=choir, starts_at=LATER + 12 * DAY, now=LATER
    )
    found = reserving.find_offered(
        practitioner=stage.practitioner, choice=choosing.choose_service(choir),
        starts_at=frame.starts_at, now=LATER,
    )  # fmt: skip
    assert found == frame


def _check_free(stage: Stage) -> None:
    """A free meeting is asked for under rules that give some."""
    terms = {"rules": {"free_session": {"per_person": 9, "per_month": 9}}}
    chosen = choosing.choose_service(stage.times.define("Próba", kind="free"))
    limits.check_person(
        **stage.now, person=stage.marek, choice=chosen, starts_at=LATER + DAY, terms=terms
    )


def _follow(stage: Stage) -> None:
    """A meeting is moved away from its group, and into it again."""
    for starts_at in (LATER + 13 * DAY, stage.times.frame.starts_at):
        moved = booking.get_booking(stage.practice, stage.times.seated.id)
        moved.starts_at, moved.ends_at = starts_at, starts_at + DAY / 24
        moved.save()
        taking.follow(booking=moved, zone="Europe/Warsaw", now=LATER)


def _keep_for_good(stage: Stage) -> None:
    """A seat is given back and wanted after all."""
    seat = taking.get_taken(stage.practice.id, stage.times.seated.id)
    taking.give_back(taken=seat)
    assert taking.keep_for_good(taken=seat, now=LATER).occupies


def _book_series(stage: Stage) -> None:
    """A client books a series by themselves."""
    booked = series.book_series(
        practitioner=stage.practitioner, person=stage.marek, choice=_choice(stage), now=LATER,
        starts=[stage.times.free(stage.times.service)], by="client",
    )  # fmt: skip
    assert booked


CALLS: dict[str, Callable[[Stage], Any]] = {
    "bookings.choosing.choose_again": lambda s: choosing.choose_again(
        choosing.choose_usual(s.person), s.person
    ),
    "bookings.choosing.choose_usual": lambda s: choosing.choose_usual(s.person),
    "bookings.choosing.choose_service": _choice,
    "bookings.choosing.read_choice": lambda s: choosing.read_choice(s.times.find(s.times.wish)),
    "bookings.checking.find_misplaced": lambda s: (
        s.times, list(checking.find_misplaced(**s.of))
    ),
    "bookings.addressing.list_told": lambda s: addressing.list_told(
        telling.describe(s.practice, booking.get_booking(s.practice, s.ahead.id), LATER),
        booking.get_booking(s.practice, s.ahead.id).practitioner, ("client", "practitioner"),
    ),
    "bookings.telling.describe": lambda s: telling.describe(
        s.practice, booking.get_booking(s.practice, s.times.seated.id), LATER
    ),
    "bookings.telling.announce_series": lambda s: telling.announce_series(
        **s.now, bookings=series.list_series(**s.of, series=s.times.series_id), by="client"
    ),
    "bookings.by_clients.list_targets": lambda s: [
        by_clients.list_targets(booking=booking.get_booking(s.practice, each.id), now=LATER)
        for each in (s.ahead, s.times.seated)
    ],
    "bookings.hours.set_day": lambda s: [
        hours.set_day(practitioner=s.practitioner, date=LATER.date(), windows=windows)
        for windows in ([], [["09:00", "10:00"]], None)
    ],
    "bookings.hours.list_days": lambda s: hours.list_days(
        practitioner=s.practitioner, first=s.times.date, last=s.times.date
    ),
    "bookings.hours.take_off": lambda s: hours.take_off(
        practitioner=s.practitioner, starts_at=LATER, ends_at=LATER + DAY, id=s.times.off.id
    ),
    "bookings.hours.find_time_off": lambda s: hours.find_time_off(
        practitioner=s.practitioner, off_id=s.times.off.id
    ),
    "bookings.hours.end_time_off": lambda s: hours.end_time_off(
        practitioner=s.practitioner, off_id=s.times.off.id
    ),
    "bookings.hours.list_time_off": lambda s: hours.list_time_off(
        practitioner=s.practitioner, since=LATER, until=LATER + 99 * DAY
    ),
    "bookings.offering.find_bounds": lambda s: offering.find_bounds(
        s.times.find_hours(), s.times.service
    ),
    "bookings.offering.find_free": lambda s: offering.find_free(
        practitioner=s.practitioner, minutes=60, now=LATER, service=s.times.service,
        without=[s.times.seated.id],
    ),
    "bookings.reserving.book_now": lambda s: reserving.book_now(
        **_reserve(s), person=s.marek, place=None, id=None
    ),
    "bookings.reserving.check_may_book": lambda s: reserving.check_may_book(**_may_book(s)),
    "bookings.reserving.check_service": lambda s: reserving.check_service(
        practitioner=s.practitioner, service=s.times.service
    ),
    "bookings.reserving.find_offered": _find_offered,
    "bookings.reserving.book_kept": lambda s: reserving.book_kept(
        practice=s.practice, kept=s.times.held, person=s.marek, now=LATER,
        seen=(s.times.held.minutes, s.times.held.price_minor),
    ),
    "bookings.limits.check_person": _check_free,
    "bookings.limits.is_due_before": lambda s: limits.is_due_before(
        terms={"rules": {}}, choice=_choice(s), starts_at=LATER, now=LATER
    ),
    "bookings.limits.find_free_refusal": lambda s: limits.find_free_refusal(
        practice=s.practice, person_id=s.marek.id, starts_at=LATER,
        rule={"per_person": 9, "per_month": 9},
    ),
    "bookings.limits.is_month_full": lambda s: limits.is_month_full(
        s.practice, {"per_month": 9}, LATER
    ),
    "bookings.limits.month_of": lambda s: limits.month_of(LATER, s.practice.time_zone),
    "bookings.reserving.refuse_doubted": lambda s: reserving.refuse_doubted(
        practice=s.practice, person=s.marek, choice=_choice(s)
    ),
    "bookings.access.close_place": lambda s: access.close_place(**s.now, person=s.person),
    "bookings.access.change_person": lambda s: access.change_person(
        **s.now, person=s.person, name="Ola", email="o@miedza.example", phone="", language="pl",
        what_for="", usual_minutes=60, usual_price_minor=1,
    ),
    "bookings.access.end_relation": lambda s: access.end_relation(
        **s.now, person=s.person, relation_id=make_id()
    ),
    "bookings.limits.find_doubted": lambda s: limits.find_doubted(
        practice=s.practice, person=s.person, kind="free", email="x@miedza.example", phone="",
        acting=[s.marek],
    ),
    "bookings.services.define_service": lambda s: s.times.define("Lekcja"),
    "bookings.services.write_slug": lambda _s: services.write_slug("Łódź", otherwise="…"),
    "bookings.services.open_service": lambda s: services.open_service(
        service=s.times.service, is_open=False
    ),
    "bookings.services.make_link": lambda s: services.make_link(service=s.times.service),
    "bookings.services.lets_in": lambda s: services.lets_in(s.times.service, "…"),
    "bookings.services.opens": lambda s: services.opens(s.times.service, "…"),
    "bookings.services.leads": lambda s: services.leads(
        practitioner=s.practitioner, service=s.times.service
    ),
    "bookings.services.find_service": lambda s: services.find_service(
        **s.of, service_id=s.times.service.id
    ),
    "bookings.services.find_by_slug": lambda s: services.find_by_slug(**s.of, slug="lekcja"),
    "bookings.services.list_services": lambda s: list(
        services.list_services(**s.of, who__in=["anyone"])
    ),
    "bookings.services.list_usual_leaders": lambda s: services.list_usual_leaders(
        **s.of, person_id=s.person.id
    ),
    "bookings.services.list_leaders": lambda s: services.list_leaders(
        **s.of, service=s.times.service
    ),
    "bookings.taking.take": lambda s: taking.take(
        practitioner=s.practitioner, starts_at=LATER + 14 * DAY, minutes=60, now=LATER
    ),
    "bookings.taking.refuse_second_seat": lambda s: taking.refuse_second_seat(
        **s.of, frame_id=s.booking.id, booking_id=s.booking.id, person_id=s.person.id
    ),
    "bookings.taking.take_seat": lambda s: taking.take_seat(
        frame=s.times.open_more(), now=LATER
    ),
    "bookings.taking.find_free_seat": lambda s: taking.find_free_seat(s.times.open_more(), LATER),
    "bookings.taking.make_room": lambda s: taking.make_room(
        **s.of, calendar_key=s.key, starts_at=LATER, ends_at=s.times.now + 99 * DAY,
        now=LATER + 9 * DAY,
    ),
    "bookings.taking.keep_for_good": _keep_for_good,
    "bookings.taking.give_back": lambda s: taking.give_back(taken=s.times.frame),
    "bookings.taking.follow": _follow,
    "bookings.taking.list_all_frames": lambda s: list(taking.list_all_frames(s.practice.id)),
    "bookings.taking.list_frames": lambda s: list(taking.list_frames(s.practice.id)),
    "bookings.taking.get_taken": lambda s: taking.get_taken(s.practice.id, s.times.wish.id),
    "bookings.groups.find_group": lambda s: groups.find_group(**s.of, frame_id=s.times.frame.id),
    "bookings.groups.list_seated": lambda s: groups.list_seated(
        **s.of, frame_id=s.times.frame.id
    ),
    "bookings.groups.list_free_dates": lambda s: groups.list_free_dates(
        practitioner=s.practitioner, service=s.times.service, now=LATER
    ),
    "bookings.groups.list_open_groups": lambda s: groups.list_open_groups(
        **s.of, service=s.times.group, now=LATER, practitioner_id=s.practitioner.id
    ),
    "bookings.groups.count_seats": lambda s: groups.count_seats(
        **s.of, frames=taking.list_frames(s.times.practice.id), now=LATER
    ),
    "bookings.grouping.open_group": lambda s: setting.open_group(
        practitioner=s.practitioner, service=s.times.group, starts_at=LATER + 15 * DAY, now=LATER,
        id=make_id(),
    ),
    "bookings.grouping.close_group": lambda s: setting.close_group(
        **s.now, frame_id=s.times.frame.id
    ),
    "bookings.series.list_starts": lambda s: series.list_starts(
        first=LATER, weeks=1, count=3, zone=s.zone
    ),
    "bookings.series.look_ahead": lambda s: series.look_ahead(
        practitioner=s.practitioner, choice=_choice(s), starts=[LATER, LATER + 7 * DAY], now=LATER
    ),
    "bookings.series.book_series": _book_series,
    "bookings.series.list_series": lambda s: series.list_series(
        **s.of, series=s.times.series_id
    ),
    "bookings.keeping.find_end": lambda s: keeping.find_end(
        starts_at=s.ahead.starts_at, now=LATER, longest=DAY
    ),
    "bookings.taking.list_taken": lambda s: taking.list_taken(
        practice_id=s.practice.id, ids=[s.ahead.id]
    ),
    "bookings.beside.list_beside": lambda s: beside.list_beside(
        practitioner=s.practitioner, since=LATER, until=LATER + DAY
    ),
    "bookings.beside.find_first": lambda s: beside.find_first({"off": []}, LATER, LATER + DAY),
    "bookings.keeping.leave_own": lambda s: keeping.leave_own(s.ahead.starts_at, 60, None),
    **calls_of_kept.CALLS,
}  # fmt: skip
