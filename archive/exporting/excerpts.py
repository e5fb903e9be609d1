"""The passages of annotations, with their block structure."""

from __future__ import annotations

from archive.anchoring import Selector, locate
from archive.annotations.models import Annotation
from archive.articles.models import Revision
from archive.text.excerpt import Excerpts, Part


class QuotedPassages:
    """Loads revisions as passages are requested, and keeps those of the last article: request article by article."""

    def __init__(self) -> None:
        self._article: int | None = None
        self._read: dict[int, Excerpts] = {}

    def of(self, annotation: Annotation) -> Part:
        """The quote with its structure from where it was last found, or where it was made; else its lines as
        paragraphs.

        The words are always those of `annotation.exact`.
        """
        if annotation.article_id != self._article:
            self._article, self._read = annotation.article_id, {}
        return (
            self._last_found(annotation)
            or self._as_made(annotation)
            or Part("article", children=[Part("p", children=[line]) for line in annotation.exact.split("\n")])
        )

    def _last_found(self, annotation: Annotation) -> Part | None:
        if annotation.start is None or annotation.end is None:
            return None
        part = self._excerpts(annotation.anchored_on_id).cut(annotation.start, annotation.end)
        return part if _same_words(part.text(), annotation.exact) else None

    def _as_made(self, annotation: Annotation) -> Part | None:
        excerpts = self._excerpts(annotation.revision_id)
        there = locate(excerpts.text, Selector(annotation.exact, annotation.prefix, annotation.suffix))
        if there.start is None or there.end is None:
            return None
        part = excerpts.cut(there.start, there.end)
        return part if _same_words(part.text(), annotation.exact) else None

    def _excerpts(self, revision: int) -> Excerpts:
        if revision not in self._read:
            self._read[revision] = Excerpts(Revision.objects.values_list("html", flat=True).get(pk=revision))
        return self._read[revision]


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()
