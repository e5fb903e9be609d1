"""Keeping the index: what a writer calls, and what proves that it is right."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from operator import attrgetter

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Case, When

from archive.articles.models import Article, Revision
from archive.articles.turns import take_turn
from archive.query.preparing import prepare, remembered_prepare
from archive.search import documents, label_counts, labels
from archive.search.engines import schema
from archive.search.models import Document, StaleArticle
from archive.search.stemming import Vocabulary
from archive.text.text_content import text_content

BATCH = 50  # articles
AT_ONCE_FOR_A_PAGE = 100  # articles
MOST_COMPACTINGS = 1000
LABELS_NAMED = 5  # in a sentence
LONGEST_PORTION = 4_000_000  # code points of their texts

_vocabulary = Vocabulary()


def refresh(at_most: int | None = None, *, first: Collection[int] = ()) -> int:
    """Bring the index up to date with the articles that changed, in the transaction that is open, if one is.

    Every verb that changes articles calls this; what one forgot, the next call does. With `at_most`, no more articles
    than that are looked at, so that a page need not wait for the renaming of a great publication; those that it is
    about come `first` (ids), and later calls do the rest. Returns how many were looked at.
    """
    turn = Case(When(pk__in=first, then=0), default=1)
    looked_at = 0
    while at_most is None or looked_at < at_most:
        with transaction.atomic():
            take_turn()  # so that what others are changing is read after they have done it
            count = BATCH if at_most is None else min(BATCH, at_most - looked_at)
            waiting = StaleArticle.objects.order_by(*([turn] if first else []), "pk")
            stale = list(waiting.values_list("pk", flat=True)[:count])
            if not stale:
                break
            _replace(stale)
            StaleArticle.objects.filter(pk__in=stale).delete()
        looked_at += len(stale)
    return looked_at


def refresh_these(article_ids: Collection[int]) -> None:
    """Bring these articles up to date, and of the others as many as a page has time for."""
    refresh(AT_ONCE_FOR_A_PAGE, first=article_ids)


def _replace(article_ids: list[int]) -> None:
    """Replace the documents of these articles where they have changed."""
    gone = {document.article_id: document for document in Document.objects.filter(article_id__in=article_ids)}
    _vocabulary.begin()
    for portion in _portions(documents.build(article_ids)):
        changed = [
            (document, text)
            for document, text in portion
            if not _is_same(document, gone.pop(document.article_id, None))
        ]
        new = [document for document, _ in changed]
        Document.objects.filter(article_id__in=[document.article_id for document in new]).delete()
        _vocabulary.add(chain.from_iterable(_texts(document, text) for document, text in changed))
        label_counts.add(new)
        # In the order of the index, which else would write a piece of its own for each.
        Document.objects.bulk_create(sorted(new, key=attrgetter("position")))
        schema().take_in(DEFAULT_DB_ALIAS, changed)
        remembered_prepare.cache_clear()
    Document.objects.filter(article_id__in=list(gone)).delete()
    _vocabulary.settle()


def _portions(built: Iterable[tuple[Document, str]]) -> Iterator[list[tuple[Document, str]]]:
    """What is written at once, so that a batch of long texts does not fill the memory."""
    portion: list[tuple[Document, str]] = []
    for document, text in built:
        portion.append((document, text))
        if sum(len(text) for _, text in portion) > LONGEST_PORTION:
            yield portion
            portion = []
    yield portion


def _texts(document: Document, text: str) -> Iterator[str]:
    yield prepare(document.title)
    yield prepare(document.description)
    yield from (labels.names(document.facets, kind) for kind in (labels.TAG, labels.AUTHOR, labels.SITE))
    yield remembered_prepare(text)


def _is_same(document: Document, indexed: Document | None) -> bool:
    return indexed is not None and all(
        getattr(document, field) == getattr(indexed, field) for field in documents.FIELDS
    )


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Make every document and the whole index anew; searches go on meanwhile, and so may an import.

    `progress` is told how many steps of how many are done.
    """
    schema().doubt_all(DEFAULT_DB_ALIAS)
    half = StaleArticle.objects.count()
    done = 0
    while looked_at := refresh(at_most=BATCH):
        done += looked_at
        progress(min(done, half), 2 * half)
    schema().begin_rebuild(DEFAULT_DB_ALIAS)
    done = half
    while taken := schema().rebuild_some(DEFAULT_DB_ALIAS, BATCH):
        done += taken
        progress(min(done, 2 * half), 2 * half)
    compact()
    label_counts.recount()
    progress(2 * half, 2 * half)


def compact() -> None:
    """Make the index quick that was written piece by piece, a little at a time, so that others can write meanwhile."""
    for _ in range(MOST_COMPACTINGS):
        if not schema().compact(DEFAULT_DB_ALIAS):
            break


def check() -> list[str]:
    """Whether the index agrees with the articles, and their texts with their HTML, so that offsets hold in a browser:
    what is wrong, in sentences for the keeper of the archive.
    """
    problems = []
    if stale := StaleArticle.objects.count():
        problems.append(f"{stale} articles changed and were not indexed since. The next import does that.")
    last = 0
    while ids := list(Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        problems += _unlike_their_documents(ids)
        problems += _unlike_their_html(ids)
    if wrong := label_counts.drifted():
        some = ", ".join(line[1:] for line in wrong[:LABELS_NAMED])
        problems.append(f"{len(wrong)} labels are not counted right ({some}). `rebuild_search_index` counts them anew.")
    problems += schema().check(DEFAULT_DB_ALIAS)
    return problems


def _unlike_their_documents(article_ids: list[int]) -> list[str]:
    indexed = {document.article_id: document for document in Document.objects.filter(article_id__in=article_ids)}
    return [
        f"Article {document.article_id} is not indexed as it is now: {document.title}."
        for document, _ in documents.build(article_ids)
        if not _is_same(document, indexed.get(document.article_id))
    ]


def _unlike_their_html(article_ids: list[int]) -> list[str]:
    revisions = Revision.objects.filter(article_id__in=article_ids).order_by("pk")
    return [
        f"The text of revision {pk} (article {article_id}) is not that of its HTML. `rerender_articles` mends that."
        for pk, article_id, text, html in revisions.values_list("pk", "article_id", "text", "html")
        if text != text_content(html)
    ]
