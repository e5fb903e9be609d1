"""The files of the archive are for the account that runs it, under any umask. Text and sessions are in them."""

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
PICTURES = "attachments"
BESIDE_SQLITE = ("", "-wal", "-shm", "-journal")
KEY_BYTES = 50


def make_folder(path: Path, above: Path | None = None) -> None:
    """A folder for us alone, and those between it and `above`, at most. Raises OSError."""
    if path.is_dir():
        return
    if above is not None and path != above:
        make_folder(path.parent, above)
    path.mkdir(mode=FOLDER, parents=path == above or above is None, exist_ok=True)
    path.chmod(FOLDER)  # the umask may have taken too much


def make_file(path: Path) -> None:
    """An empty file for us alone, where none is: what SQLite puts beside its file has the same mode. Raises OSError."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE)
    except FileExistsError:
        return
    os.fchmod(handle, FILE)
    os.close(handle)


def kept_secret(path: Path) -> str:
    """A long random text, made once. Of several processes that begin at once, all get the same. Raises OSError."""
    try:
        kept = path.read_text(encoding="ascii")
    except FileNotFoundError:
        _make_secret(path, _link)
    else:
        if kept.strip():
            return kept
        _make_secret(path, Path.replace)  # left empty when a disk was full
    return path.read_text(encoding="ascii")


def _make_secret(path: Path, put: Callable[[Path, Path], object]) -> None:
    new = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    make_file(new)
    try:
        new.write_text(secrets.token_urlsafe(KEY_BYTES), encoding="ascii")
        put(new, path)
    finally:
        new.unlink(missing_ok=True)


def _link(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        pass  # another process was first
    except OSError:  # some file systems know no links
        new.replace(path)


def close(folder: Path, database: Path | None) -> list[str]:
    """Take from others what an earlier version left open to them; the paths where that is not possible.

    The pictures are gone through only where their folder or the one above is open: there may be many.
    """
    pictures = folder / PICTURES
    files = [folder / "secret_key"]
    if database is not None:
        files += [database.with_name(database.name + ending) for ending in BESIDE_SQLITE]
    is_open = any(_is_open(each) for each in (folder, pictures))
    below = list(_below(pictures)) if is_open else []
    # The folder comes last: a start that was broken off begins again.
    return [str(path) for path in (*files, *below, pictures, folder) if not _closed(path)]


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        paths = (Path(parent, name) for name in (*folders, *files))
        yield from (path for path in paths if not path.is_symlink())


def _is_open(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return False


def _closed(path: Path) -> bool:
    """Whether only we can open it, now. A folder that is meant for everybody, as /tmp is, stays as it is."""
    try:
        if _is_open(path) and not path.stat().st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)
    except OSError:
        return False
    return not _is_open(path)
