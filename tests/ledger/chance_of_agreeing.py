"""Chance, in a practice whose people are asked, accept, decide and pay as well."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from miedza.agreements.accepting import StaleAgreement
from miedza.agreements.queries import read_standing
from miedza.bookings import agreeing
from miedza.bookings.paying import MoreThanPaid, NothingBooked, note_payment
from miedza.ledger.deciding import NobodyAgreed, NothingToDecide, NothingToSay, decide, object_to
from miedza.ledger.models import CHOICES, Ruling
from tests.agreements.agreeing import EVIDENCE, read_text
from tests.cast import book
from tests.ledger.chance import REFUSALS, Chance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from miedza.people.models import Person
    from tests.cast import Cast

MORE_REFUSALS = (
    *REFUSALS, NothingToDecide, NobodyAgreed, NothingToSay, MoreThanPaid, NothingBooked,
    StaleAgreement,
)  # fmt: skip


class ChanceOfAgreeing(Chance):
    """Lets people agree, too. Ola has accepted from the first, and meets every day."""

    def __init__(self, cast: Cast, seed: int) -> None:
        super().__init__(cast, seed)
        self._accept_by(cast.ola, self.now)
        for days in range(1, 8):
            person = cast.marek if days == 4 else cast.ola
            book(self.anna, person, self.now + timedelta(days=days), now=self.now)

    def step(self) -> str:
        """Let time pass, and one thing happen; what it was."""
        acts: list[Callable[[], object]] = [
            self._ask, self._accept, self._decide, self._decide, self._object, self._pay
        ]  # fmt: skip
        if self.random.random() < 0.6:
            return super().step()
        self.now += timedelta(minutes=self.random.choice((0, 1, 20, 60)))
        act = self.random.choice(acts)
        try:
            act()
        except MORE_REFUSALS:
            self.refused += 1
        return act.__name__

    def _person(self) -> Person:
        return self.random.choice((self.cast.ola, self.cast.ola, self.cast.marek))

    def _ruling(self) -> Ruling | None:
        crossed = Ruling.objects.of(self.practice.id).filter(verdict="crossed")
        chosen: Ruling | None = self._any(crossed.order_by("id"))
        return chosen

    def _ask(self) -> None:
        days = self.random.choice((None, None, None, 0, 20))
        holds_at = None if days is None else self.now + timedelta(days=days)
        agreeing.ask(
            practice=self.practice, person=self._person(), holds_at=holds_at, words="",
            by_mail=False, now=self._clock(),
        )  # fmt: skip

    def _accept(self) -> None:
        self._accept_by(self._person(), self._clock())

    def _accept_by(self, person: Person, now: datetime) -> None:
        standing = read_standing(practice_id=self.practice.id, person_id=person.id, now=now)
        text = read_text(self.anna, person, now=now, invitation=standing.invitation)
        agreeing.accept(
            practice=self.practice, person=person, accepted_by=person, language="pl",
            text_digest=text.digest, typed_name=person.name, evidence=EVIDENCE,
            invitation=standing.invitation, now=now,
        )  # fmt: skip

    def _decide(self) -> None:
        ruling = self._ruling()
        if ruling is not None:
            choice = self.random.choice(CHOICES)
            decide(practice=self.practice, ruling_id=ruling.id, choice=choice, now=self._clock())

    def _object(self) -> None:
        ruling = self._ruling()
        if ruling is not None:
            object_to(
                practice=self.practice, meeting_id=ruling.meeting_id, ruling_id=ruling.id,
                text="…", now=self._clock(),
            )  # fmt: skip

    def _pay(self) -> None:
        amount = self.random.choice((20_000, 50_000, 1, -1, -20_000))
        note_payment(
            practice=self.practice, person=self._person(), amount_minor=amount,
            at=self._clock(), now=self.now, id=uuid.UUID(int=self.random.getrandbits(128)),
        )  # fmt: skip
