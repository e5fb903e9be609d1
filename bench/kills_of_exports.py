"""Exports killed at random moments: `python -m bench.kills_of_exports [--trials N] [--articles N]`.

`export_archive`, `mirror_notes` and `restore --replace` are begun in turn on an archive of their own and killed with
all their processes, the first two in a folder that was written before and is not up to date any more. Then the same is
run to its end. An export and a folder of notes must be what a run into a new folder writes, and of what a person wrote
into the notes no letter may be lost; the restored archive must be the one that was backed up, and `check_archive`
content.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.archive import fill, open_archive
from bench.serving import PROJECT, environment, manage

WORKS = ("export", "mirror", "restore")
OWN = "\nMy own words: Ünïcode 日本, to the letter.\r\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="of each kind")
    parser.add_argument("--articles", type=int, default=300)
    options = parser.parse_args()
    chance = random.Random(18)
    with tempfile.TemporaryDirectory(prefix="commonplace-kills-") as temporary:
        bench = Bench(Path(temporary), options.articles)
        failed = [
            (number, work)
            for number in range(options.trials)
            for work in WORKS
            if not bench.trial(number, work, chance)
        ]
    print(f"{options.trials} moments of {', '.join(WORKS)}; not well afterwards: {failed or 'none'} (bar: none)")
    sys.exit(bool(failed))


class Bench:
    """An archive, the folders it is exported to, and the archive it is restored to."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.folder, self.data, self.restored = folder, folder / "data", folder / "restored"
        open_archive(self.data)
        fill(articles, 120)
        _annotate(articles // 2)
        manage(self.data, "backup", str(folder / "all.tar"))
        manage(self.restored, "migrate")
        self._command = {
            "export": ["export_archive", str(folder / "export")],
            "mirror": ["mirror_notes", str(folder / "mirror"), "--person", "ada"],
            "restore": ["restore", str(folder / "all.tar"), "--replace"],
        }
        self._seconds = {work: self._whole(work) for work in WORKS}

    def trial(self, number: int, work: str, chance: random.Random) -> bool:
        """Whether everything is intact after a work was killed and done again."""
        self._change(number, work)
        after = self._seconds[work] * (0.3 + 0.7 * chance.random())  # it takes a third to begin
        process = self._start(work)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        was_killed = process.returncode != 0
        is_well = self._start(work).wait() == 0 and self._is_well(work, number)
        print(
            f"{number:>3} {work:<8} {'killed' if was_killed else 'ended '} {'well' if is_well else 'NOT WELL'}",
            flush=True,
        )
        return is_well

    def _whole(self, work: str) -> float:
        """How long it takes to its end, in seconds of the clock."""
        began = os.times().elapsed
        assert self._start(work).wait() == 0
        return os.times().elapsed - began

    def _start(self, work: str) -> subprocess.Popen[bytes]:
        data = self.restored if work == "restore" else self.data
        return subprocess.Popen(
            [sys.executable, "manage.py", *self._command[work]],
            cwd=PROJECT,
            env=environment(data),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _change(self, number: int, work: str) -> None:
        """Something to write for the next run, so that it has as much to do as the first."""
        from archive.annotations.models import Annotation
        from archive.articles.models import Article

        Article.objects.update(description=f"Changed {number}")
        Annotation.objects.update(note=f"Note {number}")
        if work == "mirror":
            for path in sorted((self.folder / "mirror").glob("*.md"))[:50]:
                path.write_bytes(path.read_bytes() + f"{number} {path.name}{OWN}".encode())

    def _is_well(self, work: str, number: int) -> bool:
        if work == "restore":
            return manage(self.restored, "check_archive", check=False).returncode == 0
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [str(fresh) if part == str(self.folder / work) else part for part in self._command[work]]
        manage(self.data, *command)
        here, there = _tree(self.folder / work), _tree(fresh)
        if work == "export":
            return here == there
        own = {name: data.partition(b"<!-- commonplace:end -->\n")[2] for name, data in here.items()}
        wrote = sorted(name for name in own if name.endswith(".md"))[:50]
        is_theirs = all(
            own[name] == "".join(f"{each} {name}{OWN}" for each in range(number + 1)).encode() for name in wrote
        )
        return (
            is_theirs
            and all(data.startswith(there[name].rstrip(b"\n")) for name, data in here.items() if name in there)
            and here.keys() == there.keys()
        )


def _annotate(count: int) -> None:
    from django.contrib.auth import get_user_model

    from archive.anchoring import Selector
    from archive.annotations import writing
    from archive.articles.models import Article

    ada = get_user_model().objects.create_superuser("ada")
    for article in Article.objects.select_related("revision").order_by("pk")[:count]:
        words = article.revision.text[:40]
        writing.annotate(ada, article, Selector(words), note="Note", tags=["tag"])


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    main()
