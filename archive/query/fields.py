"""The fields of the search language: their descriptions, and how their values are parsed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from archive.query import dates, lexical
from archive.query.syntax import (
    Collection,
    DateRange,
    Has,
    Import,
    Is,
    Lang,
    Near,
    Part,
    Path,
    Phrase,
    Prefix,
    Site,
    Tag,
    TextField,
    Word,
    WordCount,
)

SORTS = ("published", "added", "clipped", "title", "length", "relevance")
TEXTS = ("notes", "highlights", "title")  # texts that `in:` can restrict a search to
MOST_WORDS = 999_999_999  # fits an integer column in any database

_WORD_COUNT = re.compile(r"(>=?|<=?)?(\d{1,18})|(\d{0,18})\.\.(\d{0,18})")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?")
_RUN = re.compile(r"[0-9]{1,18}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8}){0,3}")


@dataclass(frozen=True)
class FieldHelp:
    """A field for completion and documentation. `values` are all its possible values, if the list is short."""

    name: str
    meaning: str
    example: str
    values: tuple[str, ...] = ()


FIELDS = (
    FieldHelp("title", "Words in the title", 'title:"prisoner swap"'),
    FieldHelp("author", "An author’s name or part of it", "author:harmash"),
    FieldHelp("site", "Where it appeared: a name or host", "site:example.org"),
    FieldHelp("tag", "A tag and the tags nested under it", "tag:energy"),
    FieldHelp("lang", "Language of the text", "lang:uk"),
    FieldHelp("path", "An imported file or folder", "path:clippings/2026"),
    FieldHelp("before", "Published before this day, month or year", "before:2026-02"),
    FieldHelp("after", "Published in or after this day, month or year", "after:3mo"),
    FieldHelp("on", "Published in this day, month, year or range", "on:2026-02-05"),
    FieldHelp("year", "Published in this year or these years", "year:2020..2024"),
    FieldHelp("words", "Length of the text in words", "words:>1000"),
    FieldHelp("has", "Articles with highlights, notes or images", "has:notes", ("highlights", "notes", "images")),
    FieldHelp(
        "is",
        "What you have read, starred or marked",
        "is:unread",
        ("unread", "reading", "read", "starred", "highlighted", "noted"),
    ),
    FieldHelp("collection", "Articles in a collection that you may see", 'collection:"night trains"'),
    FieldHelp("import", "Articles that an import brought, by its number", "import:12"),
    FieldHelp("in", "Search only there", "in:notes compare", TEXTS),
    FieldHelp("notes", "Words in notes", "notes:compare"),
    FieldHelp("highlights", "Words in highlighted passages", 'highlights:"first such swap"'),
    FieldHelp("sort", "Order of the results; reversed after a -", "sort:published", SORTS),
)


@dataclass(frozen=True)
class Sort:
    """The sort order, as in `Query.sort`."""

    key: str


@dataclass(frozen=True)
class Scope:
    """The text to which the words around it are restricted."""

    name: str


@dataclass(frozen=True)
class Value:
    """The value after a field's colon. `is_phrase`: it was in quotation marks."""

    text: str
    is_phrase: bool = False

    @property
    def plain(self) -> str:
        """The value in lower case and normal width, for fields whose values are not free text."""
        return unicodedata.normalize("NFKC", self.text).lower()


Content: TypeAlias = (
    TextField | Tag | Site | Lang | Path | DateRange | WordCount | Has | Is | Collection | Import | Sort | Scope
)


def canonical_name(name: str) -> str:
    """The name of a field in lower case and normal width."""
    return unicodedata.normalize("NFKC", name).lower()


def nearest(word: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a reader probably meant, if any is similar enough."""
    return next(iter(get_close_matches(word, choices, n=1)), None)


def read(name: str, value: Value, today: dt.date) -> Content:
    """Parse a field. Raises ValueError, with a message for the reader, if the value is invalid."""
    if not value.text.strip("" if value.is_phrase else lexical.STAR):
        raise ValueError(f"{name}: needs a value right after the colon.")
    return _READERS[name](name, value, today)


def _text(name: str, value: Value, today: dt.date) -> TextField:
    if value.is_phrase:
        return TextField(name, Phrase(value.text))
    return TextField(name, term(value.text))


def term(text: str) -> Word | Prefix | Part | Near:
    """A word as written, with its wildcards; wildcards alone are not a term."""
    inner = text.strip(lexical.STAR)
    begins, ends = text[0] in lexical.STAR, text[-1] in lexical.STAR
    if begins:
        return Part(inner, is_end=not ends)
    if ends:
        return Prefix(inner)
    near = text.rstrip(lexical.TILDE)
    return Near(near) if near and near != text else Word(lexical.as_word(text))


def _tag(name: str, value: Value, today: dt.date) -> Tag:
    parts = (part.strip() for part in _without_star(name, value).lstrip("#＃/ ").split("/"))
    return Tag(_not_empty(name, "/".join(part for part in parts if part)))


def _site(name: str, value: Value, today: dt.date) -> Site:
    # A pasted address also names its site; a publication's name may contain a slash.
    address = re.sub(r"^(?:[a-z][a-z0-9+.-]*://|www\.|\s)+", "", _without_star(name, value).lower())
    host, _, _ = address.partition("/")
    return Site(_not_empty(name, host if _HOST.fullmatch(host) or not host.strip() else address.rstrip()))


def _path(name: str, value: Value, today: dt.date) -> Path:
    path = re.sub(r"^(?:\.?/|\s)+", "", value.text)
    return Path(_not_empty(name, re.sub(r"(?<![/*\s])[/*\s]+$", "", path)))


def _lang(name: str, value: Value, today: dt.date) -> Lang:
    code = value.plain.replace("_", "-")
    if not _LANGUAGE.fullmatch(code):
        raise ValueError(f"“{value.text}” is not a language code. They look like en, uk or pt-BR.")
    return Lang(code)


def _dates(name: str, value: Value, today: dt.date) -> DateRange:
    text = value.plain
    relative = f"{name}:{text}" if dates.is_relative(text) else ""
    if name in ("after", "before"):
        first, _ = dates.read_period(text, today)
        if name == "after":
            return DateRange(first, None, relative)
        return DateRange(None, dates.day_before(first), relative)
    earliest, is_range, latest = text.partition("..")
    if not is_range:
        return DateRange(*dates.read_period(text, today), relative)
    if not earliest and not latest:
        raise ValueError(f"{name}: needs a date before or after the two dots.")
    since = dates.read_period(earliest, today)[0] if earliest else None
    until = dates.read_period(latest, today)[1] if latest else None
    if since and until and since > until:
        raise ValueError(f"“{value.text}” ends before it begins.")
    return DateRange(since, until, relative)


def _year(name: str, value: Value, today: dt.date) -> DateRange:
    if not re.fullmatch(r"(\d{4})?(\.\.)?(\d{4})?", value.plain):
        raise ValueError(f"“{value.text}” is not a year. Years look like 2026 or 2020..2024.")
    return _dates(name, value, today)


def _words(name: str, value: Value, today: dt.date) -> WordCount:
    match = _WORD_COUNT.fullmatch(value.plain)
    if not match or value.plain == "..":
        raise ValueError(f"“{value.text}” is not a length. Lengths look like >1000, <500 or 500..900 (words).")
    comparison, number, low, high = match.groups()
    if number is None:
        at_least, at_most = _bound(low), _bound(high)
    else:
        count = int(number)
        at_least = {">": count + 1, "<": None, "<=": None}.get(comparison, count)
        at_most = {"<": count - 1, ">": None, ">=": None}.get(comparison, count)
    if at_most is not None and at_most < (at_least or 0):
        raise ValueError(f"No text can have a length of “{value.text}” words.")
    return WordCount(_at_most_countable(at_least), _at_most_countable(at_most))


def _bound(digits: str) -> int | None:
    return int(digits) if digits else None


def _at_most_countable(count: int | None) -> int | None:
    return None if count is None else min(count, MOST_WORDS)


def _has(name: str, value: Value, today: dt.date) -> Has:
    return Has(_choice(name, value))


def _is(name: str, value: Value, today: dt.date) -> Is:
    return Is(_choice(name, value))


def _collection(name: str, value: Value, today: dt.date) -> Collection:
    return Collection(_not_empty(name, " ".join(_without_star(name, value).split())))


def _import(name: str, value: Value, today: dt.date) -> Import:
    number = value.plain
    if not _RUN.fullmatch(number):
        raise ValueError(f"“{value.text}” is not the number of an import. Its page has the number in its address.")
    return Import(int(number))


def _in(name: str, value: Value, today: dt.date) -> Scope:
    return Scope(_choice(name, value))


def _sort(name: str, value: Value, today: dt.date) -> Sort:
    key = value.plain
    reverse = "-" if key[0] in lexical.MINUS else ""
    return Sort(reverse + _choice(name, Value(key[len(reverse) :])))


def _choice(name: str, value: Value) -> str:
    """One of the values that a field takes; `note` is accepted for `notes`."""
    choices = next(field.values for field in FIELDS if field.name == name)
    for word in (value.plain, f"{value.plain}s"):
        if word in choices:
            return word
    guess = nearest(value.plain[:20], choices)
    hint = f"Did you mean {name}:{guess}?" if guess else f"It takes {', '.join(choices[:-1])} or {choices[-1]}."
    raise ValueError(f"{name}: does not know “{value.text}”. {hint}")


def _without_star(name: str, value: Value) -> str:
    if not value.is_phrase and value.text[-1] in lexical.STAR:
        raise ValueError(f"A * cannot be used in {name}:.")
    return value.text


def _not_empty(name: str, text: str) -> str:
    if not text:
        raise ValueError(f"{name}: needs a value right after the colon.")
    return text


_READERS: Mapping[str, Callable[[str, Value, dt.date], Content]] = {
    "title": _text,
    "author": _text,
    "notes": _text,
    "highlights": _text,
    "site": _site,
    "tag": _tag,
    "collection": _collection,
    "import": _import,
    "lang": _lang,
    "path": _path,
    "before": _dates,
    "after": _dates,
    "on": _dates,
    "year": _year,
    "words": _words,
    "has": _has,
    "is": _is,
    "in": _in,
    "sort": _sort,
}
NAMES = tuple(_READERS)
