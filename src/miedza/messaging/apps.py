"""The app's name and label."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messagings and practitioners."""

    name = "miedza.messaging"
    label = "messaging"
