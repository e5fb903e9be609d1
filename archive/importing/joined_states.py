"""The reading states that people have in two articles that become one."""

from __future__ import annotations

from typing import Any

from django.utils.dateparse import parse_datetime

from archive.articles.models import Article
from archive.reading.models import ReadingState

Values = list[Any]  # when it was read, the position, when it was starred; as JSON


def join_states(kept: Article, gone: Article) -> dict[str, list[Values | None]]:
    """Whoever read or starred either has read or starred the kept one; a position holds where they have none there.

    Returns what was changed, by person: before, if there was something, and after.
    """
    length = len(kept.revision.text) if kept.revision else 0
    own = {state.owner_id: state for state in ReadingState.objects.filter(article=kept)}
    record: dict[str, list[Values | None]] = {}
    for its in ReadingState.objects.filter(article=gone):
        mine = own.get(its.owner_id) or ReadingState(owner_id=its.owner_id, article=kept)
        before = _values(mine) if mine.pk else None
        mine.starred_at = mine.starred_at or its.starred_at
        mine.read_at = mine.read_at or its.read_at
        if mine.read_at is not None:
            mine.position = None
        elif mine.position is None and its.position is not None:
            mine.position = min(its.position, length)
        if before != _values(mine):
            mine.save()
            record[str(its.owner_id)] = [before, _values(mine)]
    return record


def part_states(kept: Article, record: dict[str, list[Values | None]]) -> None:
    """Put back what `join_states` changed, where nobody changed it since."""
    for state in ReadingState.objects.filter(article=kept, owner__in=map(int, record)):
        before, after = record[str(state.owner_id)]
        if _values(state) != after:
            continue
        if before is None:
            state.delete()
        else:
            read_at, state.position, starred_at = before
            state.read_at, state.starred_at = (parse_datetime(at) if at else None for at in (read_at, starred_at))
            state.save()


def _values(state: ReadingState) -> Values:
    read_at, starred_at = (at.isoformat() if at else None for at in (state.read_at, state.starred_at))
    return [read_at, state.position, starred_at]
