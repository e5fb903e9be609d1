"""The list of articles that a search finds, a page at a time."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Substr

from archive import query
from archive.articles.models import Article
from archive.reading.models import ReadingState
from archive.search import cursors, labels, spelling
from archive.search.models import Document
from archive.search.note_passages import Answer, answers
from archive.search.orders import Place, choose
from archive.search.passages import Marker, Segments
from archive.search.searching import Search

SIZE = 25
SEARCHED_FOR_PASSAGE = 200_000  # code points of a text

_SHOWN = (
    "article__title",
    "article__source_url",
    "article__created_at",
    "article__published",
    "article__published_precision",
    "article__clipped",
    "article__description",
    "article__language",
    "article__word_count",
    "article__image",
    "article__publication__name",
    "article__publication__host",
)


@dataclass(frozen=True)
class Row:
    """An article in a list. Its authors stand as in the byline; what else lists do not show is not loaded.

    `title` and `passage` are parted where hits begin and end: (text, is it a hit). There is a passage only if words
    were sought and the text contains them, or an `answer` among the reader's notes and highlights, whose passage it is
    then. `state` is how far the reader came, if they did anything with it.
    """

    article: Article
    authors: list[str]
    tags: list[str]
    title: Segments
    passage: Segments | None
    answer: Answer | None = None
    state: ReadingState | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list. `total` counts all its pages, or some of them: then `total_is_capped`.

    `sort` is the order it has come to have. The cursors are for `find`; None where the list ends. `search` is for
    `facets`, which saves it some work.
    """

    rows: list[Row]
    total: int
    total_is_capped: bool
    sort: str
    next_cursor: str | None = None
    previous_cursor: str | None = None
    problems: list[str] = field(default_factory=list)
    suggestion: str | None = None
    search: Search | None = field(default=None, compare=False, repr=False)


def find(
    asked: query.Query,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
    reader: int | None = None,
) -> Page:
    """The articles that a search finds: those after a cursor, or before one, else from the begin.

    `reader` is the id of the person who asks: their notes, and those that others share, are searched, too.

    A cursor that this list did not give out leads to its first page.
    """
    search = Search(asked.node, reader)
    order = choose(search, asked.sort)
    behind, ahead = cursors.read(order.name, after), cursors.read(order.name, before)
    places: list[Place] = []
    if ahead:
        places = order.rows(ahead, size + 1, backwards=True)
    if len(places) > size:
        places, has_previous, has_next = places[1:], True, True
    else:  # before the cursor there is not even a whole page: so it is the first
        behind = None if ahead else behind
        places = order.rows(behind, size + 1)
        places, has_previous, has_next = places[:size], behind is not None, len(places) > size
    total, is_capped = order.total()
    return Page(
        rows=_rows(places, search, reader),
        total=total,
        total_is_capped=is_capped,
        sort=order.name,
        next_cursor=cursors.write(order.name, places[-1]) if has_next and places else None,
        previous_cursor=cursors.write(order.name, places[0]) if has_previous and places else None,
        problems=[problem.message for problem in asked.problems] + search.problems(),
        suggestion=spelling.suggest(search) if not total else None,
        search=search,
    )


def neighbours(search: Search, sort: str | None, article: Article) -> tuple[Article | None, Article | None]:
    """The articles before and after this one in the list that a search finds, in this order; None where the list ends.

    They have no more than titles and languages loaded.
    """
    document = getattr(article, "document", None)  # no query where the caller has joined it
    if document is None:
        return None, None
    order = choose(search, sort)
    place = order.place(document)
    found = [order.rows(place, 1, backwards=True), order.rows(place, 1)]
    articles = {
        document.pk: document.article
        for document in Document.objects.filter(pk__in=[places[0][1] for places in found if places])
        .select_related("article")
        .only("article__title", "article__language")
    }
    previous, following = (articles.get(places[0][1]) if places else None for places in found)
    return previous, following


def _rows(places: list[Place], search: Search, reader: int | None) -> list[Row]:
    if not places:
        return []
    found = Document.objects.filter(pk__in=[position for _, position in places])
    found = found.select_related("article__publication").only("facets", *_SHOWN)
    if search.terms:
        found = found.annotate(text=Substr("revision__text", 1, SEARCHED_FOR_PASSAGE))
    documents = {document.pk: document for document in found}
    title_marker = Marker(search.title_terms, search.forms)
    marker = Marker(search.terms, search.forms)
    article_ids = [document.article_id for document in found]
    answered = answers(search, article_ids)
    states = {}
    if reader is not None:
        states = {
            state.article_id: state for state in ReadingState.objects.filter(owner=reader, article__in=article_ids)
        }

    def row(document: Any) -> Row:
        article = document.article
        answer = answered.get(article.pk)
        passage = answer.passage if answer else marker.passage(getattr(document, "text", ""))
        return Row(
            article=article,
            authors=labels.of_kind(document.facets, labels.AUTHOR),
            tags=labels.of_kind(document.facets, labels.TAG),
            title=title_marker.mark(article.title),
            passage=passage or marker.passage(article.description),
            answer=answer,
            state=states.get(article.pk),
        )

    # Between the two queries an article may have gone.
    return [row(documents[position]) for _, position in places if position in documents]
