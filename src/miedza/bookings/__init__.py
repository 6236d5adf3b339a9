"""Bookings: which time is whose, and what happens to it."""
