"""Files that appear whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from archive.locking import locked_in_place


@contextmanager
def replaced(
    path: str | Path,
    *,
    folder: Path | None = None,
    mode: int | None = None,
    check: Callable[[Path], None] | None = None,
) -> Iterator[IO[bytes]]:
    """A file to write to, which takes this name, and the place of what has it, once it is whole and on the disk.

    It is written in `folder`, else beside its place; `mode` is its permissions. `check` looks at it before it takes the
    name, and raises where it is no good.
    """
    target = Path(path)
    short = target.name.encode("utf-8", "replace")[:100].decode(errors="ignore")  # file systems count bytes
    descriptor, name = tempfile.mkstemp(prefix=f".{short}.", suffix=".part", dir=folder or target.parent)
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        written.chmod(_usual_mode() if mode is None else mode)
        if check is not None:
            check(written)
        written.replace(target)
        _sync(target.parent)
    except BaseException:
        written.unlink(missing_ok=True)
        raise


@contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` to work in, gone afterwards; what a run that was killed left in it is removed.

    Raises Busy where another process works in it.
    """
    folder = target.with_name(f".{target.name}.part")
    folder.mkdir(mode=0o700, exist_ok=True)
    with locked_in_place(folder, f"Another process is writing {target}."):
        for left in folder.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _usual_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync(folder: Path) -> None:
    """Have the disk know of a new name. Not every file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
