"""Bulk changes to the tags of articles or of any tagged model. Each function returns what it did, so that exactly that
can be undone. taggit itself runs a query per object."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from taggit.models import Tag, TaggedItem

from archive.articles.models import Article

LONGEST_TAG = 100  # code points, the limit of taggit's columns

Tagging = tuple[int, int, str]  # tagging id, tag id, tag name


def tagged(model: type[Model]) -> QuerySet[TaggedItem]:
    """All taggings of articles, or of another tagged model."""
    found: QuerySet[TaggedItem] = TaggedItem.objects.filter(content_type=content_type(model))
    return found


def taggings(article_ids: Collection[int]) -> dict[int, list[Tagging]]:
    """The taggings of each article, with one query; an empty list for articles without tags."""
    found: defaultdict[int, list[Tagging]] = defaultdict(list)
    rows = _of(Article, article_ids)
    for article_id, *tagging in rows.values_list("object_id", "pk", "tag_id", "tag__name"):
        found[article_id].append((tagging[0], tagging[1], tagging[2]))
    return found


def tag_names(model: type[Model], ids: Iterable[int]) -> dict[int, list[str]]:
    """The tag names of each object, in the order they were added, with one query; an empty list for those without
    tags."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = _of(model, list(ids))
    for pk, name in rows.values_list("object_id", "tag__name"):
        found[pk].append(name)
    return found


def prefetch_tags(objects: Sequence[Model]) -> None:
    """What `prefetch_related("tags")` does for rows of one model, with one query and none prepared for each of them."""
    if not objects:
        return
    found: defaultdict[int, list[Tag]] = defaultdict(list)
    for tagging in _of(type(objects[0]), [each.pk for each in objects]).select_related("tag"):
        found[tagging.object_id].append(tagging.tag)
    for each in objects:
        known = Tag.objects.none()
        known._result_cache = found[each.pk]
        each._prefetched_objects_cache = {"tags": known}  # type: ignore[attr-defined]


def give(tags: Iterable[tuple[int, int]]) -> list[int]:
    """Tag articles: pairs of article id and tag id, none of which exist yet. Returns the ids of the new taggings."""
    kind = content_type(Article)
    made = TaggedItem.objects.bulk_create(
        TaggedItem(content_type=kind, object_id=article_id, tag_id=tag_id) for article_id, tag_id in tags
    )
    return [tagging.pk for tagging in made]


def existing(tags: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs whose tag and article still exist."""
    kept = set(Tag.objects.filter(pk__in={tag for _, tag in tags}).values_list("pk", flat=True))
    there = set(Article.objects.filter(pk__in={pk for pk, _ in tags}).values_list("pk", flat=True))
    return [(pk, tag) for pk, tag in tags if pk in there and tag in kept]


def take(numbers: Collection[int]) -> None:
    """Delete taggings by id."""
    tagged(Article).filter(pk__in=numbers).delete()


def mark_edited(article_ids: Collection[int], field: str = "tags") -> list[int]:
    """Protect this field from re-imports. Returns the ids of the articles where it was not protected before."""
    new: list[int] = []
    for fields, ids in _by_edited_fields(article_ids).items():
        if field not in fields:
            Article.objects.filter(pk__in=ids).update(edited_fields=sorted({*fields, field}))
            new += ids
    return new


def unmark_edited(article_ids: Collection[int], field: str = "tags") -> None:
    """Let re-imports set this field again."""
    for fields, ids in _by_edited_fields(article_ids).items():
        Article.objects.filter(pk__in=ids).update(edited_fields=[name for name in fields if name != field])


def _by_edited_fields(article_ids: Collection[int]) -> dict[tuple[str, ...], list[int]]:
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, fields in Article.objects.filter(pk__in=article_ids).values_list("pk", "edited_fields"):
        alike[tuple(fields)].append(pk)
    return alike


def _of(model: type[Model], ids: Collection[int]) -> QuerySet[TaggedItem]:
    # With only the object ids, SQLite would scan the taggings of all other models too.
    return tagged(model).filter(object_id__in=ids).order_by("object_id", "pk")


def content_type(model: type[Model]) -> ContentType:
    """The content type by which taggit identifies a model."""
    return ContentType.objects.get_for_model(model)
