"""The tags of many annotations, read with one query. taggit's own way prepares a query for each of them first."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from taggit.models import TaggedItem

from archive.annotations.models import Annotation

Names = dict[int, list[str]]


def tag_names(ids: Iterable[int]) -> Names:
    """The names of their tags, by annotation, in the order in which they were given; empty for any other."""
    found: Names = defaultdict(list)
    tagged = TaggedItem.objects.filter(content_type=content_type(), object_id__in=list(ids))
    for pk, name in tagged.order_by("pk").values_list("object_id", "tag__name"):
        found[pk].append(name)
    return found


def content_type() -> ContentType:
    """What taggit knows annotations by."""
    return ContentType.objects.get_for_model(Annotation)
