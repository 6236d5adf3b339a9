"""What the tests of the pages share: browsers of the cast, and assets without a manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from miedza.practice.models import User
from tests.web.pages import Stage, set_stage, sign_in

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _plain_assets(settings: SettingsWrapper) -> None:
    """Serve assets under their own names, so that no test waits for them to be built."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def anna(cast: Cast) -> Client:
    """Anna's browser; she reads English, so that tests can read along."""
    return sign_in(cast.anna.user)


@pytest.fixture
def borys(cast: Cast) -> Client:
    """The browser of Borys, who has another practice."""
    return sign_in(cast.borys.user)


@pytest.fixture
def lost(cast: Cast) -> Client:
    """The browser of somebody whose practice is gone."""
    return sign_in(User.objects.create_user("lost@miedza.example"))


@pytest.fixture
def stage(cast: Cast) -> Stage:
    """Something of every kind in both practices."""
    return set_stage(cast)
