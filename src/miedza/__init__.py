"""Miedza: the boundaries of helping work, and the relationship it lives in."""

import os

import tzdata

__version__ = "0.1.0"

os.environ.setdefault("PYTHONTZPATH", os.path.join(tzdata.__path__[0], "zoneinfo"))
"""The rules of time zones are those that come with the program, on every machine the same. They are
read as files: to ask for them as resources of a package would load much else."""
