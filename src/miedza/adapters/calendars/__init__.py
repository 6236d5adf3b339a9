"""Calendars: the text of calendar files, written for other programs and read from them."""
