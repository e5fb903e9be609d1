"""How fast files are imported: `python -m bench.import_rate [FILES]`.

The floor is what the cores could do if all they did were Markdown and bleach: cores x one core's rate through
`markdown.markdown` and `bleach.clean` on the same bodies. The import is held to 0.85 of it, an unchanged re-import to
5,000 files a second, the writer to 250 MB. Wall-clock figures mean little on a machine with other work; the CPU ones
hold there too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.files import write_files
from bench.serving import PROJECT, environment, manage

ATTRIBUTES = {"a": ["href", "title"], "img": ["src", "alt", "title"]}


def floor(folder: Path) -> float:
    """CPU seconds that one core takes for Markdown and bleach alone."""
    import bleach
    import markdown

    from archive.formats.frontmatter import parse
    from archive.text.sanitizing import ELEMENTS

    bodies = [parse(path.read_text()).body for path in sorted(folder.rglob("*.md"))]
    started = time.process_time()
    for body in bodies:
        bleach.clean(markdown.markdown(body), tags=ELEMENTS, attributes=ATTRIBUTES)
    return time.process_time() - started


def preparing(folder: Path) -> float:
    """CPU seconds that one core takes for all that our workers do, as they do it."""
    from archive.importing.preparing import Job
    from archive.importing.workers import CHUNK_FILES, prepare_chunk

    jobs = [Job(path.name, str(path), str(folder)) for path in sorted(folder.rglob("*.md"))]
    started = time.process_time()
    for first in range(0, len(jobs), CHUNK_FILES):
        prepare_chunk(jobs[first : first + CHUNK_FILES], False)
    return time.process_time() - started


def importing(folder: Path) -> dict[str, float]:
    """One run of the import in this process: wall-clock and CPU seconds, and the peak memory in MB."""
    import resource

    import django

    django.setup()
    from archive.importing.running import import_paths

    cpu = time.process_time()
    run = import_paths([folder])
    return {
        "files": run.total,
        "failed": run.failed,
        "seconds": run.seconds,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024**2),
    }


MEASURES = {"floor": floor, "preparing": preparing, "importing": importing}


def measured(what: str, folder: Path, data_dir: Path) -> object:
    """The result of a measure, taken in a process of its own."""
    command = [sys.executable, "-m", "bench.import_rate", "--measure", what, str(folder)]
    settings = {**environment(data_dir), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    done = subprocess.run(command, cwd=PROJECT, env=settings, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the import rate.")
    parser.add_argument(
        "count",
        nargs="?",
        type=int,
        default=5000,
        help="files to generate; at a few thousand the start of the processes tells",
    )
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        what, folder = chosen.measure
        print(json.dumps(MEASURES[what](Path(folder))))
        return
    with tempfile.TemporaryDirectory() as temporary:
        report(chosen.count, Path(temporary))


def report(count: int, temporary: Path) -> None:
    """Generate files, take every measure and print the table."""
    from archive.importing.workers import default_jobs

    folder, data_dir = temporary / "files", temporary / "data"
    size = write_files(count, folder)
    manage(data_dir, "migrate")
    first, second = (measured("importing", folder, data_dir) for _ in range(2))
    floor_cpu, preparing_cpu = (measured(what, folder, data_dir) for what in ("floor", "preparing"))
    cores = default_jobs()
    floor_rate = cores * count / floor_cpu
    rate = count / first["seconds"]
    rows = [
        ("files", f"{count:,} of {size / count / 1024:.1f} KB", ""),
        (
            "floor: Markdown and bleach alone",
            f"{floor_rate:,.0f} files/s",
            f"{floor_cpu / count * 1000:.2f} ms CPU each",
        ),
        ("workers: decode, parse, render", "", f"{preparing_cpu / count * 1000:.2f} ms CPU each"),
        ("writer: match, write, index", "", f"{first['cpu'] / count * 1000:.2f} ms CPU each"),
        ("import", f"{rate:,.0f} files/s", f"{rate / floor_rate:.2f} of the floor by the clock (bar: 0.85)"),
        ("", "", f"{floor_cpu / (preparing_cpu + first['cpu']):.2f} of the floor by CPU time"),
        ("unchanged", f"{count / second['seconds']:,.0f} files/s", "bar: 5,000"),
        ("writer's peak memory", f"{first['peak']:,.0f} MB", "bar: 250"),
        ("failed", f"{first['failed']}", ""),
    ]
    for name, figure, remark in rows:
        print(f"{name:<34} {figure:>20}  {remark}")


if __name__ == "__main__":
    main()
