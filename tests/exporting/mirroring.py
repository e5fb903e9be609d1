"""A folder of notes, written and looked at."""

from pathlib import Path

from archive.exporting.mirror import Outcome, mirror_notes
from archive.exporting.mirror.layout import Layout


def mirror(folder: Path, person, **layout) -> Outcome:
    return mirror_notes(folder, person, lambda path: f"https://a.example{path}", Layout(**layout))


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.md") if ".commonplace" not in path.parts
    )
