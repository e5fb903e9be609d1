from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "archive.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from archive.accounts import checks  # noqa: F401  registers them
