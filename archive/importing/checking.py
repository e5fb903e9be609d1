"""Checks that the archive is intact: originals, images, the database itself, and its index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from archive.articles.models import Attachment, Revision
from archive.search import index
from archive.text.text_content import text_content

READ_AT_ONCE = 50  # revisions
MOST_FAULTS = 20  # database faults to list: a damaged database has thousands

Check = Callable[[], Iterator[str]]


def faults() -> Iterator[str]:
    """A sentence for each fault; none if everything is intact.

    A check that fails because of a damaged database yields a sentence too, and the next check goes on.
    """
    checks: tuple[tuple[str, Check], ...] = (
        ("The database could not be checked", _database),
        ("The original files could not be checked", _originals),
        ("The texts could not be checked against their HTML", _texts),
        ("The images could not be checked", _pictures),
        ("The search index could not be checked", lambda: iter(index.check())),
    )
    for failing, check in checks:
        try:
            yield from check()
        except DatabaseError as error:
            reason = str(error).strip().rstrip(".").split("\n")[0]
            yield f"{failing}: {reason}. Restore the database from a backup, and import your folders again."


def _database() -> Iterator[str]:
    """The result of the database's own check. PostgreSQL verifies the checksums of pages when it reads them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA integrity_check({MOST_FAULTS})")
            for (found,) in cursor.fetchall():
                if found != "ok":
                    yield f"The database is damaged: {found}. Restore it from a backup."
            cursor.execute("PRAGMA foreign_key_check")
            for table, row, parent, _ in cursor.fetchmany(MOST_FAULTS):
                yield f"The database is damaged: row {row} of {table} refers to a row of {parent} that is not there."
        else:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT count(t.*::text) FROM {connection.ops.quote_name(table)} t")


def _originals() -> Iterator[str]:
    revisions = Revision.objects.order_by("pk").values_list("pk", "path", "content_hash", "original", "article__title")
    for pk, path, content_hash, original, title in revisions.iterator(chunk_size=READ_AT_ONCE):
        if hashlib.sha256(bytes(original)).hexdigest() != content_hash:
            yield f"The original of “{title}” ({path}, revision {pk}) is not the file that was imported."


def _texts() -> Iterator[str]:
    """Texts that do not match their HTML: offsets into them would be wrong in a browser."""
    revisions = Revision.objects.order_by("pk").values_list("pk", "article_id", "text", "html")
    for pk, article_id, text, html in revisions.iterator(chunk_size=READ_AT_ONCE):
        if text != text_content(html):
            yield (
                f"The text of revision {pk} (article {article_id}) does not match its HTML. "
                "Run `rerender_articles` to fix it."
            )


def _pictures() -> Iterator[str]:
    for picture in Attachment.objects.order_by("pk").iterator():
        path = Path(settings.DATA_DIR, picture.file.name or "")
        try:
            with path.open("rb") as file:
                is_sound = hashlib.file_digest(file, "sha256").hexdigest() == picture.sha256
        except FileNotFoundError:
            yield f"{_named(picture)} is missing. Import the folder it came from again to restore it."
        except OSError as error:
            yield f"{_named(picture)} cannot be read: {error.strerror}."
        else:
            if not is_sound:
                yield f"{_named(picture)} is damaged. Delete it and import the folder it came from again to restore it."


def _named(picture: Attachment) -> str:
    shown = picture.revisions.order_by("-pk").values_list("article__title", flat=True).first()
    return f"The image {picture.file.name}" + (f" of “{shown}”" if shown else "")
