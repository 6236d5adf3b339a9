"""What the tests of the pages share: browsers of the cast, and assets without a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from miedza.practice.models import User
from miedza.web import kept_pages
from tests.cast import make_cast
from tests.web.clients import open_hours
from tests.web.offers import define, fill_offer, open_page
from tests.web.pages import set_stage, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker, Settings

    from miedza.bookings.models import Service
    from tests.cast import Cast
    from tests.web.pages import Stage


@pytest.fixture(autouse=True)
def _plain_assets(settings: Settings) -> None:
    """Serve assets under their own names, so that no test waits for them to be built."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    """Forget public pages of the test before: what it did is rolled back, and so is the stamp."""
    kept_pages._pages.clear()


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Everybody, made once for a file of tests: each of them rolls back what it did itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def stage(cast: Cast, django_db_blocker: DjangoDbBlocker) -> Stage:
    """Something of every kind in both practices, made once as well."""
    with django_db_blocker.unblock():
        return set_stage(cast, fill_offer)


@pytest.fixture
def anna(cast: Cast, db: None) -> Client:
    """Anna's browser; she reads English, so that tests can read along."""
    return sign_in(cast.anna.user)


@pytest.fixture
def borys(cast: Cast, db: None) -> Client:
    """The browser of Borys, who has another practice."""
    return sign_in(cast.borys.user)


@pytest.fixture
def lost(cast: Cast, db: None) -> Client:
    """The browser of somebody whose practice is gone."""
    return sign_in(User.objects.create_user("lost@miedza.example"))


@pytest.fixture
def browser() -> Client:
    """The browser of somebody who has not signed in, asking for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def queue(cast: Cast, db: None, settings: Settings) -> None:
    """Queue mails as the product does, and forget what other tests asked for."""
    settings.EMAIL_BACKEND = "miedza.web.signin.mail.QueueBackend"
    cache.clear()


@pytest.fixture
def in_one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hour strikes while what strangers do is counted."""
    monkeypatch.setattr("miedza.web.slowing.time", lambda: 0)


@pytest.fixture
def lesson(cast: Cast, db: None) -> Service:
    """What Anna offers to anyone, on every day from eight to eight."""
    open_hours(cast.anna)
    open_page(cast.anna)
    return define(cast.anna, "Lesson")
