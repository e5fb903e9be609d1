"""The tags, authors and publications of articles: how many articles each has, and giving one another name, whether that
is new or another's. It is a bulk change, worked off in portions, and undone like any other.

Tags of notes are their owners', and neither counted nor changed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, QuerySet
from taggit.models import Tag

from archive.accounts.refusing import Refused
from archive.articles import tagging
from archive.articles.bylines import LONGEST_AUTHOR
from archive.articles.models import Article, Authorship
from archive.articles.tag_names import rest_below, tag_key
from archive.curating import bulk_changes
from archive.curating.models import BulkChange, Verb

LONGEST = {Verb.RENAME_TAG: tagging.LONGEST_TAG, Verb.RENAME_AUTHOR: LONGEST_AUTHOR, Verb.RENAME_PUBLICATION: 200}
FILTERS = {Verb.RENAME_TAG: "tag", Verb.RENAME_AUTHOR: "author", Verb.RENAME_PUBLICATION: "site"}


@dataclass(frozen=True)
class Label:
    """A name with the number of articles that have exactly it, and are not in the trash."""

    name: str
    count: int

    @property
    def depth(self) -> int:
        """How far a tag is nested."""
        return self.name.count("/")

    @property
    def above(self) -> str:
        """What a tag is nested under, with the slash after it."""
        return self.name[: self.name.rfind("/") + 1]

    @property
    def last_part(self) -> str:
        return self.name.rpartition("/")[2]


def labels(verb: Verb) -> list[Label]:
    """All tags, authors or publications of articles that are not in the trash; tags as a tree, each before those that
    are nested under it, also where it has no articles of its own."""
    counts = dict(_counts(verb))
    if verb == Verb.RENAME_TAG:
        known = {tag_key(name) for name in counts}
        for name in list(counts):
            parts = name.split("/")
            for above in ("/".join(parts[:depth]) for depth in range(1, len(parts))):
                if tag_key(above) not in known:
                    known.add(tag_key(above))
                    counts[above] = 0
        names = sorted(counts, key=lambda name: [tag_key(part) for part in name.split("/")])
    else:
        names = sorted(counts, key=str.casefold)
    return [Label(name, counts[name]) for name in names]


def nested(verb: Verb, name: str, among: Iterable[Label]) -> list[Label]:
    """The tags that are nested under one."""
    return [label for label in among if verb == Verb.RENAME_TAG and rest_below(label.name, name)]


def rename(person: AbstractBaseUser, verb: Verb, old: str, new: str) -> BulkChange:
    """Begin to give all articles that have a label another one instead, or none where that is empty; tags with all
    that is nested under them. `bulk_changes.work` does it.

    Raises Refused where nothing would change, and where a name would be too long.
    """
    new = tidy(verb, new)
    if new == old:
        raise Refused("That is already its name.")
    ids = set(_articles(verb, old).values_list("pk", flat=True))
    if new and verb == Verb.RENAME_TAG:
        longest = max((len(rest_below(name, old) or "") for name in _tags_of_articles()), default=0)
        if len(new) + longest > LONGEST[verb]:
            raise Refused(f"With the tags nested under it, this name would have more than {LONGEST[verb]} characters.")
    elif len(new) > LONGEST[verb]:
        raise Refused(f"This name has {len(new)} characters; {LONGEST[verb]} are allowed.")
    address = urlencode({FILTERS[verb]: new or old})
    return bulk_changes.begin_with(person, verb, sorted(ids), address, [old, new])


def tidy(verb: Verb, name: str) -> str:
    """A name without white space around it, and without empty parts where it is a tag's. Raises Refused for a comma."""
    name = " ".join(name.replace("\0", "").split())
    if verb != Verb.RENAME_TAG:
        return name
    if "," in name:
        raise Refused("A tag’s name cannot contain a comma.")
    return "/".join(filter(None, (part.strip() for part in name.removeprefix("#").split("/"))))


def _counts(verb: Verb) -> Iterable[tuple[str, int]]:
    match verb:
        case Verb.RENAME_TAG:
            trashed = Article.objects.exclude(trashed_at=None).values("pk")
            rows: Any = tagging.tagged(Article).exclude(object_id__in=trashed).values_list("tag__name")
        case Verb.RENAME_AUTHOR:
            rows = Authorship.objects.filter(article__trashed_at=None).values_list("author__name")
        case _:
            rows = Article.objects.present().exclude(publication=None).values_list("publication__name")
    counted: Iterable[tuple[str, int]] = rows.annotate(number=Count("pk")).order_by()
    return counted


def _articles(verb: Verb, name: str) -> QuerySet[Article]:
    """All that have a label, also in the trash: restored, they would bring it back."""
    match verb:
        case Verb.RENAME_TAG:
            names = [tag for tag in _tags_of_articles() if rest_below(tag, name) is not None]
            tagged = tagging.tagged(Article).filter(tag__name__in=names).values("object_id")
            return Article.objects.filter(pk__in=tagged)
        case Verb.RENAME_AUTHOR:
            return Article.objects.filter(authors__name=name)
        case _:
            return Article.objects.filter(publication__name=name)


def _tags_of_articles() -> list[str]:
    return list(Tag.objects.filter(pk__in=tagging.tagged(Article).values("tag")).values_list("name", flat=True))
