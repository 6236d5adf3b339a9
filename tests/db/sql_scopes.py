"""Reads a statement and says which tenant tables it asks without pinning the practice.

Each SELECT, UPDATE and DELETE is a scope of its own, in subqueries and in a UNION too. In every
scope each tenant table must be held to a constant practice, by itself or by an equation with a
table that is. Where a scope has one table alone, its columns may go without its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Node: TypeAlias = "str | list[Node]"

_TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|%s|<>|[<>!]=|\w+|\S""")
_AFTER_WHERE = {"GROUP", "ORDER", "LIMIT", "OFFSET", "FOR", "HAVING", "RETURNING", "WINDOW"}
_NO_ALIAS = _AFTER_WHERE | {
    "WHERE",
    "INNER",
    "LEFT",
    "JOIN",
    "ON",
    "SET",
    "CROSS",
    "RIGHT",
    "USING",
    "UNION",
}
_ONLY = ""
"""Stands for the only table of a scope, where a column goes without a name."""


def find_unpinned(sql: str, tenants: Collection[str]) -> list[str]:
    """The tenant tables, by alias, that some scope of a statement asks about in all practices."""
    found = []
    for scope in _scopes(_parse(sql)):
        tables = list(_tables(scope))
        aliases = {alias for alias, table in tables if table in tenants}
        pinned, equal = _conditions(scope)
        if _ONLY in pinned and len(tables) == 1:
            pinned |= aliases
        grown = True
        while grown:
            more = {a for pair in equal if pair & pinned for a in pair} - pinned
            pinned |= more
            grown = bool(more)
        found.extend(sorted(aliases - pinned))
    return found


def _parse(sql: str) -> list[Node]:
    """The tokens of a statement, nested as its parentheses are."""
    stack: list[list[Node]] = [[]]
    for token in _TOKEN.findall(sql):
        if token == "(":
            stack.append([])
        elif token == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(token.strip('"'))
    return stack[0]


def _scopes(nodes: list[Node]) -> Iterator[list[Node]]:
    """Every part that asks something, the whole first."""
    for part in _split(nodes, "UNION"):
        scope = part[1:] if part[:1] == ["ALL"] else part
        if scope and scope[0] in ("SELECT", "UPDATE", "DELETE"):
            yield scope
    for node in nodes:
        if isinstance(node, list):
            yield from _scopes(node)


def _tables(scope: list[Node]) -> Iterator[tuple[str, str]]:
    """The tables of a scope: what each is called, and which it is."""
    for index, node in enumerate(scope[:-1]):
        after = scope[index + 1]
        if node in ("FROM", "JOIN") or (node == "UPDATE" and index == 0):
            if not isinstance(after, str):
                continue
            alias = scope[index + 2] if index + 2 < len(scope) else None
            named = isinstance(alias, str) and re.fullmatch(r"\w+", alias)
            yield ((str(alias), after) if named and alias not in _NO_ALIAS else (after, after))


def _conditions(scope: list[Node]) -> tuple[set[str], list[set[str]]]:
    """What WHERE and the joins of a scope pin, and what they equate."""
    pinned: set[str] = set()
    equal: list[set[str]] = []
    if "WHERE" in scope:
        start = scope.index("WHERE") + 1
        ends = [i for i, node in enumerate(scope) if i > start and str(node) in _AFTER_WHERE]
        pinned, equal = _judge(scope[start : min(ends, default=len(scope))])
    for index, node in enumerate(scope[:-1]):
        after = scope[index + 1]
        if node == "ON" and isinstance(after, list):
            more, joined = _judge(after)
            pinned, equal = pinned | more, equal + joined
    return pinned, equal


def _judge(condition: list[Node]) -> tuple[set[str], list[set[str]]]:
    """What a condition pins whenever it is true."""
    branches = _split(condition, "OR")
    if len(branches) > 1:
        return set.intersection(*(_judge(branch)[0] for branch in branches)), []
    pinned: set[str] = set()
    equal: list[set[str]] = []
    for part in _split(condition, "AND"):
        match part:
            case [list() as inner] if inner[:1] != ["SELECT"]:
                more, joined = _judge(inner)
                pinned, equal = pinned | more, equal + joined
            case [str() as alias, ".", "practice_id", "=", str() as value] if _is_constant(value):
                pinned.add(alias)
            case ["practice_id", "=", str() as value] if _is_constant(value):
                pinned.add(_ONLY)
            case [str() as a, ".", "practice_id", "=", [str() as b, ".", "practice_id"]]:
                equal.append({a, b})
            case [str() as a, ".", "practice_id", "=", str() as b, ".", "practice_id"]:
                equal.append({a, b})
    return pinned, equal


def _is_constant(value: str) -> bool:
    return value == "%s" or value.startswith("'")


def _split(nodes: list[Node], word: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node == word:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts
