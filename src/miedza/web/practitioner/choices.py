"""What can be chosen from in forms."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from django.utils.translation import gettext_lazy as _

from miedza.bookings.closing import list_countries
from miedza.people.queries import fold_name
from miedza.practice.formats import locale_name

PROFESSIONS = [
    ("tutor", _("I teach: tutor, language teacher")),
    ("psychologist", _("I am a psychologist")),
    ("coach", _("I coach")),
    ("mentor", _("I mentor")),
    ("consultant", _("I consult")),
]
CURRENCIES = [
    ("PLN", "PLN, zł"),
    ("EUR", "EUR, €"),
    ("GBP", "GBP, £"),
    ("USD", "USD, $"),
    ("RUB", "RUB, ₽"),
    *(
        (code, code)
        for code in "AMD BYN CHF CZK GEL KGS KZT MDL NOK RON RSD SEK TRY UAH UZS".split()
    ),
]
_FIRST_ZONES = ["Europe/Warsaw", "Europe/London", "Europe/Moscow"]


@cache
def zone_choices() -> list[tuple[str, str]]:
    """All zones of the tz database that name a place, the likely ones first."""
    places = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/"))
    )
    ordered = [*_FIRST_ZONES, *(name for name in places if name not in _FIRST_ZONES)]
    return [(name, name.replace("_", " ")) for name in (*ordered, "UTC")]


def country_choices() -> list[tuple[str, str]]:
    """The countries whose public holidays are known, as the reader calls them."""
    locale = Locale.parse(locale_name())
    named = [(code, locale.territories.get(code, code)) for code in list_countries()]
    return sorted(named, key=lambda each: fold_name(each[1]))
