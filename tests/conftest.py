"""What all tests share: the database they run on, and the standing cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections

from tests.cast import BOOKED, Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from miedza.practice.models import Practitioner

COMMITTING = {"transactional_db", "live_server", "django_db_serialized_rollback"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """On SQLite, test in a file: threads and processes share it, as they do in the product."""
    settings = connections["default"].settings_dict
    if connection.vendor == "sqlite":
        settings["TEST"]["NAME"] = str(settings["NAME"])


@pytest.fixture(autouse=True)
def _empty_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """Erase what a test has committed; Django's own flush would be refused by the ledger."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    commits = commits or bool(COMMITTING & set(request.fixturenames))
    if commits:
        request.getfixturevalue("transactional_db")
    yield
    if commits:
        from miedza.practice.actions import erase_practice
        from miedza.practice.models import Practice

        for practice in Practice.objects.all():
            erase_practice(practice_id=practice.id)


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, with the rules in force; rolled back after the test."""
    return make_cast()


@pytest.fixture
def standing_cast(transactional_db: None) -> Cast:
    """Everybody, committed, so that other connections see them."""
    return make_cast()


@pytest.fixture
def ewa(cast: Cast, db: None) -> Practitioner:
    """Ewa works with Anna."""
    from miedza.practice.joining import ask_to_join, find_joining, join

    practice = cast.anna.practice
    token = ask_to_join(practice=practice, name="Ewa", email="ewa@miedza.example", now=BOOKED)[1]
    asked = find_joining(token, now=BOOKED)
    assert asked is not None
    joined = join(joining=asked, now=BOOKED)
    assert joined is not None
    return joined
