"""Settings: the practice, the language, the colours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from miedza.calendars.actions import claim_source
from miedza.calendars.learning import learn_nothing_new
from miedza.practice.models import Practice, User
from tests.web.hostile import bad_choice, bad_name
from tests.web.offers import add_calendar
from tests.web.pages import follow, present, read, typed
from tests.web.refusing import check_refused

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

GOOD = {
    "name": "Anna teaches", "profession": "coach", "time_zone": "Europe/Lisbon", "language": "en",
    "theme": "dark",
}  # fmt: skip
FIELDS = {
    "name": ("Name of the practice", bad_name()),
    "profession": ("What you do", bad_choice()),
    "time_zone": ("Time zone", {**bad_choice(), "Europe/Nowhere": "Select a valid choice."}),
    "language": ("Language", bad_choice()),
    "theme": ("Colours", bad_choice(required=False)),
}


def test_settings_show_what_is_set(cast: Cast, anna: Client) -> None:
    response = anna.get(reverse("settings"))

    assert typed(response, "name") == ["Anna Zielińska"]
    assert typed(response, "time_zone") == ["Europe/Warsaw"]
    assert typed(response, "profession") == ["tutor"]
    page = read(response)
    assert "Your currency is PLN." in page
    assert "anna@miedza.example" in page


def test_settings_change_practice_and_looks(cast: Cast, anna: Client) -> None:
    page = follow(anna, anna.post(reverse("settings"), GOOD))

    assert "Saved." in page
    practice = Practice.objects.get(id=cast.anna.practice_id)
    assert (practice.name, practice.profession, practice.time_zone, practice.language) == (
        "Anna teaches", "coach", "Europe/Lisbon", "en",
    )  # fmt: skip
    assert practice.currency == "PLN"
    user = User.objects.get(id=cast.anna.user_id)
    assert (user.language, user.theme) == ("en", "dark")
    assert 'data-theme="dark"' in anna.get(reverse("today")).content.decode()
    other = Practice.objects.get(id=cast.borys.practice_id)
    assert (other.name, other.time_zone) == ("Борис Иванов", "Europe/Moscow")


@pytest.mark.parametrize("field", FIELDS)
def test_settings_refuse(field: str, anna: Client) -> None:
    label, bad = FIELDS[field]

    check_refused(anna, reverse("settings"), GOOD, field, label, bad)


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_settings_change_the_language_of_the_page(language: str, anna: Client) -> None:
    response = anna.post(reverse("settings"), {**GOOD, "language": language})

    page = anna.get(response["Location"])
    assert f'<html lang="{language}"' in page.content.decode()
    assert page["Content-Language"] == language


def test_zone_of_the_practice_moves_the_clock_of_its_pages(cast: Cast, anna: Client) -> None:
    anna.post(reverse("settings"), {**GOOD, "time_zone": "Pacific/Kiritimati"})

    assert "Times are those of Kiritimati." in read(anna.get(reverse("today")))


def test_other_calendars_are_read_anew_on_the_clocks_of_another_zone(
    cast: Cast, anna: Client
) -> None:
    source = add_calendar(cast.anna)
    learn_nothing_new(source=source, now=present() + timedelta(days=1))
    anna.post(reverse("settings"), {**GOOD, "time_zone": "Europe/Warsaw"})
    assert claim_source(now=present()) is None

    anna.post(reverse("settings"), GOOD)

    assert claim_source(now=present() + timedelta(minutes=2)) == source


def test_passkeys_can_be_reached_when_there_is_none(anna: Client) -> None:
    assert "There is none yet." in read(anna.get(reverse("mfa_list_webauthn")))
