"""Miedza: the boundaries of helping work, and the relationship it lives in."""

import zoneinfo

__version__ = "0.1.0"

zoneinfo.reset_tzpath(to=())
"""The rules of time zones are those that come with the program, on every machine the same."""
