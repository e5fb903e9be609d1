"""Replacing the archive with a backup."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from archive import data_folder
from archive.exporting.backup import databases
from archive.exporting.backup.bundle import Manifest, Unusable, read_bundle
from archive.exporting.backup.writing import KEY, write_backup
from archive.exporting.files import replaced, working_folder


def restore(path: Path, *, replace: bool = False) -> tuple[Manifest, Path | None]:
    """Restore the archive from a backup. An existing archive is only replaced with `replace`, and is first saved to a
    backup, whose path is returned too.

    Images come first and the database last, atomically: if interrupted at any point, this can be repeated. Raises
    Unusable, before anything was changed, and OSError.
    """
    data_dir = Path(settings.DATA_DIR)
    if (is_in_use := databases.is_in_use()) and not replace:
        raise Unusable("There is already an archive here. With --replace it is saved to a file, then replaced.")
    with working_folder(data_dir / "restored") as folder:
        database = folder / "database"

        def take(name: str, source: IO[bytes]) -> None:
            if name in databases.NAMES.values():
                with database.open("wb") as target:
                    shutil.copyfileobj(source, target)

        manifest = read_bundle(path, take)
        _check_fits(path, manifest)
        databases.check(database, manifest)
        saved = _save_present(data_dir) if is_in_use else None
        read_bundle(path, lambda name, source: _put(data_dir, name, source))
        _forget_index()
        databases.load(database)
        _forget_index()
    if databases.counts() != manifest.counts:
        raise Unusable("The restored data does not match the backup. Try again, or use another backup.")
    return manifest, saved


def _check_fits(path: Path, manifest: Manifest) -> None:
    """Raises Unusable for a backup of another kind of database, or from a newer version."""
    if manifest.vendor != connection.vendor:
        raise Unusable(
            f"{path} was written of an archive on {_NAMES.get(manifest.vendor, manifest.vendor)}; this one is on "
            f"{_NAMES[connection.vendor]}. Restore it there and move it with `manage.py copy_archive`."
        )
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    unknown = [name for app, name in manifest.migrations if (app, name) not in loader.disk_migrations]
    if unknown:
        raise Unusable(f"{path} was written by a newer version of Commonplace ({unknown[-1]}). Upgrade first.")


def _forget_index() -> None:
    """Delete the search index of the former database; it is then rebuilt."""
    shutil.rmtree(settings.INDEX_DIR, ignore_errors=True)


_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _save_present(data_dir: Path) -> Path:
    numbers = (data_dir / f"before-restore-{number}.tar" for number in range(1, 1_000_000))
    saved = next(each for each in numbers if not each.exists())
    write_backup(saved)
    return saved


def _put(data_dir: Path, name: str, source: IO[bytes]) -> None:
    """Write an image, or the key, into the data folder. Raises Unusable for a file that would be outside it."""
    if name in databases.NAMES.values():
        return
    parts = PurePosixPath(name).parts
    if name != KEY and (parts[0] != data_folder.PICTURES or ".." in parts):
        raise Unusable(f"The backup contains a file that is not part of an archive: {name}.")
    target = data_dir.joinpath(*parts)
    data_folder.make_folder(target.parent, data_dir)
    with replaced(target, mode=data_folder.FILE) as file:
        shutil.copyfileobj(source, file)
