"""Pages that are kept: drawn once, never outliving what they say, and told to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from miedza.bookings.hours import end_time_off, set_day, take_off
from miedza.practice.actions import change_practice
from miedza.practice.models import Practice
from tests.cast import ANNAS_TERMS, book, publish_rules
from tests.web.clients import open_hours
from tests.web.offers import hold_time, list_times
from tests.web.pages import WARSAW, list_shown, present, read, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from miedza.bookings.models import Service
    from tests.cast import Cast

PAGE = "/with/anna/"


def _address(service: Service) -> str:
    return reverse("service", args=["anna", service.slug])


def _rename(cast: Cast, _service: Service) -> None:
    practice = Practice.objects.get(id=cast.anna.practice_id)
    change_practice(
        practice=practice, name="Renamed", profession="tutor", language="en",
        time_zone="Europe/Warsaw",
    )  # fmt: skip


def _take_and_give_back(cast: Cast, service: Service) -> None:
    free = list_times(cast.anna, service)
    off = take_off(practitioner=cast.anna, starts_at=free[0], ends_at=free[-1] + timedelta(hours=1))
    reader = Client(headers={"accept-language": "en"})
    assert list_shown(reader.get(_address(service))) == []
    end_time_off(practitioner=cast.anna, off_id=off.id)


def _publish(cast: Cast, _service: Service) -> None:
    rules = {name: each for name, each in ANNAS_TERMS["rules"].items() if name != "missed"}
    publish_rules(cast.anna, {**ANNAS_TERMS, "rules": rules}, now=present() - timedelta(days=1))


CHANGES: dict[str, Callable[[Cast, Service], object]] = {
    "hours": lambda cast, _service: open_hours(cast.anna, step_minutes=120),
    "day": lambda cast, service: set_day(
        practitioner=cast.anna, windows=[],
        date=list_times(cast.anna, service)[0].astimezone(WARSAW).date(),
    ),
    "meeting": lambda cast, service: book(
        cast.anna, cast.ola, list_times(cast.anna, service)[0], now=present()
    ),
    "held": lambda cast, service: hold_time(cast.anna, service, 0),
    "name": _rename,
    "rules": _publish,
}  # fmt: skip
"""What shows on the page of a service as soon as it is done."""


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_seen_at_once(change: str, cast: Cast, lesson: Service, browser: Client) -> None:
    before = browser.get(_address(lesson))
    assert read(browser.get(_address(lesson))) == read(before)

    CHANGES[change](cast, lesson)

    assert read(browser.get(_address(lesson))) != read(before)


def test_time_off_that_is_over_is_seen_at_once(
    cast: Cast, lesson: Service, browser: Client
) -> None:
    shown = list_shown(browser.get(_address(lesson)))

    _take_and_give_back(cast, lesson)

    assert list_shown(browser.get(_address(lesson))) == shown


def test_page_that_is_kept_asks_little(
    cast: Cast,
    lesson: Service,
    browser: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moment = present()  # No minute strikes in between.
    monkeypatch.setattr("miedza.web.public.practices.now", lambda: moment)
    browser.get(_address(lesson))

    with django_assert_max_num_queries(2):
        page = browser.get(_address(lesson))

    assert list_shown(page)


def test_kept_page_is_in_the_language_of_its_reader_with_a_token_of_their_own(
    lesson: Service, browser: Client
) -> None:
    strict = [
        Client(headers={"accept-language": language}, enforce_csrf_checks=True)
        for language in ("en", "pl", "ru")
    ]

    pages = [reader.get(_address(lesson)) for reader in strict]

    spoken = [re.findall(r'<html lang="(\w+)"', page.content.decode())[0] for page in pages]
    assert spoken == ["en", "pl", "ru"]
    tokens = [typed(page, "csrfmiddlewaretoken")[0] for page in pages]
    assert len(set(tokens)) == len(tokens)
    for reader, token in zip(strict, tokens, strict=True):
        body = {"csrfmiddlewaretoken": token, "language": "pl", "next": PAGE}
        assert reader.post(reverse("choose_language"), body)["Location"] == PAGE


def test_word_for_one_reader_is_shown_to_nobody_else(
    cast: Cast, lesson: Service, browser: Client, queue: None
) -> None:
    _kept, token, _code = hold_time(cast.anna, lesson)
    assert browser.post(reverse("held", args=[token]), {"again": "1"}).status_code == 302
    stranger = Client(headers={"accept-language": "en"})

    own, others = read(browser.get(PAGE)), read(stranger.get(PAGE))

    assert "A new code is on its way." in own
    assert "A new code is on its way." not in others


def test_page_of_whoever_has_signed_in_is_shown_to_nobody_else(
    cast: Cast, lesson: Service, anna: Client, browser: Client
) -> None:
    assert "Boundaries" in read(anna.get(PAGE))

    assert "Boundaries" not in read(browser.get(PAGE))
