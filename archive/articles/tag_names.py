"""When two names are one tag: without regard to case, in any script, and however an accent was typed."""

from collections.abc import Iterable
from unicodedata import normalize

from taggit.models import Tag


def tag_key(name: str) -> str:
    """What two names of one tag have in common."""
    return name.lower() if name.isascii() else normalize("NFC", name).casefold()


def tag_named(name: str) -> Tag:
    """The tag of this name; made if there is none."""
    return tags_named([name])[0]


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, each once; those that are missing are made."""
    known = _known(names)
    return [tag or Tag.objects.create(name=normalize("NFC", name)) for name, tag in known.values()]


def spelled_as_known(names: Iterable[str]) -> list[str]:
    """The names of these tags as they are spelled here, each once; those that are missing as they were given."""
    return [tag.name if tag else name for name, tag in _known(names).values()]


def _known(names: Iterable[str]) -> dict[str, tuple[str, Tag | None]]:
    """Each name by its key, with its tag, if there is one.

    A database folds no more than English letters, so that other names are compared with all tags.
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(tag_key(name), name)
    found = {tag_key(tag.name): tag for tag in Tag.objects.filter(name__in=wanted.values()).order_by("-pk")}
    if wanted.keys() - found.keys():
        found = {tag_key(tag.name): tag for tag in Tag.objects.order_by("-pk")}
    return {key: (name, found.get(key)) for key, name in wanted.items()}


def rest_below(name: str, tag: str) -> str | None:
    """What a tag's name has after that of the one it is nested under; empty for that itself, None for any other."""
    parts, above = name.split("/"), tag.split("/")
    if tag_key("/".join(parts[: len(above)])) != tag_key(tag):
        return None
    return "".join(f"/{part}" for part in parts[len(above) :])
