"""The tags that a person may see on notes: their own, and those of notes that others share."""

from collections import Counter

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count

from archive.annotations.models import Annotation
from archive.articles.tagging import tagged


def visible_tags(person: AbstractBaseUser) -> Counter[str]:
    """Names of tags, with how many notes that this person may see have each. One query."""
    seen = Annotation.objects.present().visible_to(person)
    counted = (
        tagged(Annotation).filter(object_id__in=seen.values("pk")).values_list("tag__name").annotate(n=Count("pk"))
    )
    return Counter(dict(counted.order_by()))
