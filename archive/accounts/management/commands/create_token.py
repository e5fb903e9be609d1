"""Create an API token for a user and print it once."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.accounts import tokens
from archive.accounts.models import Scope
from archive.accounts.refusing import Refused

LONGEST_DAYS = 36_500


class Command(BaseCommand):
    help = "Create an API token and print it. It is shown only once; the account page lists and revokes tokens."

    def add_arguments(self, parser: CommandParser) -> None:
        scopes = "; ".join(f"{scope.value}: {scope.label}" for scope in Scope)
        parser.add_argument("--user", required=True, help="the user that programs with this token act as")
        parser.add_argument("--scopes", required=True, help=f"what it allows, separated by commas ({scopes})")
        parser.add_argument("--name", default="Created on the command line", help="how the account page lists it")
        parser.add_argument("--days", type=int, help="how long it is valid (default: until it is revoked)")

    def handle(self, *args: Any, user: str, scopes: str, name: str, days: int | None, **options: Any) -> None:
        person = get_user_model().objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"There is no account “{user}”.")
        if not person.is_active:
            raise CommandError(f"The account “{user}” is not active, so programs cannot use it.")
        if days is not None and not 0 < days <= LONGEST_DAYS:
            raise CommandError(f"--days should be a number from 1 to {LONGEST_DAYS:,}.")
        asked = [scope.strip() for scope in scopes.split(",") if scope.strip()]
        try:
            token = tokens.make(person, name, asked, lasts=timedelta(days=days) if days is not None else None)
        except Refused as error:
            raise CommandError(str(error)) from error
        if Scope.SAVE in asked and not person.is_staff:  # only the token goes to standard output
            self.stderr.write(f"“{user}”is not staff, so the token cannot save articles until they are made staff.")
        self.stdout.write(token)
