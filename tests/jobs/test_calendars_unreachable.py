"""Other calendars that cannot be reached, or must not be: what was known of them holds."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import miedza
from miedza.adapters.fetching import Reach
from miedza.jobs import calendars
from miedza.web.practitioner.calendars import TROUBLES
from tests.adapters.http_servers import Reply, Seen, Trap, running_http
from tests.adapters.smtp import make_certificate
from tests.bookings.offered import offer
from tests.calendars.providers import add, running_provider, sync
from tests.jobs.failing import FILE, assert_held, cut, know

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

    from miedza.practice.models import Practitioner
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Practitioner:
    offer(cast.anna)
    return cast.anna


def test_server_that_says_nothing_in_time_is_given_up(
    anna: Practitioner, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        quick = Reach(frozenset({provider.server.place}), timeout_seconds=0.3)
        monkeypatch.setattr(calendars, "reach", lambda: quick)
        provider.reply = Reply(raw=_drip())
        sync(source, source.fetch_at)

    assert_held(anna, source, "too_slow", 1)


def _drip() -> Iterator[bytes]:
    """A head and a little of a file, and then nothing for long."""
    yield cut(b"")[0] + FILE[:50]
    time.sleep(2)


def test_file_that_is_too_large_is_told(
    anna: Practitioner, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        small = Reach(frozenset({provider.server.place}), most_bytes=len(FILE) - 1)
        monkeypatch.setattr(calendars, "reach", lambda: small)
        sync(source, source.fetch_at)

    assert_held(anna, source, "too_large", 1)


def test_server_that_is_gone_is_told(anna: Practitioner, settings: Settings) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
    sync(source, source.fetch_at)

    assert_held(anna, source, "unreachable", 1)


def test_address_in_our_own_network_is_not_asked(anna: Practitioner, settings: Settings) -> None:
    with running_provider(settings) as provider:
        source = know(anna, provider)
        settings.CALENDAR_HOSTS = []
        sync(source, source.fetch_at)

    assert_held(anna, source, "private_address", 1)
    assert provider.methods == ["GET"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433"])
def test_nobody_knocks_where_nobody_may(anna: Practitioner, host: str) -> None:
    trap = Trap()
    source = sync(add(anna, f"https://{host}:{trap.port}/anna.ics"))

    assert source.code in ("private_address", "bad_address")
    assert not trap.was_touched()
    trap.close()


def test_certificate_of_nobody_is_told(
    anna: Practitioner, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with running_provider(settings, tls=context) as provider:
        port = provider.server.port
        settings.CALENDAR_HOSTS = [f"localhost:{port}"]
        provider.url = f"https://localhost:{port}/anna.ics"
        source = know(anna, provider)
        monkeypatch.delenv("SSL_CERT_FILE")
        sync(source, source.fetch_at)

    assert_held(anna, source, "bad_certificate", 1)
    assert provider.methods == ["GET"]


def test_redirect_within_what_is_allowed_is_followed(
    anna: Practitioner, settings: Settings
) -> None:
    def answer(seen: Seen) -> Reply:
        away = {"Location": "/there/anna.ics"}
        return Reply(200, FILE) if seen.path == "/there/anna.ics" else Reply(301, headers=away)

    with running_http(answer) as server:
        settings.CALENDAR_HOSTS = [server.place]
        source = sync(add(anna, f"{server.url}/anna.ics"))

    assert (source.code, source.events) == ("", 2)


def test_every_trouble_has_its_words() -> None:
    package = Path(miedza.__file__).parent
    names = r"(?:NotFetched|CalDavRefused|UnreadableCalendar)\(\s*\"(\w+)\"|code=\"(\w+)\""
    rooms = [*package.glob("adapters/**/*.py"), package / "jobs/calendars.py"]
    rooms.append(package / "calendars/learning.py")
    told = {
        found[1] or found[2]
        for path in rooms
        for found in re.finditer(names, path.read_text(encoding="utf-8"))
    }

    assert {"private_address", "too_slow", "sealed", "choose", "empty", "no_calendar"} <= told
    assert told <= set(TROUBLES)
    assert all(str(words) for words in TROUBLES.values())
