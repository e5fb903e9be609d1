"""An archive of odd articles, exported, imported into an empty one and exported again, on both databases:
`python -m bench.round_trip [ARTICLES]`. The two exports must be the same to the byte.

Each step is a process of its own, as people run it. Without PostgreSQL on the machine only SQLite is tried.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.archive import open_archive
from bench.serving import PROJECT, environment
from tests.postgresql import binaries, server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=2_000)
    parser.add_argument("--fill", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        open_archive(options.fill)
        from tests.exporting.odd_archive import fill

        fill(options.articles, options.fill / "files")
        return
    programs = binaries()
    kinds = ("SQLite", "PostgreSQL") if programs else ("SQLite",)
    failed = [kind for kind in kinds if not _is_same(kind, options.articles)]
    sys.exit(f"Not the same: {', '.join(failed)}" if failed else 0)


def _is_same(kind: str, articles: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="commonplace-round-trip-") as temporary:
        folder = Path(temporary)
        first, second = folder / "first", folder / "second"
        with _databases(kind) as (one, other):
            fill = ["-m", "bench.round_trip", str(articles), "--fill", str(folder / "one")]
            seconds = [
                _run(fill, folder / "one", one),
                _run(["manage.py", "export_archive", str(first)], folder / "one", one),
                _run(["manage.py", "migrate", "--verbosity", "0"], folder / "two", other),
                _run(["manage.py", "import_articles", str(first)], folder / "two", other),
                _run(["manage.py", "export_archive", str(second)], folder / "two", other),
            ]
        here, there = _tree(first), _tree(second)
        differing = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
        count = sum(name.endswith(".md") for name in here)
        print(
            f"{kind}: {count:,} articles in {len(here):,} files; {len(differing)} differ {differing[:5]} (bar: 0). "
            f"CPU: export {seconds[1]:.1f} s, import {seconds[3]:.1f} s, export {seconds[4]:.1f} s",
            flush=True,
        )
        return not differing and count >= articles * 0.9


@contextmanager
def _databases(kind: str) -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases; empty for those in the data folders."""
    programs = binaries()
    if kind == "SQLite" or programs is None:
        yield "", ""
        return
    with server(programs) as one, server(programs) as other:
        yield one, other


def _run(command: list[str], data: Path, database: str) -> float:
    """Run a program on the archive in this folder. Returns the seconds of the processor that it took."""
    known = environment(data) | ({"DATABASE_URL": database} if database else {})
    before = os.times()
    subprocess.run([sys.executable, *command], cwd=PROJECT, env=known, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
