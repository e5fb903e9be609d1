"""Write a person's notes as Markdown files for Obsidian, Logseq and others. See docs/notes-folder.md."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import get_script_prefix

from archive.exporting.mirror import CannotMirror, mirror_notes
from archive.exporting.mirror.layout import DEFAULT_NAME, BadTemplate, Layout


class Command(BaseCommand):
    help = "Write a Markdown file for each article that a person has notes on, or update such files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", help="the folder to write to, such as one in an Obsidian vault")
        parser.add_argument("--person", metavar="NAME", required=True, help="whose notes: a user name")
        parser.add_argument(
            "--name", metavar="TEMPLATE", default=DEFAULT_NAME, help=f"of new files, within the folder ({DEFAULT_NAME})"
        )
        parser.add_argument("--layout", metavar="FILE", type=Path, help="a template for our part of each file")
        parser.add_argument("--base-url", default="http://127.0.0.1:8000", help="the address the archive is served at")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        person = get_user_model().objects.filter(username=options["person"]).first()
        if person is None:
            raise CommandError(f"There is no account “{options['person']}”.", returncode=2)
        base = options["base_url"].rstrip("/").removesuffix(get_script_prefix().rstrip("/"))
        try:
            layout = Layout(options["name"], options["layout"])
            outcome = mirror_notes(folder, person, lambda path: base + path, layout)
        except (CannotMirror, BadTemplate) as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{folder} could not be written: {error}. Run this again to continue.") from error
        for name, reason in outcome.said:
            self.stderr.write(f"{name} {reason}.")
        self.stdout.write(
            f"{folder}: files written: {outcome.written:,}, unchanged: {outcome.unchanged:,}, "
            f"removed: {outcome.removed:,}, needing attention: {len(outcome.said):,}."
        )
