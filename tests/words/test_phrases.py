"""Phrases made from the fields of a rule, as a reader reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miedza.words.phrases import rule_values, say_notice
from miedza.words.registry import RULES, say_rule
from tests.words.sentences import LANGUAGES, OFFICE, TYPICAL, say_phrases


@pytest.mark.parametrize("rule", RULES)
def test_every_field_is_among_the_values(rule: str) -> None:
    assert set(TYPICAL[rule]) <= set(rule_values(rule, TYPICAL, "en"))


def test_numbers_stay_as_they_are() -> None:
    assert rule_values("lateness", TYPICAL, "pl") == {"grace_minutes": 5, "wait_minutes": 15}


def test_a_rule_that_is_absent_has_no_values() -> None:
    with pytest.raises(KeyError):
        rule_values("missed", {"session": {"minutes": 50}}, "en")


@pytest.mark.parametrize(
    ("minutes", "en", "pl", "ru"),
    [
        (-1, "after the start", "po rozpoczęciu", "после начала"),
        (0, "less than an hour before", "niecałą godzinę przed spotkaniem", "меньше чем за час"),
        (59, "less than an hour before", "niecałą godzinę przed spotkaniem", "меньше чем за час"),
        (60, "1\xa0hour before", "1\xa0godzinę przed spotkaniem", "за 1\xa0час"),
        (1439, "23\xa0hours before", "23\xa0godziny przed spotkaniem", "за 23\xa0часа"),
        (1440, "24\xa0hours before", "24\xa0godziny przed spotkaniem", "за 24\xa0часа"),
        (1500, "25\xa0hours before", "25\xa0godzin przed spotkaniem", "за 25\xa0часов"),
    ],
)
def test_notice_is_said_in_whole_hours(minutes: int, en: str, pl: str, ru: str) -> None:
    assert [say_notice(minutes, language) for language in LANGUAGES] == [en, pl, ru]


@pytest.mark.parametrize(
    ("language", "requests", "phrase"),
    [
        ("en", 1, "one request"),
        ("en", 2, "2 requests"),
        ("pl", 1, "jednym tematem"),
        ("pl", 2, "2 tematami"),
        ("pl", 5, "5 tematami"),
        ("ru", 1, "одним запросом"),
        ("ru", 2, "2 запросами"),
        ("ru", 21, "21 запросом"),
    ],
)
def test_requests_are_counted(language: str, requests: int, phrase: str) -> None:
    assert say_phrases("session", language, requests=requests)["requests_phrase"] == phrase


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "any number of requests"),
        ("pl", "dowolną liczbą tematów"),
        ("ru", "любым числом запросов"),
    ],
)
def test_without_a_number_any_number_of_requests_fits(language: str, phrase: str) -> None:
    assert rule_values("session", {"session": {"minutes": 50}}, language) == {
        "minutes": 50,
        "requests_phrase": phrase,
    }


def test_the_wait_is_that_of_lateness_or_the_whole_meeting() -> None:
    alone = {"session": {"minutes": 50}, "missed": {"percent": 100}}

    assert rule_values("missed", TYPICAL, "en") == {"percent": 100, "wait_minutes": 15}
    assert rule_values("missed", alone, "en") == {"percent": 100, "wait_minutes": 50}


@pytest.mark.parametrize(
    ("language", "tiers", "costs"),
    [
        (
            "en",
            (
                "48 hours or more, nothing; 24 hours or more, 50% of the price; "
                "less than 24 hours, 100% of the price"
            ),
            "free up to 48 hours before, then at most 100% of the price",
        ),
        (
            "pl",
            (
                "48 godzin lub więcej – bez opłat; 24 godziny lub więcej – 50% ceny; "
                "mniej niż 24 godziny – 100% ceny"
            ),
            "bezpłatnie co najmniej 48 godzin przed spotkaniem, później najwyżej 100% ceny",
        ),
        (
            "ru",
            (
                "за 48 часов и раньше — бесплатно; за 24 часа и раньше — 50 % стоимости; "
                "меньше чем за 24 часа — 100 % стоимости"
            ),
            "бесплатно за 48 часов и раньше, позже — до 100 % стоимости",
        ),
    ],
)
def test_tiers_are_said_from_the_longest_notice(language: str, tiers: str, costs: str) -> None:
    said = say_phrases("cancellation", language)

    assert said == {
        "tiers": tiers,
        "free_hours": "48",
        "most_percent": "100",
        "cost_phrase": costs,
    }


@pytest.mark.parametrize(
    ("tiers", "hours", "costs"),
    [
        ([(48, 0), (24, 0), (0, 50)], "24", "free up to 24 hours before, then at most 50% of the"),
        ([(48, 20), (0, 100)], "0", "at most 100% of the price"),
        ([(0, 30)], "0", "at most 30% of the price"),
        ([(0, 0)], "0", "free at any time"),
    ],
)
def test_nothing_is_called_free_that_is_not(
    tiers: list[tuple[int, int]], hours: str, costs: str
) -> None:
    table = [{"hours": notice, "percent": percent} for notice, percent in tiers]

    said = say_phrases("cancellation", "en", tiers=table)

    assert said["free_hours"] == hours
    assert said["cost_phrase"].startswith(costs)


def test_one_tier_holds_at_any_time() -> None:
    tiers = [{"hours": 0, "percent": 30}]

    assert (
        say_phrases("cancellation", "en", tiers=tiers)["tiers"] == "however late, 30% of the price"
    )


@pytest.mark.parametrize(
    ("language", "due", "hours", "phrase"),
    [
        ("en", "before_session", 24, "no later than 24 hours before the start"),
        ("en", "before_session", 0, "before the start"),
        ("pl", "before_session", 1, "najpóźniej 1 godzinę przed spotkaniem"),
        ("pl", "after_session", 48, "w ciągu 48 godzin po spotkaniu"),
        ("ru", "before_session", 24, "не позднее чем за 24 часа до встречи"),
        ("ru", "after_session", 0, "сразу после встречи"),
    ],
)
def test_payment_says_when_it_is_due(language: str, due: str, hours: int, phrase: str) -> None:
    assert say_phrases("payment", language, due=due, hours=hours)["due_phrase"] == phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_payment_at_booking_needs_no_hours(language: str) -> None:
    terms = {**TYPICAL, "payment": {"due": "at_booking"}}

    said = rule_values("payment", terms, language)

    assert str(said["unpaid_phrase"]).endswith(".")
    assert "{" not in say_rule("payment", "long", language, said)


def test_payment_says_what_becomes_of_the_place() -> None:
    released = "A place not paid for by then becomes free for others."
    kept = "The place stays booked even if the payment is late."
    owed = "What is not paid by then is still owed."

    assert say_phrases("payment", "en")["unpaid_phrase"] == released
    assert say_phrases("payment", "en", unpaid="keep")["unpaid_phrase"] == kept
    assert say_phrases("payment", "en", due="after_session")["unpaid_phrase"] == owed


@pytest.mark.parametrize(
    ("language", "windows", "phrase"),
    [
        ("en", OFFICE, "Mon–Fri 9:00–17:00"),
        ("pl", OFFICE, "pn.–pt. 9:00–17:00"),
        ("ru", OFFICE, "пн–пт 9:00–17:00"),
        ("en", {"sun": [["20:30", "24:00"]]}, "Sun 20:30–24:00"),
        ("en", {"mon": [["00:30", "09:00"], ["10:00", "12:00"]]}, "Mon 0:30–9:00, 10:00–12:00"),
        (
            "en",
            {
                "sat": [["10:00", "12:00"]],
                "mon": [["09:00", "17:00"]],
                "tue": [["09:00", "17:00"]],
                "wed": [["10:00", "12:00"]],
                "thu": [["09:00", "17:00"]],
                "fri": [["09:00", "17:00"]],
            },
            "Mon, Tue, Thu, Fri 9:00–17:00; Wed, Sat 10:00–12:00",
        ),
    ],
)
def test_days_with_the_same_hours_are_said_once(language: str, windows: Any, phrase: str) -> None:
    assert say_phrases("messages", language, windows=windows)["windows"] == phrase


@given(st.integers(0, 10**6), st.sampled_from(LANGUAGES))
def test_every_number_gives_phrases(number: int, language: str) -> None:
    for rule, fields in TYPICAL.items():
        grown = {name: number if type(value) is int else value for name, value in fields.items()}
        values = rule_values(rule, {**TYPICAL, rule: grown}, language)

        assert "{" not in say_rule(rule, "long", language, values)


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", ", and each side may end the work after that"),
        ("pl", ", a potem każda ze stron może zakończyć współpracę"),
        ("ru", ", и после этого каждая сторона может завершить работу"),
    ],
)
def test_work_ends_after_an_incident_only_where_the_terms_say_so(language: str, end: str) -> None:
    said = [
        say_rule("conduct", "long", language, {"end_after_incident": ends})
        for ends in (True, False)
    ]  # fmt: skip

    assert said[0] == f"{said[1].removesuffix('.')}{end}."
