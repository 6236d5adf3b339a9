"""What cancelling one meeting costs, said with its own hours and sums."""

from __future__ import annotations

from miedza.words.sentence import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from miedza.words.sentence import Texts

ALL: Texts = {
    "en": "Should you need to cancel: {steps}. The rule is no lighter for me.",
    "pl": "Gdyby trzeba było odwołać: {steps}. Dla mnie zasada nie jest łagodniejsza.",
    "ru": "Если понадобится отменить: {steps}. Для меня правило не мягче.",
}
UNTIL: Texts = {"en": "until {when} {cost}", "pl": "do {when} – {cost}", "ru": "до {when} — {cost}"}
LATER: Texts = {"en": "later {cost}", "pl": "później – {cost}", "ru": "позже — {cost}"}
ALWAYS: Texts = {
    "en": "at any time {cost}",
    "pl": "w każdej chwili – {cost}",
    "ru": "в любой момент — {cost}",
}
NOTHING: Texts = {"en": "nothing to pay", "pl": "bez opłat", "ru": "бесплатно"}


def say_costs(steps: Sequence[tuple[str, str]], language: str) -> str:
    """What cancelling costs, step by step.

    Args:
        steps: until when, and how much, empty for nothing; in order of time. The last lasts until
            the meeting begins.
        language: `en`, `pl` or `ru`.
    """
    said = []
    for index, (when, amount) in enumerate(steps):
        template = ALWAYS if len(steps) == 1 else LATER if index == len(steps) - 1 else UNTIL
        values = {"when": when, "cost": amount or NOTHING[language]}
        said.append(fill(template[language], language, values))
    return fill(ALL[language], language, {"steps": "; ".join(said)})
