from django.apps import AppConfig


class CuratingConfig(AppConfig):
    name = "archive.curating"
