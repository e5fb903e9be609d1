"""Print a link that signs one person in, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from sesame.utils import get_query_string

from archive.accounts.keeper import LOCAL, account


class Command(BaseCommand):
    help = "Print a link that signs a person in, once, within a day. Where there is no account, one is made for staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default=LOCAL, help=f"whom to sign in (default: {LOCAL})")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="where the archive is served")

    def handle(self, *args: Any, user: str, base_url: str, **options: Any) -> None:
        self.stdout.write(base_url.rstrip("/") + reverse("sign-in-by-link") + get_query_string(account(user)))
