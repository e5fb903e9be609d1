"""What the pages around signing in tell."""

import sys
from pathlib import Path

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def manage(command: str) -> str:
    """A command as whoever runs this archive types it."""
    is_make = Path(sys.prefix) == settings.BASE_DIR / ".venv"
    return f"{'.venv/bin/python' if is_make else 'python'} manage.py {command}"


@register.simple_tag
def can_send_mail() -> bool:
    """Whether a forgotten password can be replaced by mail."""
    return bool(settings.CAN_SEND_MAIL)
