"""Every question that queries and actions put to the database names its practice by a constant.

Each public function of every app is called for one practice, and every statement it sends is read.
A new function fails the test until it stands among the calls.
"""

from __future__ import annotations

import ast
import copy
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, transaction

import miedza
from miedza.db.tenancy import TenantModel
from tests.cast import make_cast
from tests.db.calls import CALLS, OF_TIMES
from tests.db.sql_scopes import find_unpinned
from tests.db.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

TENANTS = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
APPS = ("practice", "people", "agreements", "ledger", "calendars", "messaging", "bookings")
KINDS = (
    "queries", "actions", "judging", "accepting", "records", "deciding", "offering", "by_clients",
    "agreeing", "telling", "reminding", "paying", "objecting", "checking", "lateness", "ordering",
    "foreseeing", "rejudging", "hours", "reserving", "addressing", "entering", "choosing",
    "taking", "services", "limits", "groups", "grouping", "keeping", "holding", "wishing",
    "proposing", "waiting", "offers", "lapsing", "series", "telling_of_times", "entries",
    "inviting", "week", "learning", "spans", "joining", "leaving", "reclocking", "shifting",
    "beside", "access", "showing",
)  # fmt: skip
"""The modules of an app that ask the database or write to it."""
ACROSS_PRACTICES = {
    "agreements.accepting.let_no_link_enter": ["agreements_invitation"],
    "bookings.judging.judge_due": ["bookings_booking"],
    "bookings.reminding.remind_due": ["bookings_booking"],
    "bookings.lapsing.lapse_due": ["bookings_kept", "U0"],
    "bookings.lapsing.offer_waited_for": ["bookings_waiting"],
    "bookings.waiting.list_practitioners_waited_for": ["bookings_waiting"],
    "calendars.actions.claim_source": ["calendars_source", "calendars_source"],
    "calendars.showing.claim_shown": ["calendars_shown", "calendars_shown"],
    "calendars.showing.mark_shown": ["calendars_shown", "calendars_shown"],
    "calendars.showing.mark_unshown": ["calendars_shown", "calendars_shown"],
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


@pytest.fixture(scope="module")
def bare(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The stage, set once for all functions: each test rolls back what it did itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Stage(make_cast())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def full(bare: Stage, django_db_blocker: DjangoDbBlocker) -> Stage:
    """The same, with all that is on offer, kept, waited for and shown elsewhere."""
    stage = copy.deepcopy(bare)
    with django_db_blocker.unblock():
        assert stage.answered() is stage
    return stage


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(CALLS.keys() - OF_TIMES.keys()))
def test_function_pins_the_practice_in_every_question(bare: Stage, name: str) -> None:
    assert _find_unpinned(bare, name) == ACROSS_PRACTICES.get(name, [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(CALLS))
def test_function_pins_the_practice_where_times_are_kept(full: Stage, name: str) -> None:
    assert _find_unpinned(full, name) == ACROSS_PRACTICES.get(name, [])


def _find_unpinned(stage: Stage, name: str) -> list[str]:
    """The tables that a function asks about in all practices."""
    statements: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        CALLS[name](copy.deepcopy(stage))
    return [table for sql in statements for table in find_unpinned(sql, TENANTS)]


def test_few_ask_across_practices() -> None:
    """`across` makes rows, since an INSERT asks nothing; it answers in few places only.

    A migration changes the whole installation.
    """
    uses = []
    package = Path(miedza.__file__).parent
    for path in sorted(set(package.rglob("*.py")) - set(package.glob("*/migrations/*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(
                    value=ast.Attribute(attr="across" | "_base_manager" | "_default_manager")
                ):
                    uses.append((path.relative_to(package).as_posix(), node.attr))

    assert [use for use in uses if use[1] not in ("create", "bulk_create")] == [
        ("agreements/accepting.py", "filter"),  # A restore, of the whole installation.
        ("bookings/judging.py", "filter"),  # The clock:
        ("bookings/lapsing.py", "filter"),  # what was kept until now,
        ("bookings/lapsing.py", "filter"),  # and waits for an answer,
        ("bookings/reminding.py", "filter"),  # who is to be reminded,
        ("bookings/waiting.py", "filter"),  # who waits,
        ("calendars/actions.py", "filter"),  # what is to be read elsewhere,
        ("calendars/showing.py", "filter"),  # and what is to be written.
        ("cli/backup.py", "exists"),  # The backup is of the whole installation, and so is
        ("db/checking.py", "filter"),  # what looks for links that leave a practice.
        ("db/checking.py", "filter"),
        ("db/tables.py", "order_by"),
    ]
