"""The versions of a practice's rules."""
