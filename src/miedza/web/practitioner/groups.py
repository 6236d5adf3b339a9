"""The dates of a group: set them, one or a series; see who comes, enter more; call one off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from miedza.bookings.actions import book
from miedza.bookings.entering import NoRules
from miedza.bookings.grouping import close_group, open_group
from miedza.bookings.groups import count_seats, find_group, list_seated
from miedza.bookings.queries import find_booking
from miedza.bookings.series import MOST, list_starts
from miedza.bookings.services import find_service, list_leaders
from miedza.bookings.taking import AlreadyThere, SlotTaken, list_frames
from miedza.db.ids import derive_id, make_id
from miedza.ledger.queries import find_meeting
from miedza.people.queries import list_people
from miedza.practice.formats import say_meeting_time, say_zone
from miedza.practice.queries import name_practitioners
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import DATE, TIME, LocalTimeMixin, within_years
from miedza.web.outlook import Outlook
from miedza.web.practitioner.finding import list_nearest, warn_of_beside
from miedza.web.strip import Reader

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Booking, Service, Taken
    from miedza.people.models import Person
    from miedza.practice.models import Practice, Practitioner


class DatesForm(LocalTimeMixin, forms.Form):
    """One date of a group, or one every so many weeks."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=DATE)
    clock = forms.TimeField(label=gettext_lazy("Time"), widget=TIME)
    count = forms.IntegerField(
        label=gettext_lazy("How many times"), min_value=1, max_value=MOST, initial=1
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Every so many weeks"), min_value=1, max_value=8, initial=1
    )

    def __init__(self, *args: Any, zone: str, leaders: list[Practitioner], **kwargs: Any) -> None:
        """Take the zone of the practice, and who leads the group: chosen where several do."""
        super().__init__(*args, **kwargs)
        self.zone, self.leaders = zone, leaders
        if len(leaders) > 1:
            self.fields["leader"] = forms.ChoiceField(
                label=_("With whom"), choices=[(str(each.id), each.name) for each in leaders]
            )

    def find_leader(self) -> Practitioner | None:
        """Who was chosen; the only one, or None where nobody leads it."""
        chosen = self.cleaned_data.get("leader")
        ours = (each for each in self.leaders if chosen in (None, str(each.id)))
        return next(ours, None)

    def clean_day(self) -> Any:
        """A year people live in."""
        return within_years(self.cleaned_data["day"])


class SeatForm(forms.Form):
    """Somebody who gets a seat."""

    def __init__(self, *args: Any, people: dict[str, Person], **kwargs: Any) -> None:
        """Take those who have no seat yet."""
        super().__init__(*args, **kwargs)
        self.fields["person"] = forms.ChoiceField(
            label=gettext_lazy("Who comes"), choices=[(key, people[key].name) for key in people]
        )


@for_practitioner("GET", "POST")
def show_dates(
    request: HttpRequest, practitioner: Practitioner, service_id: uuid.UUID
) -> HttpResponse:
    """The dates of a group that lie ahead, and a form for more."""
    practice = practitioner.practice
    service = find_service(practice_id=practice.id, service_id=service_id)
    if service is None or not service.is_group:
        raise Http404
    leaders = list_leaders(practice_id=practice.id, service=service)
    asked = {name: request.GET.get(name) for name in ("day", "clock") if name in request.GET}
    asked["leader"] = request.GET.get("leader", str(practitioner.id))
    form = DatesForm(request.POST or None, zone=practice.time_zone, leaders=leaders, initial=asked)
    if (
        request.method == "POST"
        and form.is_valid()
        and _set_dates(request, practitioner, service, form)
    ):
        return redirect("group_dates", service.id)
    context = {
        "active": "settings",
        "service": service,
        "form": form,
        "zone": say_zone(practice.time_zone),
        "groups": _describe_dates(practice, service),
    }
    status = 422 if form.errors else 200
    wanted = form.moment("day", "clock") if form.has_error("__all__", "taken") else None
    leading = form.find_leader() if wanted is not None else None
    if leading is not None and wanted is not None:
        context["nearest"] = list_nearest(leading, wanted, service.minutes)
        context["nearest_keeps"] = f"leader={leading.id}&" if len(leaders) > 1 else ""
        status = 409
    return render(request, "practitioner/group_dates.html", context, status=status)


def _describe_dates(practice: Practice, service: Service) -> list[dict[str, Any]]:
    """The dates that lie ahead, with whom of several, and how many come."""
    frames = list_frames(practice.id).filter(service_id=service.id, ends_at__gt=now())
    ahead = frames.order_by("starts_at", "id")
    names = name_practitioners(practice_id=practice.id)
    return [
        {
            "group": group,
            "when": say_meeting_time(group.frame.starts_at, practice.time_zone),
            "with": names.get(group.frame.practitioner_id, ""),
        }
        for group in count_seats(practice_id=practice.id, frames=ahead, now=now())
    ]


def _set_dates(
    request: HttpRequest, practitioner: Practitioner, service: Service, form: DatesForm
) -> bool:
    """Set the dates; all or, with a word in the form, none."""
    leading = form.find_leader()
    if leading is None:
        form.add_error(None, _("Somebody has to lead it."))
        return False
    said, zone = form.cleaned_data, leading.practice.time_zone
    first = form.moment("day", "clock")
    if first is None or first <= now():
        form.add_error("clock", _("This time has passed. Choose a later one."))
        return False
    starts = list_starts(first=first, weeks=said["weeks"], count=said["count"], zone=zone)
    sent = once.take_back(request) or make_id()
    try:
        with transaction.atomic():
            for number, start in enumerate(starts):
                start_now = start
                open_group(
                    practitioner=leading, service=service, starts_at=start, now=now(),
                    id=derive_id(sent, str(number)),
                )  # fmt: skip
    except SlotTaken:
        when = say_meeting_time(start_now, zone)
        said_taken = _("Something else is in the calendar: %(when)s. No date was set.")
        form.add_error(None, ValidationError(said_taken % {"when": when}, code="taken"))
        return False
    count = len(starts)
    done = ngettext("%(n)d date is set.", "%(n)d dates are set.", count) % {"n": count}
    messages.success(request, done)
    warn_of_beside(request, practitioner, leading, starts, service.minutes)
    return True


@for_practitioner("GET", "POST")
def show_group(
    request: HttpRequest, practitioner: Practitioner, frame_id: uuid.UUID
) -> HttpResponse:
    """Who comes to one date; calling it off, with what that costs, before the button."""
    frame, service = _get_group(practitioner, frame_id)
    if request.method == "POST" and frame.starts_at <= now():
        messages.warning(request, _("This date has passed; its meetings are changed one by one."))
        return redirect("group", frame.id)
    if request.method == "POST":
        close_group(practice=practitioner.practice, frame_id=frame.id, now=now())
        messages.success(request, _("Called off; everybody is told."))
        return redirect("group_dates", service.id)
    return _show_group(request, practitioner, frame, None)


def _get_group(practitioner: Practitioner, frame_id: uuid.UUID) -> tuple[Taken, Service]:
    """A date of a group and what it is a date of, or the answer that there is none."""
    frame = find_group(practice_id=practitioner.practice_id, frame_id=frame_id)
    if frame is None or frame.service is None:
        raise Http404
    return frame, frame.service


def _show_group(
    request: HttpRequest,
    practitioner: Practitioner,
    frame: Taken,
    form: SeatForm | None,
    status: int = 422,
) -> HttpResponse:
    """The page of a date; where it is full, with the other ones that are not."""
    zone = practitioner.practice.time_zone
    seated = list_seated(practice_id=frame.practice_id, frame_id=frame.id)
    people = _list_others(frame, seated)
    frames = list_frames(frame.practice_id).filter(service_id=frame.service_id)
    ahead = frames.filter(Q(starts_at__gt=now()) | Q(id=frame.id)).order_by("starts_at", "id")
    groups = count_seats(practice_id=frame.practice_id, frames=ahead, now=now())
    free = {group.frame.id: group.frame for group in groups if group.free}
    is_full = free.pop(frame.id, None) is None
    context = {
        "active": "settings",
        "frame": frame,
        "service": frame.service,
        "when": say_meeting_time(frame.starts_at, zone),
        "seated": _describe_seated(practitioner, seated),
        "is_ahead": frame.starts_at > now(),
        "is_full": is_full,
        "others": [(each.id, say_meeting_time(each.starts_at, zone)) for each in free.values()],
        "form": form or (SeatForm(people=people) if people else None),
    }
    return render(
        request, "practitioner/group.html", context, status=200 if form is None else status
    )


def _list_others(frame: Taken, seated: list[Booking]) -> dict[str, Person]:
    """Those of the practice who have no seat, by the key of each."""
    known = {booking.person_id for booking in seated}
    everybody = list_people(practice_id=frame.practice_id)
    return {str(each.id): each for each in everybody if each.id not in known}


@for_practitioner("POST")
def enter_group(
    request: HttpRequest, practitioner: Practitioner, frame_id: uuid.UUID
) -> HttpResponse:
    """Give somebody a seat."""
    frame, service = _get_group(practitioner, frame_id)
    seated = list_seated(practice_id=frame.practice_id, frame_id=frame.id)
    people = _list_others(frame, seated)
    form = SeatForm(request.POST, people=people)
    sent_as = once.take_back(request)
    if sent_as and find_booking(practice_id=frame.practice_id, booking_id=sent_as):
        return redirect("group", frame.id)  # Sent again, it is done already.
    if not form.is_valid():
        return _show_group(request, practitioner, frame, form)
    try:
        booking = _seat(frame, service, people[form.cleaned_data["person"]], sent_as)
    except AlreadyThere:
        return redirect("group", frame.id)
    except SlotTaken:
        form.add_error(None, _("All seats are taken. Nobody was entered."))
        return _show_group(request, practitioner, frame, form, status=409)
    except NoRules:
        form.add_error(None, _("First publish your rules: every meeting is booked under them."))
        return _show_group(request, practitioner, frame, form)
    request.session["undo"] = {"text": _("Booked."), "strike": str(booking.id)}
    return redirect("group", frame.id)


def _seat(frame: Taken, service: Service, person: Person, sent_as: uuid.UUID | None) -> Booking:
    """Book a seat as the service says."""
    return book(
        practice=frame.practitioner.practice, practitioner=frame.practitioner, person=person,
        starts_at=frame.starts_at, minutes=frame.minutes, price_minor=service.price_minor,
        kind=service.kind, service=service, place=frame, now=now(), id=sent_as,
    )  # fmt: skip


def _describe_seated(practitioner: Practitioner, seated: list[Booking]) -> list[dict[str, Any]]:
    """Who has a seat, and what calling the date off would cost with each."""
    reader = Reader(practitioner.practice, now())
    rows = []
    for booking in seated:
        meeting = find_meeting(practice_id=booking.practice_id, meeting_id=booking.id)
        if meeting is not None:
            outlook = Outlook(reader, meeting).ask("cancelled", "practitioner")
            rows.append({"booking": booking, "said": outlook.said})
    return rows
