from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "archive.reading"
