"""The app's name and label."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Mails that wait."""

    name = "miedza.messaging"
    label = "messaging"
