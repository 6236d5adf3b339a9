"""Persons, and what is written down about them."""
