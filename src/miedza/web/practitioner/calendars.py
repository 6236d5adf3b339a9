"""Other calendars: the address of one's own, those that are read, those that are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.showing import show_ahead
from miedza.calendars import actions
from miedza.calendars.queries import (
    Account,
    count_unshown,
    find_source,
    list_feeds,
    list_sources,
    read_account,
    say_feed_token,
)
from miedza.messaging.letters import link_to
from miedza.practice.formats import say_moment
from miedza.web import once
from miedza.web.access import for_practitioner
from miedza.web.forms import PlainField

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.calendars.models import Source
    from miedza.practice.models import Practice, Practitioner

SHOWN = [
    ("names", gettext_lazy("full names")),
    ("initials", gettext_lazy("initials")),
    ("busy", gettext_lazy("only that you are busy")),
]
TROUBLES = {
    "choose": gettext_lazy("Several calendars are there. Choose one."),
    "bad_address": gettext_lazy("This is no address that can be read. Copy it anew from there."),
    "private_address": gettext_lazy(
        "The address leads into a private network. Whoever runs this server can allow it; see the "
        "guide."
    ),
    "insecure": gettext_lazy(
        "The address is not encrypted (http). Use one that begins with https."
    ),
    "unreachable": gettext_lazy("The server does not answer. It is tried again."),
    "too_slow": gettext_lazy("The server answers too slowly. It is tried again."),
    "too_large": gettext_lazy("The calendar is too large to be read."),
    "too_many_redirects": gettext_lazy("The address leads from one place to another without end."),
    "bad_certificate": gettext_lazy(
        "The server's certificate cannot be trusted, so it is not read."
    ),
    "no_calendar": gettext_lazy("There is no calendar at this address."),
    "wrong_password": gettext_lazy("The name or the password is not accepted there."),
    "not_found": gettext_lazy("There is nothing at this address any more."),
    "changed": gettext_lazy("A meeting was changed there. What is booked here is written again."),
    "busy": gettext_lazy("The server asks to wait. It is tried again."),
    "failing": gettext_lazy("The server has a fault. It is tried again."),
    "not_caldav": gettext_lazy("The server does not speak CalDAV."),
    "empty": gettext_lazy(
        "The calendar was suddenly empty. That is often a fault there, so what it said before is "
        "kept."
    ),
    "sealed": gettext_lazy(
        "The address cannot be opened with this installation's key. Add it anew."
    ),
}


class SourceForm(forms.Form):
    """Another calendar."""

    name = PlainField(label=gettext_lazy("What you call it"), max_length=80)
    url = PlainField(
        label=gettext_lazy("Address"),
        max_length=1000,
        help_text=gettext_lazy(
            "A private address that ends in .ics, or that of a CalDAV server (Nextcloud, iCloud, "
            "Fastmail, Yandex and others)."
        ),
    )
    username = PlainField(
        label=gettext_lazy("Name there, for CalDAV"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = PlainField(
        label=gettext_lazy("Password there, for CalDAV"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Best one made for this program alone. It is kept encrypted."),
    )
    writes = forms.BooleanField(
        label=gettext_lazy("Write my meetings into it, too (CalDAV)"), required=False
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("What it tells of people"), choices=SHOWN, required=False
    )

    def clean_url(self) -> str:
        """With https where nothing else is said."""
        url = str(self.cleaned_data["url"]).strip()
        url = url if "://" in url else f"https://{url}"
        if re.fullmatch(r"\w+://[^\s/?#]+\S*", url) is None:
            raise forms.ValidationError(str(TROUBLES["bad_address"]))
        return url

    def clean(self) -> dict[str, Any]:
        """Only where one signs in, something can be written."""
        cleaned = super().clean() or {}
        if cleaned.get("writes") and not cleaned.get("username") and "username" not in self.errors:
            self.add_error("username", _("To write into a calendar, your name there is needed."))
        return cleaned


class FeedForm(forms.Form):
    """What one's own calendar tells others."""

    shown = forms.ChoiceField(label=gettext_lazy("What it tells of people"), choices=SHOWN)


def first_shown(practice: Practice) -> str:
    """What a calendar tells of people where nothing else is chosen: little, in a practice whose
    very list of people is a secret."""
    return "initials" if practice.profession == "psychologist" else "names"


@for_practitioner("GET", "POST")
def show_calendars(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Read and change the calendars beside this one."""
    practice = practitioner.practice
    is_adding = request.method == "POST" and request.POST.get("which") == "source"
    first = {"shown": first_shown(practice)}
    form = SourceForm(request.POST if is_adding else None, initial=first)
    if is_adding and form.is_valid() and _add(request, practitioner, form):
        return redirect("calendars")
    if request.method == "POST" and not is_adding:
        _change_feed(request, practitioner)
        return redirect("calendars")
    feed = next(iter(list_feeds(practice_id=practice.id, practitioner_id=practitioner.id)), None)
    sources = list_sources(practitioner=practitioner)
    context = {
        "active": "settings",
        "form": form,
        "feed": feed,
        "feed_address": link_to("feed", say_feed_token(feed)) if feed else "",
        "feed_form": FeedForm(initial={"shown": feed.shown if feed else first["shown"]}),
        "sources": [_describe(source) for source in sources],
    }
    return render(
        request, "practitioner/calendars.html", context, status=422 if form.errors else 200
    )


def _change_feed(request: HttpRequest, practitioner: Practitioner) -> None:
    """Make a new address for one's own calendar, or end it."""
    practice = practitioner.practice
    form = FeedForm(request.POST)
    if "end" in request.POST:
        actions.close_feeds(practice=practice, now=now(), practitioner_id=practitioner.id)
        messages.success(request, _("The address answers nothing any more."))
    elif form.is_valid():
        actions.open_feed(
            practice=practice, practitioner=practitioner, shown=form.cleaned_data["shown"],
            now=now(),
        )  # fmt: skip
        messages.success(request, _("Here is the address. An earlier one no longer works."))
    else:
        messages.warning(request, str(form.errors["shown"][0]))


def _add(request: HttpRequest, practitioner: Practitioner, form: SourceForm) -> bool:
    """Add a calendar; False, with a word in the form, where that cannot be."""
    said = form.cleaned_data
    is_caldav = bool(said["username"])
    account = Account(
        said["url"], said["username"], said["password"] if is_caldav else "", not is_caldav
    )
    try:
        source = actions.add_source(
            practitioner=practitioner, kind="caldav" if is_caldav else "ics", name=said["name"],
            account=account, writes=said["writes"], shown=said["shown"] or "initials", now=now(),
            id=once.take_back(request),
        )  # fmt: skip
    except actions.TooManySources:
        form.add_error(None, _("So many calendars are read already. Remove one first."))
        return False
    if source.writes:
        show_ahead(source=source, now=now())
    messages.success(request, _("Added. It is read within a minute; look here how it goes."))
    return True


def _describe(source: Source) -> dict[str, Any]:
    """How it goes with another calendar."""
    zone = source.practice.time_zone
    found = read_account(source).found if source.code == "choose" else ()
    unshown = count_unshown(source=source) if source.writes else 0
    return {
        "source": source,
        "trouble": TROUBLES.get(source.code, ""),
        "is_empty": source.code == "empty",
        "found": [{"url": url, "name": name or url} for url, name, _can in found],
        "read": say_moment(source.fetched_at, zone) if source.fetched_at else "",
        "unshown": unshown,
    }


@for_practitioner("POST")
def change_source(
    request: HttpRequest, practitioner: Practitioner, source_id: uuid.UUID
) -> HttpResponse:
    """Read it now, choose among those found, believe that it is empty, or remove it."""
    source = find_source(practitioner=practitioner, source_id=source_id)
    if source is None:
        raise Http404
    if "remove" in request.POST:
        actions.remove_source(source=source)
        messages.success(request, _("Removed. What it said is forgotten."))
    elif "choose" in request.POST:
        _choose(source, request.POST["choose"])
    else:
        actions.read_again(source=source, now=now(), forgets="forget" in request.POST)
        messages.success(request, _("It is read within a minute."))
    return redirect("calendars")


def _choose(source: Source, url: str) -> None:
    """Take one of the calendars that were found."""
    account = read_account(source)
    if url in [each[0] for each in account.found]:
        chosen = account._replace(url=url, is_found=True, found=())
        actions.settle_source(source=source, account=chosen, code="", now=now())
