"""Public holidays, on which nothing is on offer where the practitioner wants it so."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_LANGUAGES = {"en": "en_US", "pl": "pl", "ru": "ru"}
"""As the library calls those it may know the names of holidays in."""


@lru_cache(maxsize=64)
def list_holidays(place: str, year: int, language: str = "en") -> Mapping[date, str]:
    """The public holidays of a country or a part of it in a year, by date.

    Args:
        place: an ISO 3166 code, such as `PL` or `DE-BY`; empty for none.
        year: of the Gregorian calendar.
        language: in which they are named where the library can; else in the country's own.
    """
    country, _, part = place.partition("-")
    if country not in list_countries():
        return {}
    from holidays import country_holidays

    # A part that the library no longer knows counts as the whole country.
    known = part if part in list_countries()[country] else None
    wanted = _LANGUAGES.get(language)
    return dict(country_holidays(country, subdiv=known, years=year, language=wanted).items())


@lru_cache(maxsize=1)
def list_countries() -> Mapping[str, tuple[str, ...]]:
    """The countries whose holidays are known, each with its parts, as ISO 3166 codes."""
    from holidays import list_supported_countries

    countries = list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(countries.items()) if len(code) == 2}
