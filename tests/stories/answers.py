"""An answer of Miedza, told in sentences, so that two answers are compared by reading."""

from zoneinfo import ZoneInfo

from .clock import Clock, Json, show_sum


def told_rulings(answer: Json, zone: str = "UTC") -> list[str]:
    """Tell every ruling of an answer in one sentence, in the answer's order."""
    clock = Clock(ZoneInfo(zone))
    return [told_ruling(ruling, clock) for ruling in answer["rulings"]]


def told_ruling(ruling: Json, clock: Clock) -> str:
    """Tell a ruling whole: everything that the rules fix about it is in the sentence."""
    facts = ruling["facts"]
    about = ruling.get("booking") or f"message {ruling.get('message')}"
    said = f"{clock.show(ruling['at'])} {about} of {ruling['person']}, {ruling['rule']}:"
    said += f" {ruling['by'] or 'nobody'} {ruling['verdict']} {ruling['reason']}"
    if facts.get("excused_by"):
        said += f" by {facts['excused_by']}"
    if ruling.get("minutes"):
        said += f", {ruling['minutes']} min"
    if ruling.get("amount") or ruling.get("owed_by"):
        said += f", {ruling['owed_by']} owes {show_sum(ruling['amount'])}"
    if ruling.get("step"):
        said += f", step {ruling['step']}"
    for name in ("forgiven", "missing"):
        if name in facts:
            said += f", {name} {show_sum(facts[name])}"
    if "promised_at" in facts:
        said += f", promised {clock.show(facts['promised_at'])}"
    return f"{said} ({', '.join(ruling['events']) or 'no event'})"


def told_settlements(answer: Json) -> list[str]:
    """Tell every settlement of an answer, or the one of a preview, in the answer's order."""
    settlements = answer.get("settlements")
    if settlements is None:
        settlements = [answer["settlement"]]
    return [told_settlement(settlement) for settlement in settlements]


def told_settlement(settlement: Json) -> str:
    """Tell a settlement in the words in which a story expects it."""
    sums = ", ".join(
        f"{who} {show_sum(settlement[who])}" for who in ("client", "practitioner", "paid")
    )
    uses = ", uses a session" if settlement["uses_session"] else ""
    return f"{settlement['booking']} {settlement['outcome']}: {sums}{uses}"


def told_slots(answer: Json, zone: str) -> list[str]:
    """Tell the free times of an answer as local times with their offset."""
    clock = Clock(ZoneInfo(zone))
    return [clock.show(slot) for slot in answer["slots"]]
