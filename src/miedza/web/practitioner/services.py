"""What the practice offers: the list, one service, the link for those who are invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.services import (
    define_service,
    find_service,
    list_leaders,
    list_services,
    make_link,
    open_service,
)
from miedza.db.ids import make_id
from miedza.messaging.letters import link_to
from miedza.practice.formats import plain_money, say_language
from miedza.practice.places import say_place
from miedza.practice.queries import is_leader, list_practitioners
from miedza.web import once
from miedza.web.access import for_leader, for_practitioner
from miedza.web.forms import MoneyField, NameField, PlainField
from miedza.web.practitioner.finding import find_ordinary_minutes
from miedza.web.public.practices import describe_service

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.bookings.models import Service
    from miedza.practice.models import Practice, Practitioner

TONGUES = "pl en ru uk be de fr es it lt ka hy kk".split()
WHO = [
    ("anyone", gettext_lazy("anyone, on the public page")),
    ("invited", gettext_lazy("whoever has the link")),
    ("clients", gettext_lazy("only those who have a place here")),
]
WAYS = [
    ("at_once", gettext_lazy("at once")),
    ("on_request", gettext_lazy("on request: I say yes or no")),
]


def _number(label: Any, low: int, high: int, **more: Any) -> forms.IntegerField:
    """A number that may be left out: then the hours say it."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, **more)


class ServiceForm(forms.Form):
    """What a service is."""

    name = NameField(label=gettext_lazy("What it is called"))
    about = PlainField(
        label=gettext_lazy("For whom and what for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), min_value=5, max_value=1440
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("paid", gettext_lazy("paid")), ("free", gettext_lazy("free meeting"))],
    )
    seats = forms.IntegerField(
        label=gettext_lazy("How many come together"),
        min_value=1,
        max_value=200,
        help_text=gettext_lazy("1 for one-to-one. A group has dates that you set."),
    )
    place = forms.ChoiceField(label=gettext_lazy("Where"), choices=())
    where = PlainField(
        label=gettext_lazy("Address, number or link"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Told to those who have booked, and to nobody else."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.ChoiceField(label=gettext_lazy("Who may book"), choices=WHO)
    way = forms.ChoiceField(label=gettext_lazy("How it is booked"), choices=WAYS)
    leaders = forms.MultipleChoiceField(
        label=gettext_lazy("Who leads it"),
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Somebody has to lead it.")},
    )
    buffer_before = _number(gettext_lazy("Minutes kept free before"), 0, 240)
    buffer_after = _number(gettext_lazy("Minutes kept free after"), 0, 240)
    notice_hours = _number(gettext_lazy("Book at least so many hours ahead"), 0, 720)
    horizon_days = _number(gettext_lazy("Book at most so many days ahead"), 1, 730)
    step_minutes = _number(gettext_lazy("A start every so many minutes"), 5, 240)
    max_per_day = _number(gettext_lazy("At most so many of it a day"), 1, 48)
    max_per_week = _number(gettext_lazy("At most so many of it a week"), 1, 200)
    most_ahead = _number(gettext_lazy("At most so many ahead for one person"), 1, 20)

    MORE = (
        "buffer_before", "buffer_after", "notice_hours", "horizon_days", "step_minutes",
        "max_per_day", "max_per_week", "most_ahead",
    )  # fmt: skip
    """What few services need: left out, the hours say it."""

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        """Take the practice, for its currency and for who leads work in it."""
        super().__init__(*args, **kwargs)
        self.practice = practice
        self.people = list_practitioners(practice_id=practice.id)
        self.fields["price"] = MoneyField(
            currency=practice.currency,
            required=False,
            label=_("Price, %(currency)s") % {"currency": practice.currency},
        )
        choices: dict[str, list[tuple[str, Any]]] = {
            "place": [(place, say_place(place)) for place in ("room", "telephone", "video")],
            "languages": [(code, say_language(code)) for code in TONGUES],
            "leaders": [(str(each.id), each.name) for each in self.people],
        }
        for name, chosen in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - all three are.
            field.choices = chosen

    def clean(self) -> dict[str, Any]:
        """A paid service has a price."""
        cleaned = super().clean() or {}
        unpriced = cleaned.get("kind") == "paid" and cleaned.get("price") is None
        if unpriced and "price" not in self.errors:
            self.add_error("price", _("A paid meeting has a price; it may be 0."))
        return cleaned

    @property
    def main(self) -> list[forms.BoundField]:
        """What every service needs."""
        names = (
            "name", "about", "minutes", "kind", "price", "seats", "place", "where", "who", "way",
        )  # fmt: skip
        return [self[name] for name in names]

    @property
    def more(self) -> list[forms.BoundField]:
        """What few need."""
        return [self[name] for name in self.MORE]

    def save(self, service_id: uuid.UUID) -> Service:
        """Keep what was said."""
        said = self.cleaned_data
        notice = said["notice_hours"]
        plain = (
            "name", "about", "kind", "minutes", "seats", "place", "languages", "who", "way",
            "buffer_after", "horizon_days", "step_minutes", "max_per_day", "max_per_week",
            "most_ahead",
        )  # fmt: skip
        return define_service(
            practice=self.practice,
            service_id=service_id,
            leaders=[each for each in self.people if str(each.id) in said["leaders"]],
            where=said["where"],
            now=now(),
            price_minor=said["price"] or 0,
            buffer_before=said["buffer_before"] or 0,
            notice_minutes=None if notice is None else notice * 60,
            **{name: said[name] for name in plain},
        )


@for_practitioner()
def show_services(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """All services, and the address of the public page."""
    practice = practitioner.practice
    services = [
        {**describe_service(practice, each), "who": dict(WHO)[each.who]}
        for each in list_services(practice_id=practice.id)
    ]
    context = {
        "active": "settings",
        "services": services,
        "practice": practice,
        "leads": is_leader(practitioner),
        "address": link_to("practice", practice.slug) if practice.slug else "",
    }
    return render(request, "practitioner/services.html", context)


@for_leader("GET", "POST")
def change_service(
    request: HttpRequest, practitioner: Practitioner, service_id: uuid.UUID | None = None
) -> HttpResponse:
    """Say what a service is."""
    practice = practitioner.practice
    service = find_service(practice_id=practice.id, service_id=service_id)
    if service_id is not None and service is None:
        raise Http404
    initial = _read_initial(practice, service, practitioner)
    form = ServiceForm(request.POST or None, initial=initial, practice=practice)
    if request.method == "POST" and form.is_valid():
        wanted = service.id if service else once.take_back(request) or make_id()
        made = form.save(wanted)
        messages.success(request, _("Saved."))
        address = reverse("change_service", args=[made.id])
        return redirect(address if made.who == "invited" else "services")
    context = {
        "active": "settings",
        "form": form,
        "service": service,
        "more_is_open": any(form[name].errors or form[name].value() for name in form.MORE),
        "link": request.session.pop("service_link", ""),
    }
    return render(
        request, "practitioner/service_form.html", context, status=422 if form.errors else 200
    )


def _read_initial(
    practice: Practice, service: Service | None, practitioner: Practitioner
) -> dict[str, Any]:
    """What stands in the form at first."""
    if service is None:
        return {
            "minutes": find_ordinary_minutes(practice), "kind": "paid", "seats": 1,
            "place": "video", "who": "anyone",
            "way": "at_once", "languages": [practice.language], "leaders": [str(practitioner.id)],
        }  # fmt: skip
    notice = service.notice_minutes
    leaders = list_leaders(practice_id=practice.id, service=service)
    return {
        **{name: getattr(service, name, None) for name in ServiceForm.base_fields},
        "price": plain_money(service.price_minor, practice.currency),
        "where": service.open_text(practice.key),
        "notice_hours": None if notice is None else notice // 60,
        "buffer_before": service.buffer_before or None,
        "leaders": [str(each.id) for each in leaders],
    }


@for_leader("POST")
def open_or_close(
    request: HttpRequest, practitioner: Practitioner, service_id: uuid.UUID
) -> HttpResponse:
    """Put a service on offer or take it away, or make the link for those who are invited."""
    practice = practitioner.practice
    service = find_service(practice_id=practice.id, service_id=service_id)
    if service is None:
        raise Http404
    if "link" in request.POST:
        if not practice.slug or practice.public_at is None:
            messages.warning(request, _("First open your public page: the link leads there."))
            return redirect("public_page")
        secret = make_link(service=service)
        address = link_to("service", practice.slug, service.slug)
        request.session["service_link"] = f"{address}?key={secret}"
        return redirect("change_service", service.id)
    if request.POST.keys() & {"open", "close"}:
        open_service(service=service, is_open="open" in request.POST)
    return redirect("services")
