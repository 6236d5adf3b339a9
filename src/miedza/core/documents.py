"""Documents: JSON-shaped questions in, JSON-shaped answers out."""

from __future__ import annotations

from miedza.core.faults import InvalidDocument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from miedza.core.history import History
    from miedza.core.terms import Terms


def judge_document(terms: object, history: object) -> dict[str, Any]:
    """Answer `{"rulings": …, "settlements": …}`.

    Args:
        terms: the terms, as parsed from JSON.
        history: the history, as parsed from JSON.

    Raises:
        InvalidDocument: with every fault of both.
    """
    from miedza.core.judgement import judge

    return judge(*_read_both(terms, history)).as_document()


def preview_document(terms: object, history: object, what_if: object) -> dict[str, Any]:
    """Answer `{"rulings": …, "settlement": …, "refused": …}` for a step not yet taken.

    Raises:
        InvalidDocument: with every fault of terms and history, or else of the question.
    """
    from miedza.core.preview import preview_request, preview_step
    from miedza.core.questions import Step, read_what_if

    known_terms, known_history = _read_both(terms, history)
    question = read_what_if(what_if, known_history)
    if isinstance(question, Step):
        return preview_step(known_terms, known_history, question).as_document()
    return preview_request(known_terms, known_history, question).as_document()


def slots_document(availability: object) -> dict[str, Any]:
    """Answer `{"slots": […]}`: the starts that are free.

    Raises:
        InvalidDocument: with every fault.
    """
    from miedza.core.availability import read_availability
    from miedza.core.instants import format_instant
    from miedza.core.slots import find_slots

    found = find_slots(read_availability(availability))
    return {"slots": [format_instant(start) for start in found]}


def _read_both(terms: object, history: object) -> tuple[Terms, History]:
    """Read terms and history; refuse both together, so that all faults are told at once."""
    from miedza.core.reading import read_history
    from miedza.core.terms import read_terms

    faults: list[str] = []
    known_terms: Terms | None = None
    known_history: History | None = None
    try:
        known_terms = read_terms(terms)
    except InvalidDocument as refusal:
        faults.extend(refusal.faults)
    try:
        known_history = read_history(history)
    except InvalidDocument as refusal:
        faults.extend(refusal.faults)
    if known_terms is None or known_history is None:
        raise InvalidDocument(faults)
    return known_terms, known_history
