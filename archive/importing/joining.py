"""Making one article of two, and taking that back.

What was imported for either belongs to the one that is kept: texts, as revisions, and files, so that later imports of
them are changes of it. So do the notes and reading states of everybody, the tags, and the places in collections. The
other article stays as a name and an identity that lead to the kept one (`Article.joined_into`).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.accounts.refusing import Refused
from archive.anchoring import locate
from archive.annotations.models import Annotation
from archive.annotations.reanchoring import FIELDS, carry_over
from archive.articles import tagging
from archive.articles.models import Article, CiteKey, Revision
from archive.articles.tag_names import tag_key
from archive.articles.turns import take_turn
from archive.curating.models import CollectionItem, DoublePair
from archive.curating.portions import put_tags_back
from archive.importing.joined_states import join_states, part_states
from archive.importing.models import ProgramRecord, SourceFile

Record = dict[str, Any]  # as JSON
_PLACE = tuple("anchored_on_id" if name == "anchored_on" else name for name in FIELDS)


def join(by: AbstractBaseUser, pk: int, kept: int) -> DoublePair:
    """Let the articles of a pair be one: the one that is `kept`. Done before in the same way, it stays as it is.

    Raises Refused where they were joined the other way round, or one of them is in the trash, and
    DoublePair.DoesNotExist.
    """
    with transaction.atomic():
        pair = _locked(pk)
        if kept not in (pair.first_id, pair.second_id):
            raise Refused("Choose which of the two articles is kept.")
        if pair.state == DoublePair.State.JOINED:
            if pair.kept_id != kept:
                raise Refused("These articles were joined already, with the other one kept.")
            return pair
        articles = Article.objects.select_for_update().in_bulk([pair.first_id, pair.second_id])
        into = articles.pop(kept)
        (gone,) = articles.values()
        if into.trashed_at is not None or gone.trashed_at is not None:
            raise Refused("One of these articles is in the trash or was joined with another. Restore it first.")
        pair.record = _join(into, gone)
        pair.state, pair.kept = DoublePair.State.JOINED, into
        pair.decided_by_id, pair.decided_at = by.pk, timezone.now()
        pair.save()
    return pair


def part(by: AbstractBaseUser, pk: int) -> DoublePair:
    """Take a join back: both articles are as they were, but for what people did since, which stays where they did it.

    The pair waits to be decided about again. Raises Refused where the kept article is in the trash or was joined with
    another one since, and DoublePair.DoesNotExist.
    """
    with transaction.atomic():
        pair = _locked(pk)
        if pair.state != DoublePair.State.JOINED or pair.kept_id is None:
            return pair
        articles = Article.objects.select_for_update().in_bulk([pair.first_id, pair.second_id])
        kept = articles.pop(pair.kept_id)
        (gone,) = articles.values()
        if kept.trashed_at is not None or gone.joined_into_id != kept.pk:
            raise Refused("The article was moved to the trash, or joined with another one since. Undo that first.")
        _part(kept, gone, pair.record)
        pair.state, pair.kept, pair.record = DoublePair.State.FOUND, None, {}
        pair.decided_by, pair.decided_at = None, None
        pair.save()
    return pair


def _locked(pk: int) -> DoublePair:
    take_turn()
    return DoublePair.objects.select_for_update(of=("self",)).get(pk=pk)


def _join(kept: Article, gone: Article) -> Record:
    """Returns what `_part` needs to know."""
    record: Record = {
        "revision": gone.revision_id,
        "revisions": _moved(Revision.objects.filter(article=gone), kept),
        "files": _moved(SourceFile.objects.filter(article=gone), kept),
        "programs": _moved(ProgramRecord.objects.filter(article=gone), kept),
        "joined": list(Article.objects.filter(joined_into=gone).values_list("pk", flat=True)),
        "tags": _join_tags(kept, gone),
        "states": join_states(kept, gone),
        "collections": _join_collections(kept, gone),
        "cite_key": _join_cite_key(kept, gone),
    }
    Article.objects.filter(pk__in=record["joined"]).update(joined_into=kept)
    Article.objects.filter(pk=gone.pk).update(revision=None, trashed_at=timezone.now(), joined_into=kept)
    notes = Annotation.objects.filter(article=gone)
    record["places"] = {str(pk): place for pk, *place in notes.values_list("pk", *_PLACE)}
    notes.update(article=kept)
    if kept.revision is not None:
        carry_over(kept, kept.revision)
    return record


def _part(kept: Article, gone: Article, record: Record) -> None:
    files = SourceFile.objects.filter(pk__in=record["files"], article=kept)
    # What the other article's files became since is its text, too.
    back = set(record["revisions"]) | set(files.values_list("revision", flat=True))
    own = Revision.objects.filter(article=kept).exclude(pk__in=back).order_by("-pk").first()
    if kept.revision_id in back:
        kept.revision = own
        kept.save(update_fields=["revision"])
    files.update(article=gone)
    ProgramRecord.objects.filter(pk__in=record["programs"], article=kept).update(article=gone)
    Revision.objects.filter(pk__in=back, article=kept).update(article=gone)
    current = max(back, default=None) if record["revision"] is not None else None
    gone.revision_id = record["revision"] if back <= set(record["revisions"]) else current
    gone.trashed_at, gone.joined_into = None, None
    gone.save(update_fields=["revision", "trashed_at", "joined_into"])
    Article.objects.filter(pk__in=record["joined"], joined_into=kept).update(joined_into=gone)
    put_tags_back(record["tags"])
    part_states(kept, record["states"])
    items = CollectionItem.objects.filter(pk__in=record["collections"], article=kept)
    items.exclude(collection__in=CollectionItem.objects.filter(article=gone).values("collection")).update(article=gone)
    if record["cite_key"]:
        CiteKey.objects.filter(article=kept, key=record["cite_key"]).update(article=gone)
    _part_notes(kept, gone, back, record["places"])


def _part_notes(kept: Article, gone: Article, back: set[int], places: dict[str, list[Any]]) -> None:
    """Notes go back with the text they were made on."""
    going = list(Annotation.objects.filter(article=kept, revision__in=back).select_related("revision"))
    for note in going:
        note.article = gone
        place = places.get(str(note.pk))
        if place is None:
            _place_as_made(note, back)
        else:
            for name, value in zip(_PLACE, place, strict=True):
                setattr(note, name, value)
    staying = list(Annotation.objects.filter(article=kept, anchored_on__in=back).exclude(revision__in=back))
    for note in staying:
        _place_as_made(note, set(Revision.objects.filter(article=kept).values_list("pk", flat=True)))
    Annotation.objects.bulk_update([*going, *staying], ["article", *FIELDS], batch_size=500)
    for article in (kept, gone):
        if article.revision is not None:
            carry_over(article, article.revision)


def _place_as_made(note: Annotation, texts: set[int]) -> None:
    """Where it was when it was made, if it is now on a text that is not among these."""
    if note.anchored_on_id in texts:
        return
    note.anchored_on = note.revision
    if note.exact:
        place = locate(note.revision.text, note.selector)
        if place.start is not None:
            note.start, note.end = place.start, place.end


def _moved(rows: Any, kept: Article) -> list[int]:
    """Give these rows to the kept article. Returns their numbers."""
    numbers = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=numbers).update(article=kept)
    return numbers


def _join_tags(kept: Article, gone: Article) -> Record:
    """As for adding tags to many, so that the same undoes it."""
    tags = tagging.taggings([kept.pk, gone.pk])
    before = tags.get(kept.pk, [])
    have = {tag_key(name) for _, _, name in before}
    lacking = [(kept.pk, tag) for _, tag, name in tags.get(gone.pk, []) if tag_key(name) not in have]
    edited = tagging.mark_edited([kept.pk]) if lacking else []
    return {
        "given": tagging.give(lacking),
        "taken": [],
        "edited": {str(pk): sorted(tag for _, tag, _ in before) for pk in edited},
        "changed": [kept.pk],
    }


def _join_collections(kept: Article, gone: Article) -> list[int]:
    """In each collection that has only the other one, the kept one takes its place. Returns these places' numbers."""
    there = set(CollectionItem.objects.filter(article=kept).values_list("collection", flat=True))
    return _moved(CollectionItem.objects.filter(article=gone).exclude(collection__in=there), kept)


def _join_cite_key(kept: Article, gone: Article) -> str:
    """Manuscripts that cite the other one cite the kept one from now on, if that has no name of its own."""
    key = CiteKey.objects.filter(article=gone).values_list("key", flat=True).first()
    if key is None or CiteKey.objects.filter(article=kept).exists():
        return ""
    CiteKey.objects.filter(article=gone).update(article=kept)
    return str(key)
