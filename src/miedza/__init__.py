"""Miedza: the boundaries of helping work, and the relationship it lives in."""

__version__ = "0.1.0"
