"""The labels of an article: what facets count and filters ask for.

A document keeps them as lines, the kind in the first letter. In the index each is a token, because a filter beside a
search is far dearer than one within it. No word collides with them: prepared text has no `_`.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from archive.search.preparing import prepare

TAG, PARENT_TAG, AUTHOR, SITE, HOST, MONTH, LANGUAGE, HAS = "tuashmlx"
EVERYTHING = "_all"  # the token that every article has
NOTHING = "_none"  # the token that none has

# A tag asked for is found in articles with a tag below it, a site by its name or by its host.
_ANSWERS_TO = {PARENT_TAG: TAG, HOST: SITE}
_NAME_BOUNDARY = " _ "  # so that no phrase runs from one name into the next


def key(label: str) -> str:
    """What two labels have in common that count as one: case and compatible forms make no difference."""
    return unicodedata.normalize("NFKC", label).casefold()


def token(kind: str, label: str) -> str:
    """The token by which the index finds the articles with this label."""
    escaped = "".join(letter if letter.isalnum() else f"_{ord(letter):x}_" for letter in key(label))
    return f"_{_ANSWERS_TO.get(kind, kind)}_{escaped}"


def tag_path(name: str) -> str:
    """The path that a tag's name stands for: `ai / agents` is `ai/agents`."""
    return "/".join(part for part in (part.strip() for part in name.split("/")) if part)


def tags_above(path: str) -> list[str]:
    """The tags above one, the highest first."""
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def labels(
    *,
    tags: Iterable[str],
    authors: Iterable[str],
    publication: str,
    host: str,
    published: date | None,
    language: str,
    has_images: bool,
) -> str:
    """The labels of an article as a document keeps them, each once, authors in the order of the byline."""
    paths = [path for path in map(tag_path, tags) if path]
    found = [(TAG, path) for path in paths]
    found += [(PARENT_TAG, parent) for path in paths for parent in tags_above(path)]
    found += [(AUTHOR, name) for name in authors]
    found += [(SITE, publication), *((HOST, name) for name in _hosts(host))]
    if published:
        found.append((MONTH, published.isoformat()[:7]))
    found += [(LANGUAGE, code) for code in _languages(language)]
    if has_images:
        found.append((HAS, "images"))
    once: dict[str, str] = {}
    for kind, label in found:
        if label := " ".join(label.split()):
            once.setdefault(token(kind, label), kind + label)
    return "\n".join(once.values())


def of_kind(lines: str, kind: str) -> list[str]:
    """The labels of one kind among those of a document."""
    return [line[1:] for line in lines.split("\n") if line[:1] == kind]


def names(lines: str, kinds: str) -> str:
    """Prepared text of the labels of these kinds, for their column of the index."""
    return _NAME_BOUNDARY.join(prepare(line[1:]) for line in lines.split("\n") if line and line[0] in kinds)


def filters(lines: str, path: str) -> str:
    """The tokens of all labels of a document, of the years and of the folders its file lies in."""
    found = [EVERYTHING]
    for line in lines.split("\n"):
        if line:
            found.append(token(line[0], line[1:]))
    folders = path.strip("/").split("/") if path.strip("/") else []
    found += [token("p", "/".join(folders[: depth + 1])) for depth in range(len(folders))]
    return " ".join(found)


def _hosts(host: str) -> Iterator[str]:
    """The host and those above it, down to two labels: `news.bbc.co.uk`, `bbc.co.uk`, `co.uk`."""
    parts = host.split(".") if host else []
    for start in range(max(1, len(parts) - 1) if parts else 0):
        yield ".".join(parts[start:])


def _languages(code: str) -> Iterator[str]:
    """The language and those it belongs to: `pt-br`, `pt`."""
    parts = code.replace("_", "-").split("-") if code else []
    for end in range(len(parts), 0, -1):
        yield "-".join(parts[:end])
