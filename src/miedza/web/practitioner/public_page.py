"""The address of the public page, and whether it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from miedza.bookings.services import write_slug
from miedza.messaging.letters import link_to
from miedza.practice.actions import SlugTaken, close_pages, open_pages
from miedza.web.access import for_leader

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


class PageForm(forms.Form):
    """What the practice is called in addresses."""

    slug = forms.SlugField(
        label=gettext_lazy("Name in the address"),
        max_length=60,
        help_text=gettext_lazy("Small letters without accents, digits and dashes."),
        error_messages={
            "invalid": gettext_lazy("Use only letters without accents, digits and dashes.")
        },
    )

    def clean_slug(self) -> str:
        """In small letters."""
        return str(self.cleaned_data["slug"]).lower()


@for_leader("GET", "POST")
def change_page(request: HttpRequest, practitioner: Practitioner) -> HttpResponse:
    """Open or close the public page."""
    practice = practitioner.practice
    slug = practice.slug or write_slug(practice.name, otherwise="practice")
    if "close" in request.POST:
        close_pages(practice=practice)
        messages.success(request, _("Your public page is closed. What is booked stays."))
        return redirect("public_page")
    form = PageForm(request.POST or None, initial={"slug": slug})
    if request.method == "POST" and form.is_valid():
        try:
            open_pages(practice=practice, slug=form.cleaned_data["slug"], now=now())
        except SlugTaken:
            form.add_error("slug", _("Another practice has this name. Choose another one."))
        else:
            messages.success(request, _("Your public page is open."))
            return redirect("public_page")
    context = {
        "active": "settings",
        "form": form,
        "practice": practice,
        "address": link_to("practice", practice.slug) if practice.slug else "",
        "beginning": link_to("practice", "x").removesuffix("x/"),
    }
    return render(
        request, "practitioner/public_page.html", context, status=422 if form.errors else 200
    )
