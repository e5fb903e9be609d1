"""Temporary files and folders, locked while their process lives, so that leftovers of dead processes can be
recognised."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archive.data_folder import FILE
from archive.locking import lock, locked_in_place

UPLOAD = "upload-"  # a folder in the data directory with uploaded files
NEW = ".new-"  # an image that is being written


class TemporaryFolder:
    """A temporary folder of this process in the data directory.

    It is locked while the process lives, so that others can tell that it is in use.
    """

    def __init__(self, data_dir: Path, prefix: str) -> None:
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=data_dir))
            self._lock = os.open(self.path, os.O_RDONLY)
            lock(self._lock)
            if self.path.exists():  # nobody took it for a leftover before it was locked
                return
            os.close(self._lock)

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


@contextmanager
def new_file(folder: Path, data: bytes) -> Iterator[Path]:
    """A locked file with this content, synced to disk, which the caller moves to its destination."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=NEW, delete=False) as file:
        lock(file.fileno())
        os.fchmod(file.fileno(), FILE)  # the umask may have taken too much
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            yield Path(file.name)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def clear_leftovers(data_dir: Path) -> None:
    """Remove temporary files and folders that no living process holds."""
    for path in (*data_dir.glob(f"{UPLOAD}*"), *data_dir.glob(f"attachments/*/{NEW}*")):
        with suppress(OSError), locked_in_place(path):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
