"""What `make run` does before serving, in one process, since each start of Django takes a second."""

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser

from archive.accounts.keeper import LOCAL, first_keeper, make_account


class Command(BaseCommand):
    help = "Prepare the database and static files, import a folder, and print the archive's address and a sign-in link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", help="the folder to import")
        parser.add_argument("--base-url", required=True, help="the address the archive will be served at")

    def handle(self, *args: Any, path: str, base_url: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if first_keeper() is None:
            self._make_first_account()
        call_command("collectstatic", interactive=False, verbosity=0)
        try:
            call_command("import_articles", path)
        except SystemExit as some_failed:
            if some_failed.code != 1:
                raise
        self.stdout.write(f"\nCommonplace is at {base_url}/ (press Ctrl+C to stop). To sign in, once:")
        call_command("sign_in_link", base_url=base_url)

    def _make_first_account(self) -> None:
        """Ask for a name for the account if there is a terminal, else use the system's user name."""
        name = _system_name()
        while True:
            given = ""
            if sys.stdin.isatty():
                given = input(f"A name for your account [{name}]: ").strip()
            try:
                make_account(given or name)
                return
            except ValidationError as error:
                if not given:
                    raise CommandError(f"An account cannot be called “{name}”.") from error
                self.stderr.write(" ".join(error.messages))


def _system_name() -> str:
    """The system's user name, if it is a valid account name; `local` for root."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return LOCAL
    fits = name.replace("-", "").replace("_", "").replace(".", "").isalnum() and len(name) <= 150
    return name if fits and name != "root" else LOCAL
