"""The room of pages, so that its templates, tags and assets are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "miedza.web"
    label = "web"
