"""Files that were renamed and edited at the same time, recognised as in git by their similarity to files gone in the
same run.

docs/decisions/importing-renamed-and-edited.md explains the method and has measurements.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from zlib import crc32

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from archive.articles.agreement import words
from archive.articles.models import Article
from archive.articles.turns import in_portions
from archive.formats.frontmatter import canonical_url
from archive.importing.discovery import FoundFile, Root
from archive.importing.models import ImportRun, SourceFile

SHINGLE = 3  # words
SKETCH = 512  # shingles kept per text: those with the smallest hashes
LEAST_ALIKE = 0.25  # minimum share of the longer text's shingles
LEAST_SHARED = 5  # minimum shingles in common
CLEARLY = 0.06  # lead that the best candidate must have over the next
SAME_NAME = 0.1  # bonus for an unchanged file name
COMMON = 4  # texts that share a shingle for it to count as common, like a form filled in every day
NEIGHBOURS = 8  # files of a folder that are checked for such forms
READ_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text's shingles, and the bound below which it is complete."""

    hashes: frozenset[int]
    bound: int

    def alike(self, other: Sketch, common: set[int]) -> float:
        """The share of the longer text's shingles that both have, ignoring common ones."""
        bound = min(self.bound, other.bound)
        mine = {it for it in self.hashes if it <= bound} - common
        its = {it for it in other.hashes if it <= bound} - common
        shared = len(mine & its)
        return shared / max(len(mine), len(its)) if shared >= LEAST_SHARED else 0.0


@dataclass(frozen=True, slots=True)
class Gone:
    """An article whose file is gone."""

    article: int
    url: str | None
    path: str
    location: str
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class New:
    """A file that no other rule matches."""

    found: FoundFile
    url: str | None
    sketch: Sketch


@dataclass
class Renames:
    """The files of a run that may have been renamed and edited. They wait until all others are imported, since one of
    those may be the missing file under a new name."""

    roots: Sequence[Root]
    waiting: dict[str, New] = field(default_factory=dict)  # by location
    followed: dict[str, int] = field(default_factory=dict)  # location to article, once decided
    _gone: list[Gone] | None = None
    _by_hash: defaultdict[int, list[Gone]] = field(default_factory=lambda: defaultdict(list))

    def may_be(self, found: FoundFile, text: str, url: str | None) -> bool:
        """Whether a new file resembles an article whose file is gone. If so, it waits until `decide`."""
        if self._gone is None:
            self._gone = list(_gone(self.roots))
            for gone in self._gone:
                for value in gone.sketch.hashes:
                    self._by_hash[value].append(gone)
        if not self._gone:
            return False
        new = New(found, url, sketch(text))
        if any(new.sketch.alike(gone.sketch, set()) >= LEAST_ALIKE for gone in self._candidates(new)):
            self.waiting[found.location] = new
            return True
        return False

    def decide(self) -> list[FoundFile]:
        """Decide which article each waiting file is, if any. Returns the files, which must be read again."""
        still_gone = set(_without_file().values_list("pk", flat=True))
        often = Counter(value for one in (*(self._gone or ()), *self.waiting.values()) for value in one.sketch.hashes)
        common = {value for value, count in often.items() if count >= COMMON}
        neighbours = _Neighbours()
        pairs: list[tuple[float, str, Gone]] = []
        for location, new in self.waiting.items():
            for gone in self._candidates(new):
                if gone.article in still_gone and not (new.url and gone.url and new.url != gone.url):
                    here = common | neighbours.common(location) | neighbours.common(gone.location)
                    score = new.sketch.alike(gone.sketch, here)
                    if score >= LEAST_ALIKE:
                        same_name = PurePath(gone.path).name == PurePath(new.found.path).name
                        pairs.append((score + SAME_NAME * same_name, location, gone))
        self.followed = _clear_pairs(pairs)
        files = [new.found for new in self.waiting.values()]
        self.waiting = {}
        return files

    def _candidates(self, new: New) -> list[Gone]:
        shared = Counter(id(gone) for value in new.sketch.hashes for gone in self._by_hash.get(value, ()))
        return [gone for gone in self._gone or () if shared[id(gone)] >= LEAST_SHARED]


def _clear_pairs(pairs: Iterable[tuple[float, str, Gone]]) -> dict[str, int]:
    """The best pairs without an equally good alternative: which article a file was must be certain."""
    by_file: defaultdict[str, list[float]] = defaultdict(list)
    by_article: defaultdict[int, list[float]] = defaultdict(list)
    for score, location, gone in pairs:
        by_file[location].append(score)
        by_article[gone.article].append(score)
    return {
        location: gone.article
        for score, location, gone in pairs
        if all(
            score == max(scores) and sum(other > score - CLEARLY for other in scores) == 1
            for scores in (by_file[location], by_article[gone.article])
        )
    }


def sketch(text: str) -> Sketch:
    """The sketch of a text."""
    found = words(text, None)
    runs = zip(*(islice(found, start, None) for start in range(SHINGLE)), strict=False)
    hashes = {crc32(" ".join(run).encode()) for run in runs}
    if len(hashes) <= SKETCH:
        return Sketch(frozenset(hashes), 2**32)
    least = heapq.nsmallest(SKETCH, hashes)
    return Sketch(frozenset(least), least[-1])


def _without_file() -> QuerySet[Article]:
    """The articles whose file went missing since the last finished run, and that have no other file."""
    since = ImportRun.objects.filter(state=ImportRun.State.FINISHED).aggregate(it=Max("finished_at"))["it"]
    sources = SourceFile.objects.filter(article=OuterRef("pk"))
    recent = Q(missing_since__gt=since) if since else ~Q(missing_since=None)
    return Article.objects.filter(Exists(sources.filter(recent))).exclude(Exists(sources.filter(missing_since=None)))


def _gone(roots: Sequence[Root]) -> Iterator[Gone]:
    for some in in_portions(_without_file().values_list("pk", flat=True), READ_AT_ONCE):
        files = dict(SourceFile.objects.filter(article__in=some).order_by("pk").values_list("article", "location"))
        articles = Article.objects.filter(pk__in=some).exclude(revision=None)
        for pk, url, path, text in articles.values_list("pk", "source_url", "revision__path", "revision__text"):
            if any(root.holds(files[pk]) for root in roots):
                yield Gone(pk, canonical_url(url), path, files[pk], sketch(text))


class _Neighbours:
    """What the files of a folder have in common, computed once per folder."""

    def __init__(self) -> None:
        self._known: dict[str, set[int]] = {}

    def common(self, location: str) -> set[int]:
        """The shingles in two or more of the other files in a file's folder."""
        folder = location.rpartition("/")[0] + "/"
        if folder not in self._known:
            there = SourceFile.objects.filter(missing_since=None, location__gte=folder, location__lt=folder + "\uf8ff")
            texts = there.order_by("-pk").values_list("revision__text", flat=True)[:NEIGHBOURS]
            counts = Counter(value for text in texts for value in sketch(text).hashes)
            self._known[folder] = {value for value, count in counts.items() if count > 1}
        return self._known[folder]
