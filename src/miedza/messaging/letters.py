"""Letters about the agreement: asking for it, and keeping a copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from miedza.messaging.composing import Button, Content, Point, greet
from miedza.practice.formats import say_full_date, say_moment, say_zone, to_local
from miedza.words.phrases import rule_values
from miedza.words.registry import RULES, say_rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from miedza.agreements.models import Acceptance, RulesVersion
    from miedza.agreements.texts import Change
    from miedza.people.models import Person
    from miedza.practice.models import Practice


def link_to(name: str, *args: object) -> str:
    """The whole address of a page."""
    return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def ask_colleague(*, name: str, leader: str, email: str, token: str) -> Content:
    """Somebody is asked to work in a practice."""
    values = {"leader": leader, "email": email}
    return Content(
        subject=_("%(leader)s asks you to work together in Miedza") % values,
        greeting=greet(name),
        paragraphs=[
            _(
                "%(leader)s asks you to work in the practice. Say yes behind the button, then sign "
                "in with this e-mail, %(email)s: a code comes to it, there is no password."
            )
            % values
        ],
        after=[
            _(
                "You have a calendar and hours of your own. Your notes are for your eyes only; "
                "people, meetings, the record and the money are seen by everybody who works "
                "there."
            ),
            _("The link works for 14 days. If you know nothing of this, do nothing."),
        ],
        button=Button(_("Say yes"), link_to("join", token)),
    )


class Asking(NamedTuple):
    """What a letter that asks for the agreement rests on."""

    rules: RulesVersion
    holds_at: datetime | None
    """From when the rules hold, in work that already runs."""
    words: str
    """The practitioner's own."""
    is_renewal: bool
    """Whether an earlier version was accepted."""
    changes: Sequence[Change]
    """What reads otherwise than in that version."""
    expires_at: datetime


def ask_to_accept(
    practice: Practice, *, person: Person, asked: Person, asking: Asking, token: str, language: str
) -> Content:
    """Please read and accept: before the work begins, in running work, or in a new version."""
    closing = [
        _("The link is for you alone and works until %(date)s. Opening it binds you to nothing.")
        % {"date": _say_day(practice, asking.expires_at)}
    ]
    if asked.id != person.id:
        closing.insert(
            0, _("You are asked because you answer for %(name)s.") % {"name": person.name}
        )
    return Content(
        subject=_say_subject(practice, asking),
        greeting=greet(asked.name),
        paragraphs=[part for part in (asking.words, *_say_why(practice, asking)) if part],
        points=_list_points(asking, language),
        button=Button(_("Read and accept"), link_to("agree", token)),
        closing=closing,
    )


def _say_subject(practice: Practice, asking: Asking) -> str:
    if asking.is_renewal:
        return _("A new version of our rules: please read")
    if asking.holds_at is not None:
        return _("From %(date)s: the rules of our meetings") % {
            "date": _say_day(practice, asking.holds_at)
        }
    return _("How we work together: please read before we begin")


def _say_why(practice: Practice, asking: Asking) -> list[str]:
    """Why this letter comes."""
    if asking.is_renewal:
        news = [_("The rules of our work have a new version.")]
        if asking.holds_at is not None:
            news.append(
                _("It holds from %(date)s.") % {"date": _say_day(practice, asking.holds_at)}
            )
        changed = _("This is what reads otherwise now:")
        return [" ".join(news), changed if asking.changes else _("In short:")]
    if asking.holds_at is not None:
        said = _(
            "We already work together, and so that it stays good for both of us, I have written "
            "down the rules of our meetings. They bind me as much as you. They hold from %(date)s; "
            "what happened before that day is not judged by them."
        )
        return [said % {"date": _say_day(practice, asking.holds_at)}, _("In short:")]
    return [
        _(
            "Before we begin, here is how we work together. The rules bind me as much as you; "
            "please read them and accept them."
        ),
        _("In short:"),
    ]


def _say_day(practice: Practice, moment: datetime) -> str:
    """The day on which something begins to hold."""
    return say_full_date(to_local(moment, practice.time_zone).date())


def _list_points(asking: Asking, language: str) -> list[Point]:
    """The rules in short, or what is new in them."""
    if asking.changes:
        return [Point(change.title, change.after) for change in asking.changes]
    return list_short_rules(asking.rules.terms, language)


def list_short_rules(terms: dict[str, Any], language: str) -> list[Point]:
    """Each rule in a line."""
    rules = terms["rules"]
    return [
        Point("", say_rule(rule, "short", language, rule_values(rule, rules, language)))
        for rule in RULES
        if rule in rules
    ]


def confirm_acceptance(
    practice: Practice, *, acceptance: Acceptance, reader: Person, text: str, has_place: bool
) -> Content:
    """The exact text that was accepted, to keep."""
    when = say_moment(acceptance.accepted_at, practice.time_zone)
    said = _(
        "On %(when)s (%(zone)s) this agreement was accepted under the name %(name)s. This is its "
        "exact text, for you to keep."
    )
    values = {"when": when, "zone": say_zone(practice.time_zone), "name": acceptance.typed_name}
    place = Button(_("Open your place"), link_to("my")) if has_place else None
    return Content(
        subject=_("Accepted: how we work together"),
        greeting=greet(reader.name),
        paragraphs=[said % values, text.strip()],
        button=place,
        closing=[
            _("Fingerprint of the text (SHA-256): %(digest)s") % {"digest": acceptance.text_digest}
        ],
    )
