"""Print a link that signs one person in, once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from sesame.utils import get_query_string


class Command(BaseCommand):
    help = "Print a link that signs a person in, once, within a day. Where there is no account, one is made for staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", default="local", help="whom to sign in (default: local)")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="where the archive is served")

    def handle(self, *args: Any, user: str, base_url: str, **options: Any) -> None:
        people = get_user_model().objects
        person = people.filter(username=user).first()
        if person is None:
            person = people.create_superuser(username=user, email="", password=None)
        self.stdout.write(base_url.rstrip("/") + reverse("sign-in-by-link") + get_query_string(person))
