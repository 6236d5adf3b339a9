"""The reader of the stories understands all of them, and stops at what it does not understand."""

from pathlib import Path

import pytest

from .clock import NotUnderstoodError
from .reading import load_stories, told_rulings

STORY = """
- story: {story}
  terms: tutor
  told:
    - lesson b1 of Ola on 2026-10-05 at 15:00, 60 minutes for 2000.00
    - {told}
  by: 2026-10-07 12:00
  ruled:
    - {ruled}
  settled:
    - {settled}
"""
UNDERSTOOD = {
    "story": "Late",
    "told": "15:12:30 client arrived",
    "ruled": "15:12:30 lateness: client crossed late, 13 minutes, step remind",
    "settled": "b1 open: client 0.00, practitioner 0.00, paid 0.00",
}
REASONS = """
    cancelled_in_time late_cancel missed did_not_wait attendance_unclear moved_in_time late_move
    too_many_moves on_time late agreed_overtime overran free_overran time_owed ended_in_time
    end_not_recorded parked incident unpaid answer_later late_reply replied_out_of_hours
"""


def _write(folder: Path, **changed: str) -> Path:
    text = STORY.format(**{**UNDERSTOOD, **changed})
    (folder / "late.yaml").write_text(text, encoding="utf-8")
    return folder


def test_story_becomes_documents_and_sentences(tmp_path: Path) -> None:
    (story,) = load_stories(_write(tmp_path))

    assert story.history == {
        "bookings": [
            {
                "id": "b1",
                "person": "Ola",
                "start": "2026-10-05T15:00:00+03:00",
                "minutes": 60,
                "price": 200000,
                "kind": "paid",
                "events": [
                    {
                        "id": "x01",
                        "type": "arrived",
                        "by": "client",
                        "at": "2026-10-05T15:12:30+03:00",
                    }
                ],
            }
        ],
        "messages": [],
        "as_of": "2026-10-07T12:00:00+03:00",
    }
    (ruled,) = story.ruled
    assert ruled == (
        "2026-10-05 15:12:30+03:00 b1 of Ola, lateness: client crossed late, 13 min,"
        " step remind (x01)"
    )


def test_answer_is_told_with_whatever_does_not_belong() -> None:
    ruling = {
        "rule": "lateness", "by": "client", "person": "Ola", "booking": "b1", "events": [],
        "at": "2026-10-05T12:12:30Z", "verdict": "crossed", "reason": "late", "minutes": 13,
        "amount": 0, "owed_by": "client", "step": None, "facts": {"late_minutes": 13},
    }  # fmt: skip

    (told,) = told_rulings({"rulings": [ruling]})

    assert told == (
        "2026-10-05 12:12:30+00:00 b1 of Ola, lateness: client crossed late, 13 min,"
        " client owes 0.00 (no event)"
    )


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("told", "15:12 client wandered in"),
        ("told", "15:12 somebody arrived"),
        ("told", "at noon client arrived"),
        ("ruled", "15:12:30 lateness: client late by 13 minutes"),
        ("ruled", "15:12:30 lateness: client crossed late, 13 minutes, much to regret"),
        ("ruled", "15:13 lateness: client crossed late, 13 minutes"),
        ("ruled", "b2 15:12:30 lateness: client crossed late, 13 minutes"),
        ("settled", "b1 open: nobody owes anything"),
    ],
)
def test_sentence_without_meaning_stops_the_reader(
    tmp_path: Path, part: str, sentence: str
) -> None:
    folder = _write(tmp_path, **{part: sentence})

    with pytest.raises(NotUnderstoodError) as stopped:
        load_stories(folder)

    assert str(stopped.value).startswith(f"late.yaml: Late: not understood: {sentence!r}")


def test_stories_tell_every_reason_a_ruling_can_have() -> None:
    told = {
        sentence.partition(": ")[2].split(" ")[2].rstrip(",")
        for story in load_stories()
        for sentence in story.ruled
    }

    assert told == set(REASONS.split())


def test_stories_have_names_of_their_own() -> None:
    names = [(story.file, story.name) for story in load_stories()]

    assert len(names) == len(set(names))
