"""Importing what somebody sent over the web: in the background, through the same code as the command."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import connections

from archive.importing.file_names import fitting_name
from archive.importing.models import ImportRun
from archive.importing.running import Watcher, import_paths
from archive.importing.temporary import UPLOAD, TemporaryFolder


def import_uploads(files: Iterable[UploadedFile[bytes]], user: User) -> ImportRun:
    """Begin to import files and archives in a thread of their own. Returns the run once its work has begun, or is to
    wait for another. Should this process end meanwhile, whoever looks at the runs next marks this one as interrupted;
    what was written until then stays, and the rest can be sent again.
    """
    folder = TemporaryFolder(settings.DATA_DIR, UPLOAD)
    try:
        paths = [_save(file, folder.path) for file in files]
        upload = _Upload(folder, paths, user)
    except BaseException:
        folder.remove()
        raise
    return upload.begin()


def _save(file: UploadedFile[bytes], folder: Path) -> Path:
    name = Path(file.name or "upload")
    target = folder / fitting_name(name.name)
    number = 1
    while target.exists():  # two files of one name, from two folders
        number += 1
        target = folder / fitting_name(f"{name.stem} {number}{name.suffix}")
    with target.open("xb") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
    return target


class _Upload(Watcher):
    def __init__(self, folder: TemporaryFolder, paths: list[Path], user: User) -> None:
        self._folder = folder
        self._paths = paths
        self._user = user
        self._run: ImportRun | None = None
        self._error: BaseException | None = None
        self._has_begun = threading.Event()

    def begin(self) -> ImportRun:
        threading.Thread(target=self._import, name="import").start()
        self._has_begun.wait()
        if self._run is None:
            assert self._error is not None
            raise self._error
        return self._run

    def waiting(self, run: ImportRun | None) -> None:
        if run is not None:
            self.started(run)

    def started(self, run: ImportRun) -> None:
        self._run = ImportRun.objects.get(pk=run.pk)  # the other thread goes on with its own
        self._has_begun.set()

    def _import(self) -> None:
        try:
            import_paths(self._paths, watcher=self, started_by=self._user, is_upload=True)
        except BaseException as error:
            self._error = error
            if self._run is not None:
                raise
        finally:
            self._folder.remove()
            connections.close_all()
            self._has_begun.set()
