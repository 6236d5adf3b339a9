"""What all walks share: the browser, a server, a page that is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.walks.serving import serving
from tests.walks.watching import Watch
from tools.browser import LAUNCH_ARGUMENTS, browser_surroundings, prepare_browser
from tools.ready import make_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from playwright.sync_api import Browser, Page

    from tests.walks.serving import Server

LOCALES = {"en": "en-GB", "pl": "pl-PL", "ru": "ru-RU"}


class OpenPage(Protocol):
    """Opens a watched page in a context of its own."""

    def __call__(self, server: Server, language: str = "en", **options: Any) -> Page:
        """Open the page; nothing is loaded yet."""


@pytest.fixture(scope="session")
def ready() -> None:
    """Assets and catalogues are built, as `make run` builds them."""
    make_ready()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all walks."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=prepare_browser(),
            env=dict(browser_surroundings()),
            args=LAUNCH_ARGUMENTS,
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ready: None) -> Iterator[Server]:
    """A server over an empty folder, shared by the walks of a file."""
    with serving(tmp_path_factory.mktemp("walk")) as server:
        yield server


@pytest.fixture
def empty_server(tmp_path_factory: pytest.TempPathFactory, ready: None) -> Iterator[Server]:
    """A server over an empty folder, for one walk."""
    with serving(tmp_path_factory.mktemp("walk")) as server:
        yield server


@pytest.fixture
def watches() -> list[Watch]:
    """The watches of the pages that a walk has opened, the first one first."""
    return []


@pytest.fixture
def open_page(browser: Browser, watches: list[Watch]) -> Iterator[OpenPage]:
    """Open pages; at the end of the walk nothing may have gone wrong on any of them."""
    contexts = []

    def open_one(server: Server, language: str = "en", **options: Any) -> Page:
        context = browser.new_context(
            base_url=server.url,
            locale=LOCALES[language],
            **{
                "viewport": {"width": 1280, "height": 900},
                "timezone_id": "Europe/Warsaw",
                **options,
            },
        )
        contexts.append(context)
        watches.append(Watch(context, f"localhost:{server.port}"))
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def page(server: Server, open_page: OpenPage) -> Page:
    """A watched page on the server of the file."""
    return open_page(server)
