"""Withdrawal from the contract. Source: Directive 2011/83/EU, article 9."""

from __future__ import annotations

from miedza.core.faults import whole

FIELDS = {"days": (whole(1), "within how many days of its conclusion the contract can be left")}
