"""When two names are the same tag: ignoring case in any script, and Unicode-equivalent spellings."""

from collections.abc import Iterable
from unicodedata import normalize

from taggit.models import Tag


def tag_key(name: str) -> str:
    """The key that names of the same tag share."""
    return name.lower() if name.isascii() else normalize("NFC", name).casefold()


def tag_named(name: str) -> Tag:
    """The tag with this name, created if necessary."""
    return tags_named([name])[0]


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags with these names, without duplicates; missing ones are created."""
    known = _known(names)
    return [tag or Tag.objects.create(name=normalize("NFC", name)) for name, tag in known.values()]


def spelled_as_known(names: Iterable[str]) -> list[str]:
    """These tag names as they are spelled here, without duplicates; unknown ones as given."""
    return [tag.name if tag else name for name, tag in _known(names).values()]


def _known(names: Iterable[str]) -> dict[str, tuple[str, Tag | None]]:
    """The existing tag for each name, by key.

    Databases fold only ASCII letters, so other names are compared with all tags.
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(tag_key(name), name)
    found = {tag_key(tag.name): tag for tag in Tag.objects.filter(name__in=wanted.values()).order_by("-pk")}
    if wanted.keys() - found.keys():
        found = {tag_key(tag.name): tag for tag in Tag.objects.order_by("-pk")}
    return {key: (name, found.get(key)) for key, name in wanted.items()}


def rest_below(name: str, tag: str) -> str | None:
    """The rest of a tag's name below a parent tag; empty for the parent itself, None for any other tag."""
    parts, above = name.split("/"), tag.split("/")
    if tag_key("/".join(parts[: len(above)])) != tag_key(tag):
        return None
    return "".join(f"/{part}" for part in parts[len(above) :])
