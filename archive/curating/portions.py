"""What a bulk change does to a portion of its articles, and takes back of it: only what it changed itself, and only
where nobody changed the same since. Each runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.dateparse import parse_datetime

from archive.articles import tagging
from archive.articles.models import Article
from archive.articles.tag_names import tag_named
from archive.curating import relabelling
from archive.curating.models import BulkChange, Portion, Verb
from archive.query.labels import key
from archive.reading import marking
from archive.reading.models import ReadingState

_READING = ("read_at", "position")

Record = dict[str, Any]  # as JSON; "changed" are the ids of the articles that were not so already


def do(by: AbstractBaseUser, change: BulkChange, ids: Collection[int]) -> Record:
    """Do to these articles what is asked. Returns what `undo` needs to know."""
    match change.verb:
        case Verb.STAR:
            return {"changed": marking.star(by, ids)}
        case Verb.UNSTAR:
            starred = ReadingState.objects.owned_by(by).filter(article_id__in=ids).exclude(starred_at=None)
            since = {pk: at.isoformat() for pk, at in starred.values_list("article_id", "starred_at") if at}
            return {"changed": marking.unstar(by, ids), "since": since}
        case Verb.READ | Verb.UNREAD:
            return _mark_read(by, change.verb == Verb.READ, ids)
        case Verb.TRASH:
            present = Article.objects.present().filter(pk__in=ids)
            changed = list(present.order_by("pk").values_list("pk", flat=True))
            present.trash()
            return {"changed": changed}
        case Verb.RENAME_TAG:
            return relabelling.rename_tag(change.tags[0], change.tags[1], ids)
        case Verb.RENAME_AUTHOR:
            return relabelling.rename_author(change.tags[0], change.tags[1], ids)
        case Verb.RENAME_PUBLICATION:
            return relabelling.rename_publication(change.tags[0], change.tags[1], ids)
        case _:
            return _retag(change, ids)


def undo(by: AbstractBaseUser, change: BulkChange, portion: Portion) -> None:
    """Take back what was changed in a portion."""
    record = portion.record or {}
    changed = record.get("changed", [])
    match change.verb:
        case Verb.STAR:
            marks = ReadingState.objects.owned_by(by).filter(article_id__in=changed)
            marks.filter(starred_at__lte=portion.done_at).update(starred_at=None)
        case Verb.UNSTAR:
            marks = ReadingState.objects.owned_by(by).filter(article_id__in=changed, starred_at=None)
            states = list(marks)
            for state in states:
                state.starred_at = parse_datetime(record["since"][str(state.article_id)])
            ReadingState.objects.bulk_update(states, ["starred_at"])
        case Verb.READ | Verb.UNREAD:
            _put_reading_back(by, record, None if change.verb == Verb.UNREAD else portion.done_at)
        case Verb.TRASH:
            Article.objects.filter(pk__in=changed, trashed_at__lte=portion.done_at).restore()
        case Verb.RENAME_AUTHOR:
            relabelling.give_author_back(record)
        case Verb.RENAME_PUBLICATION:
            relabelling.give_publication_back(record)
        case _:
            relabelling.spell_back(record)
            put_tags_back(record)


def _mark_read(by: AbstractBaseUser, is_read: bool, ids: Collection[int]) -> Record:
    before = ReadingState.objects.owned_by(by).filter(article_id__in=ids)
    were = {pk: [at and at.isoformat(), place] for pk, at, place in before.values_list("article_id", *_READING)}
    changed = marking.mark_read(by, ids) if is_read else marking.mark_unread(by, ids)
    return {"changed": changed, "were": {pk: were[pk] for pk in changed if pk in were}}


def _put_reading_back(by: AbstractBaseUser, record: Record, done_at: datetime | None) -> None:
    """`done_at` is when they were marked as read; None where they were marked as unread."""
    states = ReadingState.objects.owned_by(by).filter(article_id__in=record["changed"])
    untouched = list(states.filter(read_at__lte=done_at) if done_at else states.filter(read_at=None, position=None))
    for state in untouched:
        at, state.position = record["were"].get(str(state.article_id), (None, None))
        state.read_at = parse_datetime(at) if at else None
    ReadingState.objects.bulk_update(untouched, _READING)


def _retag(change: BulkChange, ids: Collection[int]) -> Record:
    there = set(Article.objects.present().filter(pk__in=ids).values_list("pk", flat=True))
    before = tagging.taggings(there)
    wanted = {key(name): name for name in change.tags}
    record: Record = {"given": [], "taken": []}
    if change.verb == Verb.TAG:
        have = {pk: {key(each) for _, _, each in before.get(pk, [])} for pk in there}
        tags = {found: tag_named(name).pk for found, name in wanted.items()}
        lacking = [(pk, tag) for found, tag in tags.items() for pk in there if found not in have[pk]]
        changed = {pk for pk, _ in lacking}
        record["given"] = tagging.give(lacking)
    else:
        gone = [(pk, each) for pk in there for each in before.get(pk, []) if key(each[2]) in wanted]
        changed = {pk for pk, _ in gone}
        tagging.take([number for _, (number, _, _) in gone])
        record["taken"] = [(pk, tag) for pk, (_, tag, _) in gone]
    new = tagging.mark_edited(changed)
    # With the tags as the file had them, a re-import may decide about them again.
    record["edited"] = {pk: sorted(tag for _, tag, _ in before.get(pk, [])) for pk in new}
    return {**record, "changed": sorted(changed)}


def put_tags_back(record: Record) -> None:
    """Take back the taggings that were `given`, and give those that were `taken`."""
    tagging.take(record["given"])
    present = tagging.taggings(record["changed"])
    lacking = [(pk, tag) for pk, tag in record["taken"] if tag not in {each for _, each, _ in present.get(pk, [])}]
    tagging.give(tagging.existing(lacking))
    now = tagging.taggings(record["changed"])
    as_before = [
        int(pk) for pk, tags in record["edited"].items() if sorted(t for _, t, _ in now.get(int(pk), [])) == tags
    ]
    tagging.unmark_edited(as_before)
