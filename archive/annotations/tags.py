"""The note tags a person can see: their own, and those of shared notes."""

from collections import Counter

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count

from archive.annotations.models import Annotation
from archive.articles.tagging import tagged


def visible_tags(person: AbstractBaseUser) -> Counter[str]:
    """The number of visible notes by tag name. Runs one query."""
    seen = Annotation.objects.present().visible_to(person)
    counted = (
        tagged(Annotation).filter(object_id__in=seen.values("pk")).values_list("tag__name").annotate(n=Count("pk"))
    )
    return Counter(dict(counted.order_by()))
