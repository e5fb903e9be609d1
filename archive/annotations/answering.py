"""Notes and highlighted passages that answer a search, for the articles of a page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from archive.annotations.models import Annotation
from archive.query import Node, terms
from archive.query.passages import Marker, Segments
from archive.text import render

MOST_READ = 500  # annotations of a page, the newest


@dataclass(frozen=True)
class Answer:
    """What a reader wrote or marked that answers: `whose` name it, if not their own, and its passage."""

    text: str
    whose: str
    passage: Segments


def answers(reader: int, article_ids: Collection[int], node: Node, forms: Mapping[str, list[str]]) -> dict[int, Answer]:
    """For each of these articles a note with a hit of the search, else a highlight with one, where the reader may see
    it: their own first, then the newest. One query. `forms`: those of the search's words.

    A highlight answers only if highlights are asked for: its words stand in the article's text.
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
    """The passage of a note without its Markdown. Most notes have no hit, and need not be rendered for that."""
    return marker.passage(note) and marker.passage(render(note).text.rstrip())
