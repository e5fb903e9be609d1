"""What people decided about articles that may be one, from the records of an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.articles.models import Article, Revision
from archive.curating.models import DoublePair
from archive.importing.models import SourceFile
from archive.importing.own_export.records import Directory, Record, moment


def take_in_doubles(records: Sequence[Record], directory: Directory) -> None:
    """Those about two articles that are here, and about which nothing was decided here. To be called last of all."""
    for told in records:
        ids = dict(Article.objects.filter(identity__in=[told["first"], told["second"]]).values_list("identity", "pk"))
        if len(ids) < 2:
            continue
        first, second = sorted(ids.values())
        if DoublePair.objects.filter(first=first, second=second).exclude(state=DoublePair.State.FOUND).exists():
            continue
        kept = ids.get(told["kept"] or "")
        record: dict[str, Any] = {}
        if told["state"] == DoublePair.State.JOINED:
            gone = first if kept == second else second
            if kept is None or Article.objects.filter(pk=gone).exclude(revision=None).exists():
                continue  # here it has a text of its own
            record = _record(told, kept)
            Article.objects.filter(pk__in=[gone, *record["joined"]]).update(joined_into=kept)
        pair, _ = DoublePair.objects.update_or_create(
            first_id=first,
            second_id=second,
            defaults={
                "likeness": told["likeness"],
                "state": told["state"],
                "kept_id": kept,
                "decided_by": directory.person(told["person"]) if told["person"] else None,
                "decided_at": moment(told["decided_at"]),
                "record": record,
            },
        )
        DoublePair.objects.filter(pk=pair.pk).update(found_at=moment(told["found_at"]))
    for pair in DoublePair.objects.filter(state=DoublePair.State.JOINED, record__has_key="numbers"):
        _find_revisions(pair)


def _record(told: Record, kept: int) -> dict[str, Any]:
    """What undoing a join needs to know, but for revisions, which `_find_revisions` finds once all joins are known."""
    joined = Article.objects.filter(identity__in=told["joined"]).values_list("pk", flat=True)
    files = SourceFile.objects.filter(location__in=told["files"]).values_list("pk", flat=True)
    return {
        "numbers": [told["revisions"], told["current"]],
        "files": list(files),
        "programs": [],
        "joined": list(joined),
        "tags": {"given": [], "taken": [], "edited": {}, "changed": [kept]},
        "states": {},
        "collections": [],
        "cite_key": "",
        "places": {},
    }


def _find_revisions(pair: DoublePair) -> None:
    assert pair.kept is not None
    holder = pair.kept.joined_into_id or pair.kept.pk
    there = list(Revision.objects.filter(article=holder).order_by("pk").values_list("pk", flat=True))
    numbers, current = pair.record.pop("numbers")
    pair.record["revisions"] = [there[number] for number in numbers if number < len(there)]
    pair.record["revision"] = there[current] if current is not None and current < len(there) else None
    pair.save(update_fields=["record"])
