from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "archive.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from archive.accounts import checks, devices  # noqa: F401  checks are registered

        user_logged_in.connect(devices.note_sign_in, dispatch_uid="devices")
