from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "archive.importing"
