"""Every question that queries and actions put to the database names its practice by a constant.

Each public function of every app is called for one practice, and every statement it sends is read.
A new function fails the test until it stands among the calls.
"""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection

import miedza
from miedza.db.tenancy import TenantModel
from tests.db.calls import CALLS
from tests.db.sql_scopes import find_unpinned
from tests.db.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

TENANTS = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
APPS = ("practice", "people", "agreements", "ledger", "messaging", "bookings")
KINDS = (
    "queries", "actions", "judging", "accepting", "records", "deciding", "offering", "by_clients",
    "agreeing", "telling", "reminding", "paying", "objecting", "checking", "lateness", "ordering",
    "foreseeing", "rejudging", "hours", "reserving", "addressing", "entering",
)  # fmt: skip
"""The modules of an app that ask the database or write to it."""
ACROSS_PRACTICES = {
    "agreements.accepting.let_no_link_enter": ["agreements_invitation"],
    "bookings.judging.judge_due": ["bookings_booking"],
    "bookings.reminding.remind_due": ["bookings_booking"],
}
"""The clock's scans for what is due, in all practices, apart from every change; a restore."""


def _list_functions() -> set[str]:
    """Every public function of every app that asks the database or writes to it."""
    names = set()
    for app in APPS:
        for kind in KINDS:
            if not find_spec(f"miedza.{app}.{kind}"):
                continue
            module = import_module(f"miedza.{app}.{kind}")
            names |= {
                f"{app}.{kind}.{name}"
                for name, function in vars(module).items()
                if inspect.isfunction(function)
                and not name.startswith("_")
                and function.__module__ == module.__name__
            }
    return names


def test_every_function_is_called_here() -> None:
    assert set(CALLS) == _list_functions()


@pytest.mark.parametrize("name", sorted(CALLS))
def test_function_pins_the_practice_in_every_question(cast: Cast, name: str) -> None:
    stage = Stage(cast)
    statements: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        CALLS[name](stage)

    unpinned = [table for sql in statements for table in find_unpinned(sql, TENANTS)]
    assert unpinned == ACROSS_PRACTICES.get(name, [])


def test_few_ask_across_practices() -> None:
    """`across` makes rows, since an INSERT asks nothing; it answers in few places only."""
    uses = []
    package = Path(miedza.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(
                    value=ast.Attribute(attr="across" | "_base_manager" | "_default_manager")
                ):
                    uses.append((path.relative_to(package).as_posix(), node.attr))

    assert [use for use in uses if use[1] not in ("create", "bulk_create")] == [
        ("agreements/accepting.py", "filter"),  # A restore, of the whole installation.
        ("bookings/judging.py", "filter"),  # The clock,
        ("bookings/reminding.py", "filter"),  # twice.
        ("cli/backup.py", "exists"),  # The backup is of the whole installation, and so is
        ("db/checking.py", "filter"),  # what looks for links that leave a practice.
        ("db/checking.py", "filter"),
        ("db/tables.py", "order_by"),
    ]
