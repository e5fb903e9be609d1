"""Template tags for the sign-in pages."""

import sys
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.auth import get_user_model

register = template.Library()


@register.simple_tag
def manage(command: str) -> str:
    """A command as it is typed in this installation."""
    is_make = Path(sys.prefix) == settings.BASE_DIR / ".venv"
    return f"{'.venv/bin/python' if is_make else 'python'} manage.py {command}"


@register.simple_tag
def sign_in_command() -> str:
    """The command that creates a sign-in link; complete if only one person uses the archive."""
    people = list(get_user_model().objects.filter(is_active=True).values_list("is_superuser", flat=True)[:2])
    if not people:
        return manage("sign_in_link --create")
    return manage("sign_in_link" if people == [True] else "sign_in_link --user NAME")


@register.simple_tag
def can_send_mail() -> bool:
    """Whether a forgotten password can be reset by email."""
    return bool(settings.CAN_SEND_MAIL)
