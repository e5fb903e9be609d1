from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "archive.web"

    def ready(self) -> None:
        from archive.web import checks  # noqa: F401  registers them
