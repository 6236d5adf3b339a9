"""The app's name and label."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """Bookingss and practitioners."""

    name = "miedza.bookings"
    label = "bookings"
