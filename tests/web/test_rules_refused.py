"""Rules that cannot hold: each is refused beside its number, in words that tell the cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.core.hours import DAYS
from miedza.web.practitioner.rules_terms import NUMBERS, STRICTER
from miedza.web.practitioner.rules_words import LABELS
from tests.web.hostile import UNSEEN, bad_choice, bad_number
from tests.web.pages import dump_rows, read, typed
from tests.web.refusing import check_refused
from tests.web.rules_answers import all_rules, answer, read_version

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

ALL = {
    **{f"{rule}__{name}": b for rule, numbers in NUMBERS.items() for name, b in numbers.items()},
    "tier0__hours": (0, 1000), "tier1__hours": (0, 1000), "tier0__percent": (0, 100),
    "tier1__percent": (0, 100), "tier2__percent": (0, 100),
}  # fmt: skip
LIGHTER = "You cannot bind yourself more lightly than the client."
TIMES = "Write times such as 9:00 and 17:00, the end later."


@pytest.mark.parametrize("field", ALL)
def test_number_out_of_range_is_refused(field: str, anna: Client) -> None:
    least, most = ALL[field]
    empty = "" if field == "session__requests" else "Write a number."
    bad = bad_number(least, most, empty=empty)
    if field != "session__minutes":  # All of them once; elsewhere the bounds and the worst.
        kept = ("", "\0", "abc", str(least - 1), str(most + 1), "9" * 5_000)
        bad = {value: said for value, said in bad.items() if value in kept}

    check_refused(anna, reverse("rules"), answer(all_rules()), field, str(LABELS[field]), bad)


@pytest.mark.parametrize("path", STRICTER)
def test_number_for_myself_is_refused_out_of_range(path: str, anna: Client) -> None:
    rule, name = path.split("__")
    least, most = NUMBERS[rule][name]
    bad = {
        value: said
        for value, said in bad_number(least, most, empty="").items()
        if value in ("\0", "abc", str(least - 1), str(most + 1))
    }
    label = f"for me: {LABELS[path]}"

    check_refused(anna, reverse("rules"), answer(all_rules()), f"mine__{path}", label, bad)


@pytest.mark.parametrize(
    ("path", "lighter", "stricter"),
    [
        ("lateness__grace_minutes", "6", "4"),
        ("missed__percent", "99", "100"),
        ("rescheduling__hours", "23", "25"),
        ("rescheduling__free_moves", "3", "1"),
        ("rescheduling__percent", "49", "51"),
    ],
)
def test_i_never_bind_myself_more_lightly(
    path: str, lighter: str, stricter: str, cast: Cast, anna: Client
) -> None:
    label = f"for me: {LABELS[path]}"

    check_refused(
        anna, reverse("rules"), answer(all_rules()), f"mine__{path}", label, {lighter: LIGHTER}
    )

    body = answer(all_rules(), **{f"mine__{path}": stricter})
    assert anna.post(reverse("rules"), body).status_code == 302
    rule, name = path.split("__")
    assert read_version(cast.anna, 2)["practitioner"][rule] == {name: int(stricter)}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tier0__hours": "24"}, "Write the hours from most to least."),
        ({"tier0__hours": "12"}, "Write the hours from most to least."),
        ({"tier1__hours": "0"}, "Write the hours from most to least."),
        ({"tier0__percent": "60"}, "A later step must cost the same or more."),
        ({"tier2__percent": "40"}, "A later step must cost the same or more."),
        ({"tier0__percent": ""}, "Write a number."),
        ({"tier1__hours": ""}, "Write a number."),
        ({"tier2__percent": ""}, "Write a number."),
        ({"lateness__grace_minutes": "16"}, "This cannot be longer than the waiting."),
        ({"lateness__wait_minutes": "4"}, "This cannot be longer than the waiting."),
        ({"lateness__wait_minutes": "61"}, "This cannot be longer than the meeting."),
        ({"session__minutes": "10"}, "This cannot be longer than the meeting."),
        ({"free_session__invite_at_minute": "31"}, "This cannot be later than the end."),
        ({"mon__from": "17:00", "mon__until": "9:00"}, TIMES),
        ({"tue__from": "9:00", "tue__until": "9:00"}, TIMES),
        ({"wed__from": "9:00", "wed__until": ""}, TIMES),
        ({"thu__from": "", "thu__until": "17:00"}, TIMES),
        ({"fri__from": "25:00"}, TIMES),
        ({"sat__from": "9:00", "sat__until": "24:01"}, TIMES),
        ({"sun__from": "٩:00", "sun__until": "17:00"}, TIMES),
        ({"mon__from": "²"}, TIMES),
        ({"mon__from": "noon"}, TIMES),
        ({"mon__from": "9:60"}, TIMES),
        ({"mon__from": "9:5"}, TIMES),
        ({"mon__from": "-9:00"}, TIMES),
        ({"mon__from": "<b>"}, TIMES),
        ({"mon__from": "9:00:00"}, "at most 5 characters"),
        ({"mon__from": "9\0"}, UNSEEN),
    ],
)
def test_answers_that_do_not_fit_each_other_are_refused(
    changed: dict[str, str], said: str, anna: Client
) -> None:
    before, body = dump_rows(), answer(all_rules(), **changed)

    response = anna.post(reverse("rules"), body)

    assert response.status_code == 422
    page = read(response)
    assert "Something is not right yet. Nothing you wrote is lost." in page
    assert page.count(said) >= 2, "at the top and beside the field"
    for name, value in body.items():
        assert value in typed(response, name), name
    assert dump_rows() == before


@pytest.mark.parametrize("shown", ["9", "9:00", "09:00", "9.00", " 9 "])
def test_times_are_read_as_people_write_them(shown: str, cast: Cast, anna: Client) -> None:
    body = answer(all_rules(), mon__from=shown, mon__until="24:00")

    assert anna.post(reverse("rules"), body).status_code == 302
    windows = read_version(cast.anna, 2)["rules"]["messages"]["windows"]
    assert windows["mon"] == [["09:00", "24:00"]]


def test_payment_is_chosen_from_a_list(anna: Client) -> None:
    bad = bad_choice(required=False)
    label = str(LABELS["payment__due"])

    check_refused(anna, reverse("rules"), answer(all_rules()), "payment__due", label, bad)


def test_answers_without_any_hours_of_messages(cast: Cast, anna: Client) -> None:
    none = {f"{day}__{end}": "" for day in DAYS for end in ("from", "until")}

    response = anna.post(reverse("rules"), answer(all_rules(), **none))

    assert response.status_code in (302, 422)
    if response.status_code == 302:
        assert read_version(cast.anna, 2)["rules"]["messages"]["windows"] == {}


def test_an_empty_form_is_refused(anna: Client) -> None:
    before = dump_rows()

    response = anna.post(reverse("rules"), {"csrfmiddlewaretoken": "x"})

    assert response.status_code == 422
    assert "Write a number." in read(response)
    assert dump_rows() == before
