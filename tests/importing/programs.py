"""The expected result of importing other programs' files, as described in the shared samples' `expected.json`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from archive.annotations.models import Annotation, Motivation
from archive.annotations.models.annotation import LOST
from archive.articles.models import Article
from archive.formats.frontmatter import canonical_url
from archive.importing.identity import identity_of_url
from archive.importing.titles import title_key
from archive.reading.models import ReadingState


def article_of(expected: dict[str, Any]) -> Article:
    """The article that a sample's article became."""
    if expected.get("url"):
        url = canonical_url(expected["url"])
        assert url is not None
        return Article.objects.get(identity=identity_of_url(url))
    [found] = [each for each in Article.objects.all() if title_key(each.title) == title_key(expected["title"])]
    return found


def differences(expected: dict[str, Any], owner: User) -> list[str]:
    """How the article differs from what is expected."""
    article = article_of(expected)
    state = ReadingState.objects.filter(article=article, owner=owner).first()
    found: list[str] = []

    def check(name: str, value: object, wanted: object) -> None:
        if value != wanted:
            found.append(f"{name}: {value!r}, not {wanted!r}")

    if expected.get("title"):
        check("title", article.title, expected["title"])
    if expected.get("author"):
        authors = [author.name for author in article.authors.all()]
        check("author", expected["author"] in authors or "; ".join(authors), True)
    if expected.get("published"):
        check("published", str(article.published)[: len(expected["published"])], expected["published"][:10])
    if expected.get("saved"):
        check("saved", str(article.clipped), expected["saved"][:10])
    if expected.get("description"):
        check("description", article.description, expected["description"])
    check("tags", set(article.tags.names()) >= set(expected.get("tags") or []), True)
    if expected.get("read") is not None:
        check("read", bool(state and state.is_read), expected["read"])
    if expected.get("starred") is not None:
        check("starred", bool(state and state.is_starred), expected["starred"])
    text = article.revision.text if article.revision else ""
    for words in expected.get("text_contains") or []:
        check("text", words if words in text else text[:80], words)
    notes = [expected["note"]] if expected.get("note") else []
    notes += [note["note"] for name in ("page_notes", "loose_replies") for note in expected.get(name) or []]
    own = Annotation.objects.filter(article=article, owner=owner)
    check("notes", set(_squeezed(own.filter(motivation=Motivation.BOOKMARKING))), {_squeeze(note) for note in notes})
    found += _of_highlights(expected.get("highlights") or [], own, must_be_anchored=bool(text.strip()))
    return found


def _of_highlights(expected: list[dict[str, Any]], own: Any, *, must_be_anchored: bool) -> list[str]:
    made = list(own.exclude(exact="").order_by("pk"))
    found = []
    for wanted in expected:
        alike = [each for each in made if _squeeze(each.exact) == _squeeze(wanted["quote"])]
        with_note = [each for each in alike if _squeeze(each.note) == _squeeze(wanted.get("note") or "")]
        # Null means that the samples' author did not know of a value in the format; finding one is fine.
        alike = with_note or (alike if wanted.get("note") is None else [])
        if not alike:
            found.append(f"no highlight {wanted['quote'][:40]!r} with the note {wanted.get('note')!r}")
            continue
        each = alike[0]
        made.remove(each)
        if wanted.get("colour"):
            found += [f"colour {each.colour}, not {wanted['colour']}"] * (each.colour != wanted["colour"])
        tags = set(each.tags.names())
        found += [f"tags {tags}, not {wanted['tags']}"] * (not tags >= set(wanted.get("tags") or []))
        if wanted.get("created"):
            created = datetime.fromisoformat(wanted["created"])
            created = timezone.make_aware(created) if timezone.is_naive(created) else created
            found += [f"created {each.created_at}, not {created}"] * (each.created_at != created)
        found += [f"lost: {wanted['quote'][:40]}"] * (must_be_anchored and each.status in LOST)
        for reply in wanted.get("replies") or []:
            there = each.replies.filter(note=reply["note"]).exists()
            found += [f"no reply {reply['note']!r}"] * (not there)
    found += [f"one too many: {each.exact[:40]!r}" for each in made]
    return found


def _squeeze(words: str) -> str:
    return "".join(words.split())


def _squeezed(annotations: Any) -> list[str]:
    return [_squeeze(note) for note in annotations.values_list("note", flat=True)]
