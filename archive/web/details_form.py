"""The form for an article's details: the value of each field, the file's value next to it, and what was typed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.articles.bylines import LONGEST_AUTHOR
from archive.articles.details import FIELDS, LABELS, Value, Values
from archive.formats.frontmatter import DateProblem, read_date, read_language
from archive.web import line_diff
from archive.web.editing import typed_tags

HELP = {
    "authors": "One on each line",
    "published": "For example 2026, 2026-02 or 5 February 2026",
    "clipped": "For example 2026-02-05",
    "modified": "For example 2026-02-05",
    "language": "For example en, pt-BR or Japanese",
    "tags": "Separated by commas. Use a/b to nest",
}
LONG = ("authors", "description")  # fields with several lines
LONGEST = {"title": 2_000, "publication": 200, "description": 20_000, "source_url": 2_000}
MOST_AUTHORS = 1_000


@dataclass(frozen=True)
class Field:
    """One field of the form. `in_file` is the file's value in parts, marked where the article differs.

    `stored` is the value that someone else saved meanwhile; None if nobody did.
    """

    name: str
    value: str
    in_file: line_diff.Parts
    is_edited: bool
    differs: bool
    follows: bool = False  # whether it is to take the file's value
    error: str = ""
    stored: str | None = None

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def help(self) -> str:
        return HELP.get(self.name, "")

    @property
    def is_long(self) -> bool:
        return self.name in LONG

    @property
    def is_required(self) -> bool:
        return self.name == "title"


@dataclass(frozen=True)
class Typed:
    """A submitted form: the changed fields, those that are to follow the file, and the errors as sentences."""

    seen: Values
    texts: dict[str, str]
    changed: Values
    follows: frozenset[str]
    errors: dict[str, str]

    @classmethod
    def read(cls, form: Mapping[str, str], follows: Collection[str]) -> Typed:
        seen = _seen(form.get("seen", ""))
        texts = {name: _tidy(name, form[name]) for name in FIELDS if name in form}
        changed: Values = {}
        errors = {}
        for name, text in texts.items():
            if name in follows or text == _tidy(name, shown(name, seen.get(name, ""))):
                continue
            try:
                changed[name] = read(name, text)
            except ValueError as error:
                errors[name] = str(error)
        return cls(seen, texts, changed, frozenset(follows), errors)


def fields(
    current: Values,
    in_file: Values,
    edited: Collection[str],
    typed: Typed | None = None,
    others: Collection[str] = (),
) -> list[Field]:
    """The fields as the page shows them, as stored or as typed. `others` are those someone else changed meanwhile."""
    return [
        Field(
            name,
            typed.texts[name] if typed and name in {*typed.changed, *typed.errors} else shown(name, value),
            _compared(shown(name, value), shown(name, in_file[name])) if name in in_file else [],
            name in edited,
            name in in_file and value != in_file[name],
            follows=typed is not None and name in typed.follows,
            error=typed.errors.get(name, "") if typed else "",
            stored=shown(name, value) if name in others else None,
        )
        for name, value in ((name, current[name]) for name in FIELDS)
    ]


def shown(name: str, value: Value) -> str:
    """A detail as text: lists with one item per line, tags separated by commas."""
    if isinstance(value, list):
        return (", " if name == "tags" else "\n").join(value)
    return value


def read(name: str, text: str) -> Value:
    """Parse a detail that was typed. Raises ValueError with a message for the reader."""
    if name in LONGEST and len(text) > LONGEST[name]:
        raise ValueError(f"This has {len(text):,} characters; {LONGEST[name]:,} are allowed.")
    match name:
        case "title" if not text:
            raise ValueError("An article needs a title.")
        case "authors":
            return _authors(text)
        case "tags":
            return sorted(typed_tags(text), key=str.casefold)
        case "published" | "clipped" | "modified":
            return _date(text, needs_day=name != "published")
        case "language" if text:
            if (language := read_language(text)) is None:
                raise ValueError(f"“{text[:40]}” is not a language. Use a code such as en or pt-BR, or a name.")
            return language
        case "source_url" if text:
            if not _is_address(text):
                raise ValueError("This is not a web address. It begins with https:// or http://.")
    return text


def _authors(text: str) -> list[str]:
    names = list(dict.fromkeys(text.split("\n"))) if text else []
    if len(names) > MOST_AUTHORS:
        raise ValueError(f"An article can have {MOST_AUTHORS:,} authors at most.")
    if longest := next((name for name in names if len(name) > LONGEST_AUTHOR), ""):
        raise ValueError(f"A name can have {LONGEST_AUTHOR} characters; “{longest[:20]}…” has {len(longest)}.")
    return names


def _date(text: str, *, needs_day: bool) -> str:
    if not text:
        return ""
    try:
        found = read_date(text)
    except DateProblem as problem:
        raise ValueError(f"“{text[:40]}” {problem}.") from None
    if needs_day and found.precision != "day":
        raise ValueError("Name the day as well, for example 2026-02-05.")
    return found.date.isoformat()[: {"year": 4, "month": 7}.get(found.precision)]


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not any(map(str.isspace, text))


def _tidy(name: str, text: str) -> str:
    """The text without trailing white space, blank lines and characters that databases reject; joined to one line if
    the field has only one."""
    lines = [" ".join(line.split()) for line in text.replace("\0", "").splitlines()]
    if name == "description":
        return "\n".join(lines).strip()
    return ("\n" if name in LONG else " ").join(line for line in lines if line)


def _seen(given: str) -> Values:
    """The values the form was shown with; empty if they cannot be read."""
    try:
        found = json.loads(given)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if name in FIELDS and isinstance(value, str | list)}


def _compared(stored: str, in_file: str) -> line_diff.Parts:
    return line_diff.both(stored, in_file)[1]
