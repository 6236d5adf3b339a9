"""The app's name and label."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Feeds out, busy times in, events out."""

    name = "miedza.calendars"
    label = "calendars"
