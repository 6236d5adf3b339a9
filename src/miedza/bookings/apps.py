"""The app's name and label."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """The calendar."""

    name = "miedza.bookings"
    label = "bookings"
