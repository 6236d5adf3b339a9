"""Every letter there is, about one person and in one language."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import override

from miedza.agreements.models import Acceptance, RulesVersion
from miedza.agreements.texts import list_changes, write_agreement
from miedza.core.terms import read_terms
from miedza.ledger.models import Event
from miedza.messaging import letters_near_meetings as near
from miedza.messaging import letters_of_corrections as correcting
from miedza.messaging import letters_of_meetings as telling
from miedza.messaging import letters_of_times as times
from miedza.messaging.composing import Content, compose
from miedza.messaging.letters import (
    Asking,
    ask_colleague,
    ask_to_accept,
    confirm_acceptance,
)
from miedza.messaging.saying import Said
from miedza.people.models import Person
from miedza.practice.models import Practice
from tests.cast import ANNAS_TERMS, BOOKED, BORYSS_TERMS, MONDAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from miedza.messaging.envelopes import Envelope

TOKEN = "t" * 70
KINDS = (
    "asked", "introduced", "renewed", "accepted", "booked", "moved", "cancelled", "reminded",
    "late", "differs", "stands", "struck", "clocks", "wish", "no", "unanswered", "proposal",
    "refused", "offer", "series", "code", "colleague",
)  # fmt: skip
SAID = Said("crossed", "przekroczone", "późne odwołanie", "Do zapłaty 100 zł.")
MEETING_ID = uuid.UUID(int=5)


class Writer:
    """Writes letters in which everybody is called the same."""

    def __init__(self, language: str, *, name: str = "Ola", words: str = "Do usług.") -> None:
        self.language, self.name, self.words = language, name, words
        self.practice = Practice(
            name=name, currency="PLN", time_zone="Europe/Warsaw", language=language
        )
        self.person = Person(id=uuid.UUID(int=1), name=name, language=language)
        self.other = Person(id=uuid.UUID(int=2), name=name, language=language)
        self.rules = RulesVersion(number=2, terms=ANNAS_TERMS, published_at=BOOKED)

    def write(self, kind: str, reader: str = "client") -> Content:
        """A letter's content."""
        with override(self.language):
            if kind in ("asked", "introduced", "renewed"):
                return self._ask(kind)
            if kind == "colleague":
                return ask_colleague(
                    name=self.name, leader=self.name, email="ola@miedza.example", token=TOKEN
                )
            return self._confirm() if kind == "accepted" else self._tell(kind, reader)

    def compose(self, kind: str, reader: str = "client") -> Envelope:
        """A letter, whole."""
        content = self.write(kind, reader)
        with override(self.language):
            return compose(
                content, practice=self.practice, language=self.language,
                reply_to="anna@miedza.example",
            )  # fmt: skip

    def _ask(self, kind: str) -> Content:
        changes = list_changes(BORYSS_TERMS, ANNAS_TERMS, language=self.language)
        asking = Asking(
            rules=self.rules,
            holds_at=None if kind == "asked" else MONDAY,
            words=self.words,
            is_renewal=kind == "renewed",
            changes=changes if kind == "renewed" else [],
            expires_at=BOOKED + timedelta(days=60),
        )
        return ask_to_accept(
            self.practice, person=self.person, asked=self.other, asking=asking, token=TOKEN,
            language=self.language,
        )  # fmt: skip

    def _confirm(self) -> Content:
        text = write_agreement(
            self.rules, practitioner=self.name, client=self.name, language=self.language,
            holds_at=None,
        )  # fmt: skip
        acceptance = Acceptance(accepted_at=BOOKED, typed_name=self.name, text_digest=text.digest)
        return confirm_acceptance(
            self.practice, acceptance=acceptance, reader=self.person, text=text.plain,
            has_place=True,
        )  # fmt: skip

    def _tell(self, kind: str, reader: str) -> Content:
        meeting = self.meeting(reader)
        before = MONDAY - timedelta(days=1)
        voided = Event(type="cancelled", by="client")
        return {
            "booked": lambda: telling.tell_booked(meeting, by="client"),
            "moved": lambda: telling.tell_moved(meeting, by="client", before=before, said=[SAID]),
            "cancelled": lambda: telling.tell_cancelled(meeting, by="client", said=[SAID]),
            "reminded": lambda: near.remind(meeting),
            "late": lambda: near.tell_late(meeting, by="client", minutes=5),
            "differs": lambda: telling.tell_difference(
                meeting, said=SAID, text=self.words, is_waiting=True
            ),
            "stands": lambda: correcting.tell_stands(meeting, taken_back=voided),
            "struck": lambda: correcting.tell_struck(meeting),
            "clocks": lambda: near.tell_clocks(meeting, zone="Europe/Warsaw"),
            **self._tell_times(meeting._replace(address=f"http://localhost:8000/answer/{TOKEN}/")),
        }[kind]()

    def _tell_times(self, meeting: telling.Meeting) -> dict[str, Callable[[], Content]]:
        """Letters about times that may become meetings."""
        until, before = MONDAY - timedelta(hours=9), MONDAY - timedelta(days=1)
        return {
            "wish": lambda: times.tell_wish(meeting, until=until, text=self.words, alike="Ola"),
            "no": lambda: times.tell_no(meeting, text=self.words),
            "unanswered": lambda: times.tell_unanswered(meeting),
            "proposal": lambda: times.tell_proposal(
                meeting, before=before, until=until, text=self.words
            ),
            "refused": lambda: times.tell_proposal_refused(meeting, before=before),
            "offer": lambda: times.tell_offer(meeting, until=until),
            "series": lambda: times.tell_series(meeting, by="client", starts=[meeting.starts_at]),
            "code": lambda: times.tell_code(meeting, code="123456"),
        }

    def meeting(self, reader: str = "client") -> telling.Meeting:
        """A meeting as it is told to a reader."""
        return telling.Meeting(
            practice=self.practice, person=self.person, addressee=self.name, reader=reader,
            id=MEETING_ID, starts_at=MONDAY, minutes=60, price_minor=20_000,
            terms=read_terms(ANNAS_TERMS), language=self.language,
            zone=self.practice.time_zone, now=BOOKED,
        )  # fmt: skip
