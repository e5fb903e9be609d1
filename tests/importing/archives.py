"""A separate archive in a file, modified by commands in their own processes."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# Runs, and times of rows that come and go, which do not affect the result.
UNEQUAL_TABLES = ("importing_importrun", "importing_importproblem", "django_", "sqlite_", "search_")
UNEQUAL_COLUMNS = ("date_joined", "password", "id", "created_at", "run_id", "missing_since")


@dataclass
class Archive:
    data_dir: Path

    @property
    def database(self) -> Path:
        return self.data_dir / "archive.sqlite3"

    def environment(self) -> dict[str, str]:
        mine = {"ARCHIVE_DATA_DIR": str(self.data_dir), "PYTHONDONTWRITEBYTECODE": "1"}
        return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | mine

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, "manage.py", *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=PROJECT, env=self.environment(), stdout=pipe, stderr=pipe, text=True)

    def manage(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        with self.start(*arguments) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(self.database) as connection:
            return connection.execute(sql).fetchall()

    def left(self) -> list[Path]:
        """Leftover temporary files and folders."""
        return [*self.data_dir.glob("upload-*"), *self.data_dir.glob("attachments/*/.new-*")]

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """The archive's content without ids and times: archives with the same content are equal."""
        with sqlite3.connect(self.database) as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {
                name: sorted(map(tuple, self._rows(connection, name)), key=repr)
                for name in names
                if not name.startswith(UNEQUAL_TABLES)
            }

    def _rows(self, connection: sqlite3.Connection, table: str) -> list[list[object]]:
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        columns = [name for name, *_ in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor]
        return [
            [self._value(connection, name, row[name]) for name in columns if name not in UNEQUAL_COLUMNS]
            for row in rows
        ]

    def _value(self, connection: sqlite3.Connection, column: str, value: object) -> object:
        """What an id refers to."""
        meanings = {
            "article_id": "SELECT identity FROM articles_article WHERE id = ?",
            "object_id": "SELECT identity FROM articles_article WHERE id = ?",
            "revision_id": "SELECT content_hash FROM articles_revision WHERE id = ?",
            "author_id": "SELECT name FROM articles_author WHERE id = ?",
            "tag_id": "SELECT name FROM taggit_tag WHERE id = ?",
            "publication_id": "SELECT name FROM articles_publication WHERE id = ?",
            "attachment_id": "SELECT sha256 FROM articles_attachment WHERE id = ?",
        }
        return connection.execute(meanings[column], (value,)).fetchone() if column in meanings else value
