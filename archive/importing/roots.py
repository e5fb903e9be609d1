"""Turns the paths given by a person into the folders to walk."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.formats.file_kinds import ARTICLE_SUFFIXES, is_article, is_container, is_picture
from archive.formats.source import Source
from archive.importing.containers import ContainerRefused, is_packed, unpack
from archive.importing.discovery import Root, count_files
from archive.importing.exports import Export, export_of, find_exports
from archive.importing.file_names import storable_name
from archive.importing.identity import UPLOAD
from archive.importing.problems import ERROR, WARNING, Problem


class NothingToImport(Exception):
    """A given path does not exist."""


@dataclass
class Plan:
    """What an import walks, and the problems with given paths that it cannot import."""

    roots: list[Root] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def check_paths(paths: Sequence[str | Path]) -> None:
    """Raise NothingToImport unless every path exists."""
    for path in paths:
        if not Path(path).exists():
            raise NothingToImport(f"There is no file or folder at {path}")


def plan_roots(paths: Sequence[str | Path], passing: Path, *, upload: int | None = None) -> Plan:
    """Make roots from folders, from single files by folder, and from archives, which are unpacked below `passing`.

    `upload` is the id of the run if these are temporary copies of uploaded files.
    """
    plan = Plan()
    single: dict[str, list[str]] = {}
    for number, path in enumerate(dict.fromkeys(Path(path).resolve() for path in paths)):
        name = path.name
        if path.is_dir():
            _take_exports(plan, Root(str(path), storable_name(f"{path}/")), passing, "")
        elif is_packed(path) or is_container(name):
            within = f"{UPLOAD}{upload}/{name}" if upload is not None else f"archive:{path}"
            _unpack(plan, path, passing / str(number), storable_name(within))
        elif export := export_of(Source(path.parent, path.name)):
            plan.exports.append(export)
        elif is_article(name):
            single.setdefault(str(path.parent), []).append(name)
        elif upload is None or not is_picture(name):  # an image uploaded along with it is found by its name
            suffixes = ", ".join(ARTICLE_SUFFIXES)
            reason = f"This is not a known export. Use {suffixes}, an archive or an export. It was skipped."
            plan.refused.append(Problem(storable_name(name), None, WARNING, "not-an-article", reason))
    for folder, names in single.items():
        within = f"{UPLOAD}{upload}/" if upload is not None else f"{folder}/"
        plan.roots.append(Root(folder, storable_name(within), tuple(sorted(names))))
    return plan


def _unpack(plan: Plan, container: Path, into: Path, within: str) -> None:
    into.mkdir()
    try:
        problems = unpack(container, into)
    except ContainerRefused as error:
        plan.refused.append(Problem(storable_name(container.name), None, ERROR, "archive-refused", str(error)))
        return
    plan.refused += (
        replace(problem, path=storable_name(f"{container.name}/{problem.path}".rstrip("/"))) for problem in problems
    )
    before = len(plan.exports)
    root = _take_exports(plan, Root(str(into), f"{within}//"), into.parent, f"{container.name}/")
    if not problems and len(plan.exports) == before and not count_files(root):
        reason = "The archive contains no articles."
        plan.refused.append(Problem(storable_name(container.name), None, WARNING, "no-article", reason))


def _take_exports(plan: Plan, root: Root, passing: Path, prefix: str) -> Root:
    """Add a folder's exports to the plan. Returns the folder's root without them."""
    found = find_exports(Path(root.folder), passing, prefix=prefix)
    root = replace(root, claimed=frozenset(map(storable_name, found.claimed)))
    plan.exports += found.files
    plan.roots.append(root)
    # Not below the folder's own name: no later import looks for these files there.
    name = root.name if root.name.startswith(UPLOAD) else f"archive:{root.name}"
    plan.roots += (Root(str(folder), storable_name(f"{name}{path}//")) for folder, path in found.unpacked)
    return root
