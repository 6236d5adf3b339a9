"""How things look: icons, and fields with their faults tied to them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from miedza.web.once import FIELD, hand_out
from miedza.words.registry import say_title

if TYPE_CHECKING:
    from django.forms import BoundField

register = template.Library()

_NUMBER = re.compile(r'(<input type="number"[^>]*>)([^ \n\t<]+)')
ICONS = Path(__file__).resolve().parent.parent / "assets" / "icons"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon, drawn in the colour of its text; the text beside it says what it means."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    drawing = re.search(r"<svg[^>]*>(.*?)</svg>", svg, re.DOTALL)
    inner = drawing[1].strip() if drawing else ""
    return mark_safe(  # noqa: S308 - our own files, no text of anybody's.
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{inner}</svg>"
    )


@register.simple_tag(takes_context=True)
def once(context: dict[str, Any]) -> SafeString:
    """What makes a form sent twice count once."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD, hand_out(context["request"])
    )


class Unbroken(template.Node):
    """Text whose numbers keep what follows them on their line: browsers break at every field."""

    def __init__(self, inside: template.NodeList) -> None:
        """Take what stands inside."""
        self.inside = inside

    def render(self, context: template.Context) -> SafeString:
        """Bind each number to its unit, its comma or its full stop."""
        text = self.inside.render(context)
        return mark_safe(_NUMBER.sub(r'<span class="unbroken">\1\2</span>', text))  # noqa: S308 - rendered by Django.


@register.tag
def unbroken(parser: template.base.Parser, token: template.base.Token) -> Unbroken:
    """Keep numbers and what follows them together, up to `endunbroken`."""
    del token
    inside = parser.parse(("endunbroken",))
    parser.delete_first_token()
    return Unbroken(inside)


@register.simple_tag
def rule_title(rule: str) -> str:
    """What a rule is called, as in the agreement."""
    return say_title(rule, (get_language() or "en")[:2])


@register.simple_tag
def control(field: BoundField, suffix: str = "") -> SafeString:
    """A field's control, tied to its hint and its faults for those who cannot see them.

    Args:
        field: the field.
        suffix: where a form stands on a page more than once, what makes its ids differ.
    """
    name = f"{field.auto_id}-{suffix}" if suffix else field.auto_id
    attrs: dict[str, str | bool] = {"id": name}
    described = []
    if field.help_text:
        described.append(f"{name}-hint")
    if field.errors:
        attrs["aria-invalid"] = "true"
        described.append(f"{field.auto_id}-errors")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)
