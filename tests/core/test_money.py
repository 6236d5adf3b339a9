"""Money: exact, half up."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miedza.core.money import CURRENCIES, rounded, share


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(0, 7, 0), (1, 2, 1), (3, 2, 2), (5, 2, 3), (1, 3, 0), (2, 3, 1), (49, 100, 0), (50, 100, 1)],
)
def test_half_is_rounded_up(numerator: int, denominator: int, whole: int) -> None:
    assert rounded(numerator, denominator) == whole


@settings(deadline=None)
@given(st.integers(0, 10**24), st.integers(1, 10**9))
def test_rounding_is_exact(numerator: int, denominator: int) -> None:
    half_up = floor(Fraction(numerator, denominator) + Fraction(1, 2))

    assert rounded(numerator, denominator) == half_up


@pytest.mark.parametrize(
    ("price", "percent", "amount"),
    [
        (19999, 50, 10000), (1, 49, 0), (1, 50, 1), (101, 50, 51), (20000, 100, 20000), (7, 0, 0),
        (10**15, 33, 330_000_000_000_000), (10**15 - 1, 50, 500_000_000_000_000),
    ],
)  # fmt: skip
def test_share_is_rounded_to_a_minor_unit(price: int, percent: int, amount: int) -> None:
    assert share(price, percent) == amount


@settings(deadline=None)
@given(st.integers(0, 10**15), st.integers(0, 99))
def test_larger_percent_is_never_a_smaller_share(price: int, percent: int) -> None:
    assert share(price, percent) <= share(price, percent + 1) <= price


def test_currencies_are_codes_of_three_capitals() -> None:
    assert {code for code in CURRENCIES if not (len(code) == 3 and code.isupper())} == set()


@pytest.mark.parametrize("code", ["PLN", "EUR", "RUB", "USD", "GBP", "CHF", "UAH", "JPY", "KWD"])
def test_currency_in_use_is_known(code: str) -> None:
    assert code in CURRENCIES


@pytest.mark.parametrize("code", ["HRK", "LTL", "DEM", "RUR", "PLZ", "BYR", "CUC", "SLL", "VEF"])
def test_currency_no_longer_in_use_is_not_known(code: str) -> None:
    assert code not in CURRENCIES
