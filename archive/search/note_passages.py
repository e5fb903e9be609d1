"""Notes and highlighted passages that answer a search, for the articles of a page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archive import query
from archive.annotations.models import Annotation
from archive.search.passages import Marker, Segments
from archive.search.searching import Search
from archive.text import render

MOST_READ = 500  # annotations of a page, the newest


@dataclass(frozen=True)
class Answer:
    """What a reader wrote or marked that answers: `whose` name it, if not their own, and its passage."""

    text: str
    whose: str
    passage: Segments


def answers(search: Search, article_ids: Collection[int]) -> dict[int, Answer]:
    """For each of these articles a note with a hit, else a highlight with one, where the reader may see it: their own
    first, then the newest. One query, if there is something to see.

    A highlight answers only if highlights are asked for: its words stand in the article's text.
    """
    note_marker = Marker(query.terms(search.node, "notes"), search.forms)
    asked_of_highlights = [term for term in query.terms(search.node, "highlights") if term not in search.terms]
    quote_marker = Marker(asked_of_highlights, search.forms)
    found: dict[int, Answer] = {}
    for annotation in _annotations(search, article_ids):
        present = found.get(annotation.article_id)
        if present and present.text == "notes":
            continue
        whose = "" if annotation.owner_id == search.reader.id else annotation.owner.get_username()
        if passage := _in_note(note_marker, annotation.note):
            found[annotation.article_id] = Answer("notes", whose, passage)
        elif present is None and (passage := quote_marker.passage(annotation.exact)):
            found[annotation.article_id] = Answer("highlights", whose, passage)
    return found


def _annotations(search: Search, article_ids: Collection[int]) -> list[Annotation]:
    if search.reader.id is None or not search.node or not search.reader.sees_notes:
        return []
    seen = Annotation.objects.present().visible_to_reader(search.reader.id).filter(article_id__in=article_ids)
    newest = seen.select_related("owner").only("article_id", "note", "exact", "owner__username").order_by("-pk")
    return sorted(newest[:MOST_READ], key=lambda annotation: annotation.owner_id != search.reader.id)


def _in_note(marker: Marker, note: str) -> Segments | None:
    """The passage of a note without its Markdown. Most notes have no hit, and need not be rendered for that."""
    return marker.passage(note) and marker.passage(render(note).text.rstrip())
