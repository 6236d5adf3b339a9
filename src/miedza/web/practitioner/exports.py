"""A person's history as `miedza judge --lines` reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.timezone import now

from miedza.ledger.queries import export_case, read_cases
from miedza.web.access import for_practitioner
from miedza.web.practitioner.finding import get_person

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest

    from miedza.practice.models import Practitioner


@for_practitioner()
def export_history(
    request: HttpRequest, practitioner: Practitioner, person_id: uuid.UUID
) -> HttpResponse:
    """One line for each version of the rules the person has booked under."""
    del request
    person = get_person(practitioner, person_id)
    cases = read_cases(practice_id=practitioner.practice_id, person_id=person.id)
    moment = now()
    lines = [json.dumps(export_case(case, now=moment), ensure_ascii=False) for case in cases]
    response = HttpResponse("".join(f"{line}\n" for line in lines), "application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="history.jsonl"'
    return response
