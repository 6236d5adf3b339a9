"""The history that a person's record is taken away with: what `miedza judge --lines` reads."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from miedza.people.actions import change_person
from tests.cast import ANNAS_TERMS, book, publish_rules, tell
from tests.web.hostile import NAMES
from tests.web.judging import judge_export
from tests.web.pages import present

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.pages import Stage


def _export(client: Client, person: Any) -> Any:
    return client.get(reverse("export_history", args=[person.id]))


def test_export_is_a_file_of_lines(stage: Stage, anna: Client) -> None:
    response = _export(anna, stage.mine.person)

    assert response["Content-Type"] == "application/jsonl"
    assert response["Content-Disposition"] == 'attachment; filename="history.jsonl"'
    (line,) = response.content.splitlines()
    case = json.loads(line)
    assert case["terms"] == ANNAS_TERMS
    assert len(case["history"]["bookings"]) == 4


def test_export_of_nothing_is_empty(stage: Stage, cast: Cast, anna: Client) -> None:
    assert _export(anna, cast.marek).content == b""


def test_export_holds_one_line_for_each_version(cast: Cast, anna: Client) -> None:
    start = present() + timedelta(days=200)  # Nothing of the stage is so far ahead.
    book(cast.anna, cast.marek, start, now=present() - timedelta(hours=1))
    terms = {**ANNAS_TERMS, "rules": {**ANNAS_TERMS["rules"], "missed": {"percent": 10}}}
    publish_rules(cast.anna, terms, now=present() - timedelta(minutes=30))
    book(cast.anna, cast.marek, start + timedelta(days=1), now=present())

    lines = _export(anna, cast.marek).content.splitlines()

    assert [json.loads(line)["terms"]["rules"]["missed"] for line in lines] == [
        {"percent": 100}, {"percent": 10},
    ]  # fmt: skip


def test_command_reads_the_export(stage: Stage, anna: Client) -> None:
    exported = _export(anna, stage.mine.person).content

    done = subprocess.run(
        [sys.executable, "-c", "from miedza.cli import main; main()", "judge", "--lines"],
        input=exported, capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (answer,) = (json.loads(line) for line in done.stdout.splitlines())
    rulings, settlement = judge_export(anna, stage.mine.missed)
    assert [r for r in answer["rulings"] if r["booking"] == str(stage.mine.missed.id)] == rulings
    assert settlement in answer["settlements"]
    assert settlement["client"] == 20_000


def test_export_holds_no_words_of_anybody(stage: Stage, cast: Cast, anna: Client) -> None:
    tell(cast.anna, stage.mine.missed, "incident", "client", present(), text="canary words")

    text = _export(anna, stage.mine.person).content.decode()

    for secret in ("canary", "shy", "Ola", "Żółć", "Настя"):
        assert secret not in text


def test_export_of_a_hostile_name_has_quiet_headers(stage: Stage, anna: Client) -> None:
    person = stage.mine.person
    for name in NAMES:
        change_person(
            practice=stage.mine.practitioner.practice, person=person, name=name,
            email="", phone="", language="pl", what_for="", usual_minutes=60, usual_price_minor=0,
        )  # fmt: skip
        response = _export(anna, person)
        assert response["Content-Disposition"] == 'attachment; filename="history.jsonl"'
        assert response["X-Content-Type-Options"] == "nosniff"
