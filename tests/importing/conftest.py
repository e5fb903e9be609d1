"""A folder of clippings, and ways to import it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.articles.models import Article
from archive.importing.models import ImportRun
from archive.importing.problems import Problem
from archive.importing.running import Options, Watcher, import_paths
from tests.importing.archives import Archive


@dataclass
class Clippings(Watcher):
    """A folder to write to and import."""

    path: Path
    problems: list[Problem] = field(default_factory=list)

    def write(self, name: str, content: str | bytes = "Some words to read.\n") -> Path:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def move(self, name: str, to: str) -> None:
        (self.path / to).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).rename(self.path / to)

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def run(self, *names: str, prune: bool = False, dry_run: bool = False) -> ImportRun:
        """Import these files of the folder, or all of it."""
        self.problems = []
        paths = [self.path / name for name in names] or [self.path]
        return import_paths(paths, options=Options(jobs=1, prune=prune, dry_run=dry_run), watcher=self)

    def problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


@pytest.fixture
def clippings(tmp_path: Path, data_dir: Path) -> Clippings:
    folder = tmp_path / "clippings"
    folder.mkdir()
    return Clippings(folder)


@pytest.fixture
def counts() -> Callable[[ImportRun], dict[str, int]]:
    """A run's non-zero counts."""

    def of(run: ImportRun) -> dict[str, int]:
        names = ("created", "updated", "unchanged", "moved", "missing", "failed", "skipped", "warnings")
        return {name: getattr(run, name) for name in names if getattr(run, name)}

    return of


@pytest.fixture
def the_article(db) -> Callable[[], Article]:
    """The only article of the archive."""
    return lambda: Article.objects.get()


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive with empty tables, to be copied."""
    archive = Archive(tmp_path_factory.mktemp("archive") / "data")
    migrated = archive.manage("migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr
    return archive


@pytest.fixture
def make_archive(tmp_path: Path, empty_archive: Archive) -> Callable[[str], Archive]:
    def make(name: str) -> Archive:
        shutil.copytree(empty_archive.data_dir, tmp_path / name)
        return Archive(tmp_path / name)

    return make
