"""How fast articles are exported, and with how much memory: `python -m bench.exports [ARTICLES]`.

`export_archive` into a new folder, again over it, a zip as the web sends it, and a backup, each in a process of its
own. Articles have front matter, every third of them a note. Held to 1,000 articles a second of the processor, 300 MB,
and for a backup a minute of the clock.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.archive import open_archive
from bench.serving import PROJECT, environment

PER_SECOND, MOST_MB, BACKUP_SECONDS = 1_000, 300, 60
WORKS = ("export", "again", "zip", "backup")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--words", type=int, default=200, help="mean length of a text")
    parser.add_argument("--work", nargs=2, metavar=("WORK", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(_measured(options.work[0], Path(options.work[1]))))
        return
    with tempfile.TemporaryDirectory(prefix="commonplace-exports-") as folder:
        data = Path(folder, "data")
        count, words = str(options.articles), str(options.words)
        command = [sys.executable, "-m", "bench.archive", count, "--words", words, "--data-dir", str(data)]
        subprocess.run(command, cwd=PROJECT, check=True)
        subprocess.run(_work("notes", folder), cwd=PROJECT, env=environment(data), check=True, capture_output=True)
        failed = [work for work in WORKS if not _report(work, options.articles, data, folder)]
    sys.exit(bool(failed))


def _work(work: str, folder: str) -> list[str]:
    return [sys.executable, "-m", "bench.exports", "--work", work, folder]


def _report(work: str, articles: int, data: Path, folder: str) -> bool:
    run = subprocess.run(
        _work(work, folder), cwd=PROJECT, env=environment(data), check=True, capture_output=True, text=True
    )
    found = json.loads(run.stdout)
    rate = articles / found["cpu"]
    print(
        f"{work:<7} {articles:,} articles: {found['cpu']:.1f} s CPU ({rate:,.0f} a second), "
        f"{found['clock']:.1f} s by the clock, {found['mb']:.0f} MB at most",
        flush=True,
    )
    return found["mb"] < MOST_MB and (found["clock"] < BACKUP_SECONDS if work == "backup" else rate >= PER_SECOND)


def _measured(work: str, folder: Path) -> dict[str, float]:
    """Seconds of the processor and of the clock, and the peak of memory in MB."""
    open_archive(folder / "data")
    from archive.exporting.article_zip import articles_zip
    from archive.exporting.backup import write_backup
    from archive.exporting.folder import export_folder
    from archive.exporting.selecting import found
    from archive.query import parse

    cpu, clock = time.process_time(), time.perf_counter()
    if work == "notes":
        _annotate()
    elif work == "zip":
        for _ in articles_zip(found(parse(""))):
            pass
    elif work == "backup":
        write_backup(folder / "all.tar")
    else:
        export_folder(folder / "export")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": time.process_time() - cpu, "clock": time.perf_counter() - clock, "mb": peak}


def _annotate() -> None:
    """A highlight with a note, and its history, on every third article, which has been read, too."""
    from django.contrib.auth import get_user_model

    from archive.annotations.models import Annotation, Change
    from archive.articles.models import Article
    from archive.reading.models import ReadingState

    ada = get_user_model().objects.create_user("ada")
    noted = Article.objects.order_by("pk").select_related("revision")[::3]
    for article in noted:
        made = Annotation.objects.create(
            article=article, revision=article.revision, anchored_on=article.revision, owner=ada, start=0, end=40,
            motivation="commenting", exact=article.revision.text[:40], note="Why *so*?",
        )  # fmt: skip
        Change.objects.create(annotation=made, person=ada, before=None, after={"note": made.note})
        ReadingState.objects.create(article=article, owner=ada, read_at=made.created_at)


if __name__ == "__main__":
    main()
