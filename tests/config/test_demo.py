"""The example practices: a year drawn from a seed, the same again, and true to the rules."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from miedza.agreements.models import Acceptance
from miedza.cli.demo import build_demo, list_signs
from miedza.cli.demo_casts import COACH, PSYCHOLOGIST, SCENES, TUTOR
from miedza.ledger.balance import take_balance
from miedza.ledger.measuring import read_measured, sum_measured
from miedza.ledger.records import read_many
from miedza.messaging.actions import claim_mail
from miedza.messaging.models import WITHDRAWN, Mail
from miedza.messaging.queries import count_given_up
from miedza.people.models import Relation
from miedza.practice.queries import find_user, list_doors

NOW = datetime(2026, 11, 18, 13, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _build(seed: int) -> dict[str, Any]:
    """Build the examples, sum them up, and leave nothing behind."""
    with transaction.atomic():
        build_demo(language="en", now=NOW, seed=seed)
        told = {email: _sum_up(email) for email in (TUTOR, PSYCHOLOGIST, COACH)}
        transaction.set_rollback(True)
    return told


def _sum_up(email: str) -> dict[str, Any]:
    user = find_user(email=email)
    assert user is not None
    assert user.practice_id is not None
    record = read_many(practice_id=user.practice_id)
    rulings = Counter((r.reason, r.by, r.verdict) for r in record.each_ruling())
    figures = sum_measured(read_measured(record, {})).figures
    return {
        "rulings": rulings,
        "outcomes": Counter(each.outcome for each in record.settlements.values()),
        "balance": take_balance(record),
        "figures": figures,
        "waiting": Counter(r.reason for r in record.each_ruling() if record.is_waiting(r)),
        "answers": (len(record.waivers), len(record.decisions), len(record.objections)),
        "accepted": Acceptance.objects.of(user.practice_id).count(),
        "beside": sorted(Relation.objects.of(user.practice_id).values_list("kind", flat=True)),
    }


def test_same_seed_makes_the_same_year_and_another_another() -> None:
    first, again, other = _build(7), _build(7), _build(8)

    assert first == again
    assert first != other


def test_year_holds_what_the_story_tells() -> None:
    told = _build(7)[TUTOR]

    reasons = {reason for reason, _by, _verdict in told["rulings"]}
    assert {"late", "missed", "late_cancel", "agreed_overtime", "time_owed", "overran"} <= reasons
    assert told["rulings"]["late", "client", "excused"]
    assert told["rulings"]["missed", "client", "crossed"]
    assert told["outcomes"]["held"] > 80
    assert told["answers"][0] == 1
    assert told["answers"][1] > 3
    assert told["answers"][2] == 1
    assert told["waiting"]["missed"] >= 1
    assert told["beside"] == ["guardian", "payer"]
    assert told["accepted"] == 4
    assert told["figures"].waited.practitioner > 60


def test_everybody_who_is_named_can_sign_in_and_no_mail_goes() -> None:
    build_demo(language="ru", now=NOW)

    for sign in list_signs("ru"):
        user = find_user(email=sign.email)
        assert user is not None, sign
        assert (user.practice_id is not None) == (sign.role == "practitioner")
        assert sign.role == "practitioner" or list_doors(user_id=user.pk)
    assert claim_mail(now=NOW + timedelta(days=365)) is None
    told = Mail.objects.values_list("sent_at", "last_error", "sealed_text")
    assert {(*said, bytes(sealed)) for *said, sealed in told} == {(None, WITHDRAWN, b"")}
    assert count_given_up(since=NOW) == 0
    assert {len(scene.casts) for scene in SCENES.values()} == {3}
