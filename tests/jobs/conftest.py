"""What tests of the jobs share: a real calendar server, started once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.radicale import CalDavServer, running_radicale
from tests.jobs.calendar_servers import Gate, running_gate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalDavServer]:
    """A server that runs for all tests."""
    with running_radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(running: CalDavServer, settings: Settings) -> CalDavServer:
    """The server without any calendar, which the installation allows to be asked."""
    running.clear()
    settings.CALENDAR_HOSTS = [*settings.CALENDAR_HOSTS, running.place]
    return running


@pytest.fixture
def gate(server: CalDavServer, settings: Settings) -> Iterator[Gate]:
    """The server behind a gate."""
    with running_gate(server) as gate:
        settings.CALENDAR_HOSTS = [*settings.CALENDAR_HOSTS, gate.http.place]
        yield gate
