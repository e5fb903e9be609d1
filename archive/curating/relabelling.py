"""What renaming a tag, an author or a publication does to a portion of its articles, and takes back of it: only what it
changed itself, and only where nobody changed the same since. Each runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from taggit.models import Tag

from archive.articles import tagging
from archive.articles.models import Article, Author, Authorship, Publication
from archive.articles.tag_names import rest_below, tag_key, tag_named

Record = dict[str, Any]  # as JSON; "changed" are the ids of the articles that were not so already


def rename_tag(old: str, new: str, ids: Collection[int]) -> Record:
    """Replace a tag and those nested under it; `portions.put_tags_back` undoes it.

    Where the two are one tag in another spelling, that tag is spelled anew, for all.
    """
    before = tagging.taggings(ids)
    found = [
        (number, pk, tag, rest)
        for pk in ids
        for number, tag, name in before.get(pk, [])
        if (rest := rest_below(name, old)) is not None
    ]
    targets = {rest: tag_named(new + rest) for _, _, _, rest in found} if new else {}
    gone = [each for each in found if not new or targets[each[3]].pk != each[2]]
    have = {(pk, tag) for pk in ids for _, tag, _ in before.get(pk, [])}
    tagging.take([number for number, _, _, _ in gone])
    given = {(pk, targets[rest].pk) for _, pk, _, rest in gone if new} - have
    edited = tagging.mark_edited({pk for _, pk, _, _ in gone})
    return {
        "given": tagging.give(sorted(given)),
        "taken": [(pk, tag) for _, pk, tag, _ in gone],
        "edited": {pk: sorted(tag for _, tag, _ in before[pk]) for pk in edited},
        "respelled": _respelled({new + rest: tag for rest, tag in targets.items()}),
        "changed": sorted({pk for _, pk, _, _ in found}),
    }


def _respelled(tags: dict[str, Tag]) -> dict[int, list[str]]:
    """Spell these tags as they are called here. Returns those for which that is new, before and after."""
    changed = {}
    for name, tag in tags.items():
        if tag.name != name and tag_key(tag.name) == tag_key(name):
            changed[tag.pk] = [tag.name, name]
            tag.name = name
            tag.save(update_fields=["name"])
    return changed


def spell_back(record: Record) -> None:
    """Give tags that were spelled anew their former spelling."""
    for tag, (before, after) in record.get("respelled", {}).items():
        Tag.objects.filter(pk=tag, name=after).update(name=before)


def rename_author(old: str, new: str, ids: Collection[int]) -> Record:
    """Replace an author in bylines; where the other one is in it already, the first is dropped from it."""
    bylines = _bylines(ids)
    former = Author.objects.filter(name=old).first()
    if former is None:
        return {"changed": []}
    target = Author.objects.get_or_create(name=new)[0] if new else None
    rows = Authorship.objects.filter(article__in=ids, author=former)
    changed = sorted(rows.values_list("article", flat=True))
    doubled = [pk for pk in changed if target is None or target.pk in bylines[pk]]
    dropped = list(rows.filter(article__in=doubled).values_list("article", "position"))
    rows.filter(article__in=doubled).delete()
    moved = list(rows.values_list("pk", flat=True))
    if target is not None:
        rows.update(author=target)
    edited = tagging.mark_edited(changed, "authors")
    return {
        "from": former.pk,
        "to": target and target.pk,
        "moved": moved,
        "dropped": dropped,
        "edited": {pk: bylines[pk] for pk in edited},
        "changed": changed,
    }


def give_author_back(record: Record) -> None:
    """Take a portion of `rename_author` back."""
    if not record["changed"]:
        return
    Authorship.objects.filter(pk__in=record["moved"], author=record["to"]).update(author=record["from"])
    taken = set(Authorship.objects.filter(article__in=record["changed"]).values_list("article", "position"))
    now = _bylines(record["changed"])
    Authorship.objects.bulk_create(
        Authorship(article_id=article, position=position, author_id=record["from"])
        for article, position in record["dropped"]
        if (article, position) not in taken and record["from"] not in now.get(article, [])
    )
    now = _bylines(record["changed"])
    as_before = [int(pk) for pk, authors in record["edited"].items() if now.get(int(pk), []) == authors]
    tagging.unmark_edited(as_before, "authors")


def rename_publication(old: str, new: str, ids: Collection[int]) -> Record:
    """Replace a publication. A new one takes over the host that files without a name are known by."""
    former = Publication.objects.filter(name=old).first()
    if former is None:
        return {"changed": []}
    target = _publication(new) if new else None
    record: Record = {"from": former.pk, "to": target and target.pk, "host": "", "name": ""}
    if target is not None and target.pk == former.pk:  # another spelling
        former.name = new
        former.save(update_fields=["name"])
        return {**record, "name": [old, new], "changed": sorted(ids)}
    if target is not None and former.host and not target.host:
        record["host"] = former.host
        Publication.objects.filter(pk=former.pk).update(host="")
        Publication.objects.filter(pk=target.pk).update(host=former.host)
    here = Article.objects.filter(pk__in=ids, publication=former)
    changed = sorted(here.values_list("pk", flat=True))
    here.update(publication=target)
    return {**record, "changed": changed, "edited": tagging.mark_edited(changed, "publication")}


def give_publication_back(record: Record) -> None:
    """Take a portion of `rename_publication` back."""
    if not record["changed"]:
        return
    if record["name"]:
        before, after = record["name"]
        Publication.objects.filter(pk=record["from"], name=after).update(name=before)
        return
    if host := record["host"]:
        moved = Publication.objects.filter(pk=record["to"], host=host).update(host="")
        Publication.objects.filter(pk=record["from"], host="").update(host=host if moved else "")
    as_left = Article.objects.filter(pk__in=record["changed"], publication=record["to"])
    back = set(as_left.values_list("pk", flat=True))
    as_left.update(publication=record["from"])
    tagging.unmark_edited([pk for pk in record["edited"] if pk in back], "publication")


def _bylines(ids: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for article, author in Authorship.objects.filter(article__in=ids).values_list("article", "author"):
        found.setdefault(article, []).append(author)
    return found


def _publication(name: str) -> Publication:
    known = Publication.objects.filter(name=name).first() or Publication.objects.filter(name__iexact=name).first()
    return known or Publication.objects.create(name=name)
