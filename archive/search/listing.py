"""The list of articles that a search finds, a page at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet

from archive import query
from archive.annotations.answering import Answer, answers
from archive.articles.listed import Listed, listed
from archive.articles.models import Article
from archive.articles.pictures import kept_pictures
from archive.query.passages import Marker, Segments, marked_labels
from archive.query.sorting import Place, article_of, cursor_of, place_at
from archive.reading.models import ReadingState
from archive.search import spelling
from archive.search.orders import COLUMNS, choose
from archive.search.searching import Search

SIZE = 25
SEARCHED_FOR_PASSAGE = 200_000  # code points of a text


@dataclass(frozen=True)
class Row:
    """An article in a list. Its authors stand as in the byline.

    `title` and `passage` are parted where hits begin and end: (text, is it a hit). There is a passage only if words
    were sought and the text contains them, or an `answer` among the reader's notes and highlights, whose passage it is
    then. `state` is how far the reader came, if they did anything with it. `marked` are the labels of the page that
    have hits, parted as the title. `picture` is where the picture is kept that its file names, if it came with it.
    """

    article: Listed
    authors: list[str]
    tags: list[str]
    title: Segments
    passage: Segments | None
    answer: Answer | None = None
    state: ReadingState | None = None
    marked: Mapping[str, Segments] = field(default_factory=dict)
    picture: str = ""


@dataclass(frozen=True)
class Page:
    """A page of a list. `total` counts what all its pages have.

    `sort` is the order it has come to have. The cursors are for `find`; None where the list ends. `search` is for
    `facets`, which saves it some work.
    """

    rows: list[Row]
    total: int
    sort: str
    search: Search = field(compare=False, repr=False)
    next_cursor: str | None = None
    previous_cursor: str | None = None
    problems: list[str] = field(default_factory=list)
    suggestion: str | None = None


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
    if search.snapshot.behind is None:
        return _page_without_index(search, asked, after, size)
    order = choose(search, asked.sort)
    length = len(COLUMNS[order.name.removeprefix("-")])
    start, end = (place_at(order.name, length, cursor) for cursor in (after, before))
    places: list[Place] = []
    if end:
        places = order.rows(end, size + 1, backwards=True)
    if len(places) > size:
        places, has_previous, has_next = places[1:], True, True
    else:  # before the cursor there is not even a whole page: so it is the first
        start = None if end else start
        places = order.rows(start, size + 1)
        places, has_previous, has_next = places[:size], start is not None, len(places) > size
    return Page(
        rows=_rows([article_of(place) for place in places], search),
        total=search.total,
        sort=order.name,
        search=search,
        next_cursor=cursor_of(order.name, places[-1]) if has_next and places else None,
        previous_cursor=cursor_of(order.name, places[0]) if has_previous and places else None,
        problems=[problem.message for problem in asked.problems] + search.problems(),
        suggestion=spelling.suggest(search) if not search.total else None,
    )


def all_ids(asked: query.Query, reader: int | None = None) -> Iterator[int]:
    """The ids of all articles that a search finds, in its order, as the index stands now."""
    search = Search(asked.node, reader)
    if search.snapshot.behind is not None:
        return choose(search, asked.sort).all_ids()
    return _without_index(asked).iterator()


def neighbours(search: Search, sort: str | None, article: Article) -> tuple[Article | None, Article | None]:
    """The articles before and after this one in the list that a search finds, in this order; None where the list ends.

    They have no more than titles and languages loaded.
    """
    order = choose(search, sort)
    place = order.place(article)
    if place is None:
        return None, None
    found = [order.rows(place, 1, backwards=True), order.rows(place, 1)]
    ids = [article_of(places[0]) if places else 0 for places in found]
    articles = Article.objects.only("title", "language").in_bulk(filter(None, ids))
    return articles.get(ids[0]), articles.get(ids[1])


def _page_without_index(search: Search, asked: query.Query, after: str | None, size: int) -> Page:
    """A page of all articles while the index is being made, where no words were asked for."""
    found = _without_index(asked)
    total = found.count()
    [start] = place_at("offset", 1, after) or (0,)
    end = min(start, total) + size
    cursor = cursor_of("offset", (end,)) if end < total else None
    rows = _rows(list(found[end - size : end]), search)
    problems = [problem.message for problem in asked.problems] + search.problems()
    return Page(rows, total, asked.sort or "published", search, next_cursor=cursor, problems=problems)


def _without_index(asked: query.Query) -> QuerySet[Article, int]:
    """The ids of all articles, from the database alone; none where something was asked for."""
    found = Article.objects.present() if asked.node is None else Article.objects.none()
    return found.sorted(asked.sort).values_list("pk", flat=True)


def _rows(ids: list[int], search: Search) -> list[Row]:
    if not ids:
        return []
    articles = listed(ids, SEARCHED_FOR_PASSAGE if search.terms else 0)
    labels = search.labels(ids)
    marker, title_marker = Marker(search.terms, search.forms), Marker(search.title_terms, search.forms)
    answered: Mapping[int, Answer] = {}
    if search.reader.id is not None and search.node and not search.reader.notes.is_empty:
        answered = answers(search.reader.id, ids, search.node, search.forms)
    authors = {name for names, _ in labels.values() for name in names}
    others = {name for _, tags in labels.values() for name in tags}
    others |= {each.publication_name for each in articles.values()}
    marked = marked_labels(search.node, search.forms, authors, others)
    kept = kept_pictures(articles)
    states: Mapping[int, ReadingState] = {}
    if search.reader.id is not None:
        own = ReadingState.objects.filter(owner=search.reader.id, article__in=ids)
        states = {state.article_id: state for state in own}

    def row(article: Listed) -> Row:
        answer = answered.get(article.pk)
        passage = answer.passage if answer else marker.passage(article.text or "")
        authors, tags = labels.get(article.pk, ([], []))
        return Row(
            article=article,
            authors=authors,
            tags=tags,
            title=title_marker.mark(article.title),
            passage=passage or marker.passage(article.description),
            answer=answer,
            state=states.get(article.pk),
            marked=marked,
            picture=kept.get(article.pk, ""),
        )

    # Since it was indexed, an article may have gone.
    return [row(articles[pk]) for pk in ids if pk in articles]
