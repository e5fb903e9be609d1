"""Imports uploaded files, in the background and with the same code as the command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile

from archive.importing import background
from archive.importing.file_names import fitting_name
from archive.importing.models import ImportRun
from archive.importing.running import Watcher, import_paths
from archive.importing.temporary import UPLOAD, TemporaryFolder


def import_uploads(files: Iterable[UploadedFile[bytes]], user: User) -> ImportRun:
    """Start importing files and archives in a thread. Returns the run once its work has begun, or is waiting for
    another import. If this process ends meanwhile, the run is marked as interrupted the next time someone looks at the
    runs; what was written by then is kept, and the rest can be uploaded again."""
    folder = TemporaryFolder(settings.DATA_DIR, UPLOAD)
    try:
        paths = [_save(file, folder.path) for file in files]
    except BaseException:
        folder.remove()
        raise

    def work(watcher: Watcher) -> None:
        try:
            import_paths(paths, watcher=watcher, started_by=user, is_upload=True)
        finally:
            folder.remove()

    return background.begin(work)


def _save(file: UploadedFile[bytes], folder: Path) -> Path:
    name = Path(file.name or "upload")
    target = folder / fitting_name(name.name)
    number = 1
    while target.exists():  # two files with the same name, from two folders
        number += 1
        target = folder / fitting_name(f"{name.stem} {number}{name.suffix}")
    with target.open("xb") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
    return target
