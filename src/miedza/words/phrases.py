"""What the sentences about a rule may name: its fields, and phrases made ready from them."""

from __future__ import annotations

from miedza.words.community import COMMENTS, DIRECT_MESSAGES
from miedza.words.confidentiality import RECORDING
from miedza.words.phrasebook import (
    AND,
    CAUSES,
    CLOSING,
    COSTS,
    CROSSINGS,
    DAYS,
    DUE,
    FORGIVEN,
    FORGIVEN_START,
    LADDER,
    LATER_DAYS,
    NOTICE,
    REQUESTS,
    REVIEW,
    TIERS,
    TIMES,
    UNPAID,
)
from miedza.words.sentence import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    Rule: TypeAlias = Mapping[str, Any]
    Rules: TypeAlias = Mapping[str, Rule]
    Phrases: TypeAlias = dict[str, object]


def rule_values(rule: str, terms_rules: Rules, language: str) -> Phrases:
    """Make the values that the sentences about a rule may name.

    The forms of the rule and the forms `long`, `short`, `line` of its rulings take them; the form
    `reason` takes what the ruling itself says.

    Args:
        rule: its name; it stands in the terms.
        terms_rules: the rules of the terms by name, as they bind one side.
        language: `en`, `pl` or `ru`.

    Returns:
        The fields of the rule by name, and the phrases; a field that is a list is its phrase.

    Raises:
        KeyError: the terms do not have the rule.
    """
    fields = terms_rules[rule]
    make = _MAKERS.get(rule)
    return {**fields} if make is None else {**fields, **make(fields, terms_rules, language)}


def _times(number: int, language: str) -> str:
    """How often: "once", "3 times"."""
    forms = TIMES[language]
    return fill(forms[min(number, len(forms) - 1)], language, {"number": number})


def say_notice(minutes: int, language: str) -> str:
    """How long before the start something was said, below 0 after it: "22 hours before"."""
    after, hardly, ahead = NOTICE[language]
    form = after if minutes < 0 else hardly if minutes < 60 else ahead
    return fill(form, language, {"hours": minutes // 60})


def _list(items: Sequence[str], language: str) -> str:
    """A list in a sentence: "a, b and c"."""
    *most, last = items
    return f"{', '.join(most)} {AND[language]} {last}" if most else last


def _session(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """With how many requests a meeting works; without the field, with any number."""
    number = rule.get("requests")
    forms = REQUESTS[language]
    form = forms[2] if number is None else forms[0 if number == 1 else 1]
    return {"requests_phrase": fill(form, language, {"number": number})}


def _missed(_rule: Rule, rules: Rules, _language: str) -> Phrases:
    """How long each side waits; without the rule `lateness`, as long as a meeting."""
    minutes: int = rules["session"]["minutes"]
    return {"wait_minutes": rules.get("lateness", {}).get("wait_minutes", minutes)}


def _cancellation(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """The tiers in words, the hours up to which cancelling is free, and the most it costs."""
    tiers = rule["tiers"]
    free = [tier["hours"] for tier in tiers if tier["percent"] == 0]
    words = TIERS[language]
    said = []
    for index, tier in enumerate(tiers):
        when = "any" if len(tiers) == 1 else "less" if index == len(tiers) - 1 else "from"
        cost = words["some" if tier["percent"] else "none"]
        before = tiers[max(index - 1, 0)]["hours"]
        said.append(fill(words[when] + cost, language, {**tier, "before": before}))
    most = max(tier["percent"] for tier in tiers)
    hours = free[-1] if free else 0
    kind = "never" if not free else "later" if most else "always"
    return {
        "tiers": "; ".join(said),
        "free_hours": hours,
        "most_percent": most,
        "cost_phrase": fill(COSTS[language][kind], language, {"hours": hours, "percent": most}),
    }


def _payment(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """When the price is due, and what becomes of a place that is not paid for."""
    due = rule["due"]
    hours = rule.get("hours", 0)
    when = due if hours or due == "at_booking" else f"{due}_at_once"
    unpaid = rule.get("unpaid", "keep") if due == "before_session" else due
    return {
        "hours": hours,
        "due_phrase": fill(DUE[when][language], language, {"hours": hours}),
        "unpaid_phrase": UNPAID[unpaid][language],
    }


def _messages(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """The hours for messages: "Mon–Thu 9:00–12:00, 13:00–17:00; Fri 9:00–12:00"."""
    groups: dict[str, list[int]] = {}
    for index, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        if day in rule["windows"]:
            clocks = ", ".join(_clocks(*window) for window in rule["windows"][day])
            groups.setdefault(clocks, []).append(index)
    return {"windows": "; ".join(f"{_days(d, language)} {clocks}" for clocks, d in groups.items())}


def _clocks(start: str, end: str) -> str:
    """A window: "9:00–17:00"."""
    return "–".join(clock[1:] if clock.startswith("0") else clock for clock in (start, end))


def _days(indices: Sequence[int], language: str) -> str:
    """Days of the week, those in a row as one: "Mon–Wed, Fri"."""
    names = DAYS[language]
    rows: list[list[int]] = []
    for index in indices:
        if rows and rows[-1][-1] == index - 1:
            rows[-1].append(index)
        else:
            rows.append([index])
    said = []
    for row in rows:
        first, last = names[row[0]], names[row[-1]]
        said.append(f"{first}–{last}" if len(row) > 2 else ", ".join(names[day] for day in row))
    return ", ".join(said)


def _engagement(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """When both look back, and the closing, which begins with a space where there is one."""
    every = rule["review_every"]
    review = fill(REVIEW[language][0 if every == 1 else 1], language, {"number": every})
    closing = f" {CLOSING[language]}" if rule["closing_session"] else ""
    return {"review_phrase": review, "closing_phrase": closing}


def _hardship(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """The causes, and how often they are forgiven; the practice's own words stay as they are."""
    known = CAUSES[language]
    return {
        "causes": ", ".join(known.get(cause, cause) for cause in rule["causes"]),
        "times_phrase": _times(rule["times"], language),
    }


def _goodwill(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """What is forgiven and how often, also where nothing is, and the steps after that."""
    known = CROSSINGS[language]
    rules = rule.get("rules", tuple(known))
    said = ", ".join(known.get(name, name) for name in rules)
    forgiven = rule["forgiven"]
    values = {"times": _times(forgiven, language), "days": rule["days"], "rules": said}
    form = 0 if forgiven == 0 else 1 if len(rules) == 1 else 2
    return {
        "rules": said,
        "ladder": ", ".join(LADDER[language].get(step, step) for step in rule["ladder"]),
        "forgiven_phrase": fill(FORGIVEN[language][form], language, values),
        "forgiven_start": fill(FORGIVEN_START[language][min(form, 1)], language, values),
    }


def _community(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """How comments are kept and what direct messages are for, a sentence each."""
    return {
        "comments_phrase": COMMENTS[rule["comments"]][language],
        "direct_messages_phrase": DIRECT_MESSAGES[rule["direct_messages"]][language],
    }


def _confidentiality(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """Whether meetings are recorded, as a sentence and as a part of one."""
    sentence = RECORDING[rule["recording"]][language]
    clause = sentence[0].lower() + sentence[1:].removesuffix(".")
    return {"recording_phrase": sentence, "recording_clause": clause}


def _aftercare(rule: Rule, _rules: Rules, language: str) -> Phrases:
    """The days after the end: "21, 90 and 180 days"; the last one gives the word its form."""
    *most, last = rule["check_in_days"]
    end = fill(LATER_DAYS[language], language, {"number": last})
    return {"check_in_days": _list([*map(str, most), end], language)}


_MAKERS: dict[str, Callable[[Rule, Rules, str], Phrases]] = {
    "session": _session,
    "missed": _missed,
    "cancellation": _cancellation,
    "payment": _payment,
    "messages": _messages,
    "engagement": _engagement,
    "hardship": _hardship,
    "goodwill": _goodwill,
    "community": _community,
    "confidentiality": _confidentiality,
    "aftercare": _aftercare,
}
"""The rules whose sentences name more than fields."""
