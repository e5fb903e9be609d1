"""Notes and highlights that match a search, for the articles on a results page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.annotations.models import Annotation
from archive.query import Node, terms
from archive.query.passages import Marker, Segments
from archive.text import render

MOST_READ = 500  # annotations per page, newest first


@dataclass(frozen=True)
class Answer:
    """A note or highlight that matches. `whose` is the author's name, unless it is the reader's own."""

    text: str
    whose: str
    passage: Segments


def answers(reader: int, article_ids: Collection[int], node: Node, forms: Mapping[str, list[str]]) -> dict[int, Answer]:
    """For each of these articles, a note that matches the search, or else a highlight that does, among those the reader
    can see: their own first, then the newest. Runs one query. `forms` are the word forms of the search.

    Highlights count only if the search asks for them, since their words are in the article's text anyway.
    """
    anywhere = terms(node)
    in_notes = Marker(terms(node, "notes"), forms)
    in_quotes = Marker([term for term in terms(node, "highlights") if term not in anywhere], forms)
    seen = Annotation.objects.present().visible_to_reader(reader).filter(article_id__in=article_ids)
    newest = seen.select_related("owner").only("article_id", "note", "exact", "owner__username").order_by("-pk")
    found: dict[int, Answer] = {}
    for annotation in sorted(newest[:MOST_READ], key=lambda annotation: annotation.owner_id != reader):
        present = found.get(annotation.article_id)
        if present and present.text == "notes":
            continue
        whose = "" if annotation.owner_id == reader else annotation.owner.get_username()
        if passage := _in_note(in_notes, annotation.note):
            found[annotation.article_id] = Answer("notes", whose, passage)
        elif present is None and (passage := in_quotes.passage(annotation.exact)):
            found[annotation.article_id] = Answer("highlights", whose, passage)
    return found


def _in_note(marker: Marker, note: str) -> Segments | None:
    """The matching part of a note, without its Markdown. Most notes do not match, so only those that may are
    rendered."""
    return marker.passage(note) and marker.passage(render(note).text.rstrip())
