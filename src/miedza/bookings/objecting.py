"""The client sees a ruling differently: it is written beside it, and the practitioner is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from miedza.bookings.telling import tell
from miedza.ledger import deciding
from miedza.ledger.models import Ruling
from miedza.ledger.records import read_record
from miedza.messaging.letters_of_meetings import tell_difference
from miedza.messaging.saying import say_ruling

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from miedza.bookings.models import Booking
    from miedza.ledger.models import Objection
    from miedza.messaging.composing import Content
    from miedza.messaging.letters_of_meetings import Meeting
    from miedza.practice.models import Practice


@transaction.atomic
def object_to(
    *,
    practice: Practice,
    booking: Booking,
    ruling_id: uuid.UUID,
    text: str,
    now: datetime,
    id: uuid.UUID | None = None,  # noqa: A002 - the column's own name.
) -> Objection:
    """Say, as the client, that one sees a ruling of a meeting differently.

    Raises:
        NothingToSay: the ruling does not hold, or is of another meeting.
    """
    objection = deciding.object_to(
        practice=practice, meeting_id=booking.id, ruling_id=ruling_id, text=text, now=now, id=id
    )
    ruling = Ruling.objects.of(practice.id).select_related("meeting").get(id=ruling_id)
    record = read_record(practice_id=practice.id, meetings=[ruling.meeting])
    is_waiting = ruling.is_fee and record.is_waiting(ruling)

    def write(meeting: Meeting) -> Content:
        said = say_ruling(
            ruling, language=meeting.language, currency=practice.currency,
            zone=practice.time_zone, reader=meeting.reader,
        )  # fmt: skip
        return tell_difference(meeting, said=said, text=text, is_waiting=is_waiting)

    tell(
        practice=practice, booking=booking, purpose="differs", write=write,
        sides=("practitioner",), key=str(objection.id), now=now,
    )  # fmt: skip
    return objection
