"""Every story of this folder is told to Miedza; the answer is compared sentence by sentence."""

import pytest

from miedza.core.documents import judge_document, preview_document, slots_document

from .reading import Story, load_stories, told_rulings, told_settlements, told_slots

STORIES = load_stories()


def _named(stories: list[Story]) -> list[object]:
    return [pytest.param(story, id=f"{story.file}: {story.name}") for story in stories]


@pytest.mark.parametrize(
    "story", _named([story for story in STORIES if story.history and not story.what_if])
)
def test_story_is_judged_as_told(story: Story) -> None:
    answer = judge_document(story.terms, story.history)

    assert told_rulings(answer, story.zone) == story.ruled
    assert told_settlements(answer) == story.settled


@pytest.mark.parametrize("story", _named([story for story in STORIES if story.what_if]))
def test_question_is_answered_before_the_step(story: Story) -> None:
    answer = preview_document(story.terms, story.history, story.what_if)

    assert answer["refused"] == story.refused
    if story.what_if and "event" in story.what_if:
        assert told_rulings(answer, story.zone) == story.ruled
        assert told_settlements(answer) == story.settled


@pytest.mark.parametrize("story", _named([story for story in STORIES if story.availability]))
def test_calendar_offers_the_free_times(story: Story) -> None:
    answer = slots_document(story.availability)

    assert told_slots(answer, story.zone) == story.free
