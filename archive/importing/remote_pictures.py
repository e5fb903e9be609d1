"""Brings articles' images from other sites into the archive, on request.

It can be interrupted at any time: what was fetched is kept, and the next run continues from there.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from archive.articles.models import Article, Attachment, Revision
from archive.articles.turns import in_portions
from archive.importing import background
from archive.importing.attachments import attach
from archive.importing.fetching import FetchRefused, fetch
from archive.importing.models import ImportProblem, ImportRun, RemotePicture
from archive.importing.pictures import LARGEST_PICTURE, Picture, keep, media_type
from archive.importing.problems import WARNING, Problem
from archive.importing.rerendering import rerender
from archive.importing.running import Watcher
from archive.locking import Busy, locked
from archive.text import is_remote, pictures

SOURCE = "Images on other sites"  # the source shown in the report
SECONDS_BETWEEN = 0.5  # two requests to one host
MOST_FAILURES = 3  # failures of one host after which it is skipped for this run
LOOKED_UP = 500  # articles at a time
ARTICLES_AT_ONCE = 20  # whose pages are re-rendered together
SECONDS = 30.0  # for one image
ACCEPTED = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml,image/bmp"


class AlreadyFetching(Exception):
    """Images are already being fetched."""


def fetch_pictures(
    articles: Iterable[int], *, by: User | None = None, again: bool = False, watcher: Watcher | None = None
) -> ImportRun:
    """Fetch these articles' images from other sites; returns the finished run.

    With `again`, retry what could not be fetched before. Raises AlreadyFetching.
    """
    watcher = watcher or Watcher()
    try:
        with locked(_lock(), timeout=0):
            run = ImportRun(kind=ImportRun.Kind.PICTURES, paths=[SOURCE], started_by=by)
            waiting = [pk for some in in_portions(articles, LOOKED_UP) for pk in _with_remote_pictures(some)]
            run.total = len(waiting)
            run.save()
            watcher.started(run)
            try:
                _Fetching(run, watcher, again).work(waiting)
            except BaseException as error:
                ImportRun.objects.filter(pk=run.pk).update(
                    state=ImportRun.State.INTERRUPTED, error=f"{type(error).__name__}: {error}"
                )
                raise
            run.state, run.finished_at = ImportRun.State.FINISHED, timezone.now()
            run.save()
            return run
    except Busy:
        raise AlreadyFetching("Images are being fetched already.") from None


def fetch_in_background(articles: Iterable[int], by: User) -> ImportRun:
    """The same in a thread. Returns the run once its work has begun. Raises AlreadyFetching."""
    ids = list(articles)
    return background.begin(lambda watcher: fetch_pictures(ids, by=by, watcher=watcher))


def is_fetching() -> bool:
    """Whether images are being fetched right now."""
    try:
        with locked(_lock(), timeout=0):
            return False
    except Busy:
        return True


def _lock() -> Path:
    return settings.DATA_DIR / "pictures.lock"


def _with_remote_pictures(ids: Sequence[int]) -> list[int]:
    """The ids of those articles that show images from other sites, in order."""
    found = Article.objects.present().filter(pk__in=ids, revision__html__contains="data-remote-src")
    having = set(found.values_list("pk", flat=True))
    return [pk for pk in ids if pk in having]


@dataclass
class _Fetching:
    """Fetches for one run."""

    run: ImportRun
    watcher: Watcher
    again: bool
    asked_at: dict[str, float] = field(default_factory=dict)  # by host
    failures: Counter[str] = field(default_factory=Counter)  # by host

    def work(self, ids: Sequence[int]) -> None:
        for some in in_portions(ids, ARTICLES_AT_ONCE):
            changed = []
            for pk in some:
                revision = Revision.objects.filter(current_of=pk).only("article", "path", "html", "images").first()
                if revision is not None and self._keep_pictures_of(revision):
                    changed.append(revision.pk)
                self.run.done += 1
                self.run.save()
                self.watcher.progress(self.run)
            if changed:
                rerender(only=changed, jobs=1)

    def _keep_pictures_of(self, revision: Revision) -> bool:
        """Fetch the images of a revision. Returns whether its page must be re-rendered, because it has a newly stored
        image."""
        addresses = dict.fromkeys(picture.src for picture in pictures(revision.html) if is_remote(picture.src))
        kept = {address: picture for address in addresses if (picture := self._kept(address, revision)) is not None}
        if not kept:
            return False
        with transaction.atomic():
            attach([(revision.pk, list(kept.values()))])
            images = Revision.objects.only("images").get(pk=revision.pk).images
            images |= {address: picture.sha256 for address, picture in kept.items()}
            Revision.objects.filter(pk=revision.pk).update(images=images)
        return True

    def _kept(self, address: str, revision: Revision) -> Picture | None:
        """The stored image, existing or fetched now; None if it cannot be fetched."""
        digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
        known = RemotePicture.objects.filter(digest=digest).first()
        if known is not None and known.sha256 and (before := _picture(known.sha256)) is not None:
            self.run.unchanged += 1
            return before
        if known is not None and known.failure and not self.again:
            self.run.skipped += 1
            return None
        host = urlsplit(address).hostname or ""
        if self.failures[host] >= MOST_FAILURES:
            self.run.skipped += 1  # nothing is recorded, so the next run tries again
            return None
        result: dict[str, object] = {"address": address, "sha256": "", "failure": "", "tried_at": timezone.now()}
        picture: Picture | None = None
        try:
            picture = self._fetched(address, host)
            result["sha256"] = picture.sha256
            self.run.created += 1
        except FetchRefused as error:
            result["failure"] = str(error)
            self.run.failed += 1
            self._report(revision, f"{address[:200]} was not kept. {error}")
            if error.host_is_to_blame:
                self._blame(host, revision)
        RemotePicture.objects.update_or_create(digest=digest, defaults=result)
        return picture

    def _fetched(self, address: str, host: str) -> Picture:
        wait = self.asked_at.get(host, 0.0) + SECONDS_BETWEEN - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        try:
            data = fetch(address, most_bytes=LARGEST_PICTURE, seconds=SECONDS, accept=ACCEPTED).data
        finally:
            self.asked_at[host] = time.monotonic()
        kind = media_type(data)
        if kind is None:
            raise FetchRefused("It is not an image.")
        picture = Picture(hashlib.sha256(data).hexdigest(), kind, len(data))
        keep(settings.DATA_DIR, picture.file_name, data)
        return picture

    def _blame(self, host: str, revision: Revision) -> None:
        self.failures[host] += 1
        if self.failures[host] == MOST_FAILURES:
            self._report(revision, f"{host} failed {MOST_FAILURES} times. Its other images will be tried next time.")

    def _report(self, revision: Revision, message: str) -> None:
        problem = Problem(revision.path, None, WARNING, "image", message)
        ImportProblem.of(self.run, problem, revision.article).save()
        self.run.warnings += 1
        self.watcher.problem(problem)


def _picture(sha256: str) -> Picture | None:
    """A stored image; None if its file is missing."""
    found = Attachment.objects.filter(sha256=sha256).first()
    if found is None or not (settings.DATA_DIR / str(found.file)).is_file():
        return None
    return Picture(found.sha256, found.media_type, found.size)
