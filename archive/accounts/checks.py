"""System checks that name a wrong setting in one sentence."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from archive.environment import SHORTEST_SECRET


@register()
def environment_is_understood(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report every setting that `archive.environment` could not use, and anything else it noticed."""
    problems: list[CheckMessage] = [Error(problem, id="archive.E001") for problem in settings.ENVIRONMENT.problems]
    return problems + [Warning(warning, id="archive.W001") for warning in settings.ENVIRONMENT.warnings]


@register()
def secret_key_is_long_enough(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A shorter key could be guessed, and with it every session and link."""
    if len(settings.SECRET_KEY) >= SHORTEST_SECRET:
        return []
    return [
        Error(
            f"ARCHIVE_SECRET_KEY should have at least {SHORTEST_SECRET} characters.",
            hint="If you leave it out, one is generated and kept in the data folder.",
            id="archive.E002",
        )
    ]
