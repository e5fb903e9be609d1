"""Print a link that signs one person in, once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.accounts.keeper import LOCAL, first_keeper, make_account
from archive.accounts.sign_in_links import link_for

MAY = {
    True: "It may do everything: read, annotate, import, edit, and look after accounts.",
    False: "It may read and annotate. Somebody who looks after the archive can make it staff, under Administration.",
}


class Command(BaseCommand):
    help = "Print a link that signs a person in, once, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        whom = f"whom to sign in (default: who looks after the archive; where nobody does, {LOCAL})"
        parser.add_argument("--user", help=whom)
        parser.add_argument("--create", action="store_true", help="make the account if there is none of this name")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="where the archive is served")

    def handle(self, *args: Any, user: str | None, create: bool, base_url: str, **options: Any) -> None:
        person = first_keeper() if user is None else None
        user = LOCAL if user is None else user
        person = person or get_user_model().objects.filter(username=user).first()
        if person is None:
            if not create:
                raise CommandError(f"There is no account “{user}”. To make it, add --create.")
            person = self._made(user)
        if not person.is_active:
            raise CommandError(f"The account “{person.get_username()}” is not active, so it cannot sign in.")
        self.stdout.write(link_for(person, base_url))

    def _made(self, name: str) -> User:
        try:
            person = make_account(name)
        except ValidationError as error:
            raise CommandError(f"No account can be called “{name}”: {' '.join(error.messages)}") from error
        # The link alone is on the standard output.
        self.stderr.write(f"Made the account “{person.get_username()}”. {MAY[person.is_superuser]}")
        return person
