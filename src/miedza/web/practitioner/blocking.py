"""Letting somebody book nothing more by themselves. They read a kind sentence and no hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _

from miedza.people.actions import block, unblock
from miedza.web.access import for_practitioner
from miedza.web.practitioner.finding import get_person

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from miedza.practice.models import Practitioner


@for_practitioner("POST")
def change_block(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """Stop somebody's own bookings, or let them book again."""
    person = get_person(practitioner, person_id)
    if "unblock" in request.POST:
        unblock(practice=practitioner.practice, person=person)
        messages.success(request, _("They can book by themselves again."))
    else:
        block(practice=practitioner.practice, person=person, now=now())
        messages.success(
            request, _("They cannot book by themselves any more, and are not told so.")
        )
    return redirect("change_person", person.id)
