"""Print a link that signs a person in once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.accounts.keeper import LOCAL, first_keeper, make_account
from archive.accounts.sign_in_links import link_for

MAY = {
    True: "It can do everything: read, annotate, import, edit and manage accounts.",
    False: "It can read and annotate. An administrator can make it staff under Administration.",
}


class Command(BaseCommand):
    help = "Print a link that signs a person in, once, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        whom = f"whom to sign in (default: the administrator, or {LOCAL} if there is none)"
        parser.add_argument("--user", help=whom)
        parser.add_argument("--create", action="store_true", help="create the account if it does not exist")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="the address the archive is served at")

    def handle(self, *args: Any, user: str | None, create: bool, base_url: str, **options: Any) -> None:
        person = first_keeper() if user is None else None
        user = LOCAL if user is None else user
        person = person or get_user_model().objects.filter(username=user).first()
        if person is None:
            if not create:
                raise CommandError(f"There is no account “{user}”. To create it, add --create.")
            person = self._made(user)
        if not person.is_active:
            raise CommandError(f"The account “{person.get_username()}” is not active, so it cannot sign in.")
        self.stdout.write(link_for(person, base_url))

    def _made(self, name: str) -> User:
        try:
            person = make_account(name)
        except ValidationError as error:
            raise CommandError(f"An account cannot be called “{name}”: {' '.join(error.messages)}") from error
        # Only the link goes to standard output.
        self.stderr.write(f"Created the account “{person.get_username()}”. {MAY[person.is_superuser]}")
        return person
