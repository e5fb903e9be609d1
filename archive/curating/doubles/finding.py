"""Looking for the doubles of articles among all others, some articles at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from archive.articles.models import Article
from archive.articles.turns import in_portions, take_turn
from archive.curating.doubles import sketch as sketches
from archive.curating.doubles.likeness import Evidence, likeness, may_be_one
from archive.curating.doubles.sketch import Sketch
from archive.curating.models import DoublePair, TextSketch
from archive.processes import fork_server

AT_ONCE = 1_000  # articles whose sketches are written and compared together
TEXTS = 100  # read at a time
MOST_ALIKE = 50  # articles with one key: a key that more have tells nothing
LEAST_ESTIMATE = 0.15  # of likeness, by the sketches: below it no text is read
MOST_COMPARED = 8  # others an article's text is compared with; a series of a thousand would compare them all
Sketching = Callable[..., Iterable[Sketch | None]]
KEYS = ("title", "address", *(f"band_{number}" for number in range(sketches.BANDS)))
_WRITTEN = ["revision", "version", "is_compared", "minima", *KEYS]


def look_for(ids: Iterable[int], sketched: Sketching = map) -> int:
    """Find the doubles of these articles among all that were looked at before. Returns how many pairs are new.

    What was decided about a pair stays. Articles whose text has not changed since are passed over. `sketched` is `map`,
    or one that uses more processes.
    """
    found = 0
    for some in in_portions(ids, AT_ONCE):
        _sketch(some, sketched)
        found += _compare(list(TextSketch.objects.filter(pk__in=some, is_compared=False).values_list("pk", flat=True)))
    return found


def look_through(progress: Callable[[int], None] = lambda done: None, *, again: bool = False, jobs: int = 1) -> int:
    """Find the doubles of all articles that were not looked at yet, or of all `again`, with so many processes besides
    this one. Returns how many pairs are new. Broken off, it goes on from there; `progress` gets a count of articles.
    """
    done = found = last = 0
    if again:
        with transaction.atomic():
            take_turn()
            TextSketch.objects.update(version=0)
    with ProcessPoolExecutor(jobs, mp_context=fork_server()) as pool:
        while ids := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            found += look_for(ids, partial(pool.map, chunksize=TEXTS))
            done, last = done + len(ids), ids[-1]
            progress(done)
    return found


def _sketch(ids: Collection[int], sketched: Sketching) -> None:
    """Make the sketches of these articles, where they have none of their current text."""
    current = TextSketch.objects.filter(pk__in=ids, version=sketches.VERSION, revision=F("article__revision"))
    lacking = set(ids) - set(current.values_list("pk", flat=True))
    rows = list(_rows(lacking, "pk", "revision", "title", "source_url", "revision__text"))
    found = sketched(sketches.sketch_of, [text for *_, text in rows])
    made = [
        _row(pk, revision, title, url, sketch)
        for (pk, revision, title, url, _), sketch in zip(rows, found, strict=True)
    ]
    if not made:
        return
    with transaction.atomic():
        take_turn()
        there = set(Article.objects.filter(pk__in=lacking).values_list("pk", "revision"))
        made = [each for each in made if (each.pk, each.revision_id) in there]  # it may have changed meanwhile
        TextSketch.objects.bulk_create(made, update_conflicts=True, unique_fields=["article"], update_fields=_WRITTEN)
        changed = [each.pk for each in made]
        either = Q(first__in=changed) | Q(second__in=changed)
        DoublePair.objects.filter(either, state=DoublePair.State.FOUND).delete()


def _row(article: int, revision: int, title: str, url: str, found: Sketch | None) -> TextSketch:
    bands = {f"band_{number}": value for number, value in enumerate(found.bands)} if found else {}
    return TextSketch(
        article_id=article,
        revision_id=revision,
        version=sketches.VERSION,
        minima=found.minima if found else b"",
        title=sketches.key_of_title(title),
        address=sketches.key_of_address(url),
        **bands,
    )


def _compare(ids: list[int]) -> int:
    """Compare these articles with all that have a sketch, and keep the pairs. Returns how many are new."""
    if not ids:
        return 0
    candidates = _Candidates(set(ids))
    pairs = candidates.unknown()
    texts = _Texts()
    found = []
    for first, second in texts.in_order(pairs):
        runs = (texts.runs(first), texts.runs(second))
        if may_be_one(runs, (texts.text(first), texts.text(second)), candidates.evidence(first, second)):
            found.append(DoublePair(first_id=first, second_id=second, likeness=likeness(*runs)))
    with transaction.atomic():
        take_turn()
        DoublePair.objects.bulk_create(found, ignore_conflicts=True)
        TextSketch.objects.filter(pk__in=ids).update(is_compared=True)
    return len(found)


@dataclass
class _Candidates:
    """The articles that have a key in common with one of these."""

    ids: set[int]
    _by_key: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = list(TextSketch.objects.filter(pk__in=self.ids).values_list("pk", *KEYS))
        for column, key in enumerate(KEYS, 1):
            values = {row[column] for row in own} - {None}
            self._by_key[key] = self._pairs(key, values)

    def _pairs(self, key: str, values: set[int]) -> set[tuple[int, int]]:
        """The pairs of articles, one of them one of these, with the same key."""
        having = TextSketch.objects.filter(**{f"{key}__in": values})
        counts = having.order_by().values_list(key).annotate(number=Count("pk"))
        few = [value for value, number in counts if 1 < number <= MOST_ALIKE]
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for value, pk in TextSketch.objects.filter(**{f"{key}__in": few}).values_list(key, "pk"):
            alike[value].append(pk)
        return {
            (min(pair), max(pair))
            for same in alike.values()
            for pair in combinations(same, 2)
            if not self.ids.isdisjoint(pair)
        }

    def evidence(self, first: int, second: int) -> Evidence:
        pair = (first, second)
        return Evidence(is_same_title=pair in self._by_key["title"], is_same_page=pair in self._by_key["address"])

    def unknown(self) -> list[tuple[int, int]]:
        """The pairs whose texts are to be compared: those that are known already are not."""
        sure = self._by_key["title"] | self._by_key["address"]
        likely = set().union(*self._by_key.values()) - sure
        minima = _minima({pk for pair in likely for pk in pair})
        estimates = {pair: sketches.estimate(minima[pair[0]], minima[pair[1]]) for pair in likely}
        found = sure | self._likeliest({pair: value for pair, value in estimates.items() if value >= LEAST_ESTIMATE})
        known: set[tuple[int, int]] = set()
        for some in in_portions({first for first, _ in found}, TEXTS):
            known |= set(DoublePair.objects.filter(first__in=some).values_list("first", "second"))
        return sorted(found - known)

    def _likeliest(self, estimates: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
        """The pairs that are among the MOST_COMPARED likeliest of one of these articles."""
        compared: Counter[int] = Counter()
        likeliest = set()
        for pair in sorted(estimates, key=lambda pair: (-estimates[pair], pair)):
            open_ones = [pk for pk in pair if pk in self.ids and compared[pk] < MOST_COMPARED]
            if open_ones:
                likeliest.add(pair)
                compared.update(open_ones)
        return likeliest


class _Texts:
    """The texts of pairs of articles, as many in memory as are compared together."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, set[int]]] = {}

    def in_order(self, pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The pairs whose articles both have a text."""
        for start in range(0, len(pairs), TEXTS):
            some = pairs[start : start + TEXTS]
            wanted = {pk for pair in some for pk in pair}
            self._known = {pk: known for pk, known in self._known.items() if pk in wanted}
            for pk, text in _rows(wanted - self._known.keys(), "pk", "revision__text"):
                self._known[pk] = (text, sketches.runs_of(text))
            yield from (pair for pair in some if pair[0] in self._known and pair[1] in self._known)

    def text(self, pk: int) -> str:
        return self._known[pk][0]

    def runs(self, pk: int) -> set[int]:
        return self._known[pk][1]


def _rows(ids: Collection[int], *fields: str) -> Iterator[tuple[Any, ...]]:
    """These fields of the articles that have a text."""
    for some in in_portions(sorted(ids), TEXTS):
        articles = Article.objects.filter(pk__in=some).exclude(revision=None).exclude(revision__text="")
        yield from articles.order_by("pk").values_list(*fields)


def _minima(ids: Collection[int]) -> dict[int, bytes]:
    return {
        pk: bytes(minima)
        for some in in_portions(sorted(ids), AT_ONCE)
        for pk, minima in TextSketch.objects.filter(pk__in=some).values_list("pk", "minima")
    }
