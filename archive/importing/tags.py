"""Sets the tags of many articles at once; taggit itself runs several queries per article."""

from collections.abc import Iterable, Mapping, Sequence

from taggit.models import Tag

from archive.articles import tagging
from archive.articles.models import Article
from archive.articles.tag_names import tag_key

Names = Mapping[int, Sequence[str]]  # by article id


class Tags:
    """All tags by name, ignoring case in any script; databases fold only ASCII letters."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._slugs: set[str] = set()
        for pk, name, slug in Tag.objects.order_by("-pk").values_list("pk", "name", "slug"):
            self._ids[tag_key(name)] = pk
            self._slugs.add(slug)

    def set(self, names: Names, *, replace: Iterable[int] = ()) -> None:
        """Set the tags of articles, creating new ones. Articles in `replace` lose their earlier tags."""
        wanted = {article: [name[: tagging.LONGEST_TAG] for name in several] for article, several in names.items()}
        self._make({tag_key(name): name for several in wanted.values() for name in several})
        if replace:
            tagging.tagged(Article).filter(object_id__in=replace).delete()
        tagging.give(
            (article, tag)
            for article, several in wanted.items()
            for tag in dict.fromkeys(self._ids[tag_key(name)] for name in several)
        )

    def _make(self, names: Mapping[str, str]) -> None:
        new = [Tag(name=name) for folded, name in sorted(names.items()) if folded not in self._ids]
        for tag in new:
            tag.slug = self._free_slug(tag)
            self._slugs.add(tag.slug)
        for tag in Tag.objects.bulk_create(new):
            self._ids[tag_key(tag.name)] = tag.pk

    def _free_slug(self, tag: Tag) -> str:
        base = slug = tag.slugify(tag.name)[: tagging.LONGEST_TAG - 10] or "tag"
        number = 1
        while slug in self._slugs:
            slug = f"{base}_{number}"
            number += 1
        return slug
