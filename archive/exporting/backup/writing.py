"""Writing a backup while the archive is in use."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from archive.data_folder import PICTURES
from archive.exporting.backup import databases
from archive.exporting.backup.bundle import BundleWriter, Manifest, read_bundle
from archive.exporting.files import replaced, working_folder

KEY = "secret_key"


def write_backup(path: Path) -> Manifest:
    """Write database, images and key to one file, which appears once it is complete and verified.

    The database comes first: by then, every image it refers to is on disk. Raises Unusable and OSError.
    """
    with working_folder(path) as folder:
        database = folder / "database"
        manifest = databases.dump(database)
        with replaced(path, folder=folder, mode=0o600, check=_check) as file:
            bundle = BundleWriter(file, manifest)
            _add(bundle, databases.NAMES[manifest.vendor], database)
            database.unlink()
            data_dir = Path(settings.DATA_DIR)
            if (data_dir / KEY).is_file():
                _add(bundle, KEY, data_dir / KEY)
            for picture in sorted(each for each in (data_dir / PICTURES).rglob("*") if each.is_file()):
                name = picture.relative_to(data_dir).as_posix()
                try:
                    _add(bundle, name, picture)
                except FileNotFoundError:  # an interrupted import is being cleaned up
                    manifest.missing.append(name)
            bundle.finish()
        return manifest


def _check(written: Path) -> None:
    read_bundle(written)


def _add(bundle: BundleWriter, name: str, path: Path) -> None:
    with path.open("rb") as source:
        bundle.add(name, source, path.stat().st_size)
