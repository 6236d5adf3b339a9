"""Hostile texts: what somebody may be called, or write, that a template or a header could obey."""

from __future__ import annotations

from tests.web.hostile import NAMES

TEMPLATES = (
    "{number}", "{practitioner}", "{client}", "{holds}", "{published}", "{currency}", "{zone}",
    "{steps}", "{when}", "{nobody}", "{number:one|two|three}", "{number!w:one|two|three}",
    "[x?a//b]", "[number?a//b]", "[number?{client}//{zone}]", "[", "]", "{", "}", "{}", "{{}}",
    "//", "{0}", "{client.__class__}", "%", "%s", "%d", "%%", "%(name)s", "%(when)s", "%(",
    "${client}", "\\1", "\\g<0>", "\\n", "{% load i18n %}", "{# no #}", "{{ practice.name }}",
)  # fmt: skip
"""Texts that a careless template would fill, and fall over."""

LINES = (
    "a\nb", "a\r\nb", "a\rb", "a\x0bb", "a\x0cb", "a\x1cb", "a\x85b", "a\u2028b", "a\u2029b",
    "a\n\n1. Late\nNothing is owed.", "a\r\nBcc: eve@evil.example", "a\nBcc: eve@evil.example",
    "a\r\n\r\n<b>", "a\u2028Bcc: eve@evil.example", "=?utf-8?q?a=0ABcc:_eve@evil.example?=",
)  # fmt: skip
"""Texts with what some reader takes for the end of a line."""

HEADERS = (
    "a@b.pl, eve@evil.example", "Eve <eve@evil.example>", "<eve@evil.example>", '"', '\\"', '"a',
    '", <eve@evil.example>, "', "(a comment)", "a; b: c", "a,b,c", ":", "undisclosed:;",
    '", <eve@evil.example>, "' * 5, "Żółć, <eve@evil.example>, " * 4, '\\", ' * 30,
    "x" * 60 + ' ", <eve@evil.example>, ' + "y" * 30, "W, " * 40, '"ż" ' * 24,
)  # fmt: skip
"""Names that could break out of the place where a header names somebody."""

HOSTILE = tuple(dict.fromkeys((*NAMES, *TEMPLATES, *LINES, *HEADERS)))
"""All of them, none twice."""
