"""Converts entries to fields: better keys come first, and the first usable value wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from unicodedata import normalize

from archive.formats.frontmatter.authors import read_authors
from archive.formats.frontmatter.dates import LONGEST, DateProblem, PartialDate, read_date
from archive.formats.frontmatter.keys import RANKS, field_of, same_key
from archive.formats.frontmatter.languages import UNDETERMINED, read_language
from archive.formats.frontmatter.markup import plain
from archive.formats.frontmatter.model import Entry, FieldValue, Json, Problem
from archive.formats.frontmatter.tags import read_tags
from archive.formats.frontmatter.urls import UNSAFE_SCHEMES, host_of, is_host, read_url
from archive.formats.frontmatter.wikilinks import MARKDOWN_LINK, WIKILINK, is_placeholder, label

_NOTHING = frozenset({"", "none", "null", "n/a", "undefined", "unknown", "-", "nan", "tbd"})
_FLAGS = frozenset({"true", "false", "yes", "no", "0", "1", "draft"})  # `published: true` says whether, not when
_HOSTS_ONLY = frozenset(map(same_key, ("domain", "domain name", "source domain", "hostname", "host")))
_SOURCES = frozenset(["source", "quelle", "fuente", "fonte", "источник", "джерело", "来源", "來源", "出典", "출처"])
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z+.-]*:", re.IGNORECASE)
_FILE = re.compile(r"\.{0,2}/|.*\.(?:md|markdown|txt|pdf|epub|html?|docx?)$", re.IGNORECASE)
_MONTH_FIRST = same_key("ms.date")
_TABLES = frozenset({"taxonomies", "params", "extra"})
_UPDATED = (
    r"(?<![^\W\d_])(?:(?:last |zuletzt )?(?:updated|modified|edited|revised|aktualisiert|geändert)\b"
    r"|mise? à jour\b|modifiée?\b|a[ct]tuali[zs]ad[oa]\b|aggiornat[oa]\b|обновлено|güncelleme|수정|(?:最終)?更新)"
)
_ASIDE_OF_UPDATE = {
    "published": re.compile(rf"(?<=\S)[\s·|,;(]*{_UPDATED}.*", re.IGNORECASE),
    "modified": re.compile(rf"^{_UPDATED}(?: on| at| am| le| el| em| il)?[:：\s]+", re.IGNORECASE),
}

_ADDRESS_FIELDS = frozenset({"source_url", "image"})

Problems = list[Problem]


def build_fields(entries: list[Entry], facts: list[Entry]) -> tuple[dict[str, FieldValue], Problems]:
    """The fields given by the entries, with facts from the body for those that are missing."""
    by_field = _by_field(entries)
    for name, nested in _by_field(list(_within_tables(entries))).items():
        by_field[name] += nested
    fields: dict[str, FieldValue] = {}
    problems: Problems = []
    if named := _site_in_source(by_field["source_url"]):
        by_field["site"].append(named)
    for name, read in _READERS.items():
        value = read(by_field[name], problems)
        if value:
            fields[name] = value if name in _ADDRESS_FIELDS else composed(value)
    if facts:
        later, _ = build_fields(facts, [])
        fields |= {name: value for name, value in later.items() if name not in fields}
    return fields, problems


def composed(value: FieldValue) -> FieldValue:
    """A value in Unicode's composed form (NFC), so that a name is the same however it was typed."""
    if isinstance(value, str):
        return value if value.isascii() else normalize("NFC", value)
    if isinstance(value, list):
        return list(dict.fromkeys(item if item.isascii() else normalize("NFC", item) for item in value))
    return value


def _by_field(entries: list[Entry]) -> defaultdict[str, list[Entry]]:
    ranked: defaultdict[str, list[tuple[int, int, Entry]]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if rank := RANKS.get(same_key(entry.key)):
            ranked[rank[0]].append((rank[1], place, entry))
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for name, candidates in ranked.items():
        found[name] = [entry for *_, entry in sorted(candidates, key=lambda candidate: candidate[:2])]
    return found


def _within_tables(entries: list[Entry]) -> Iterator[Entry]:
    """The entries of the tables in which Hugo and Zola keep custom values, and Zola also the tags."""
    for entry in entries:
        if entry.key in _TABLES and isinstance(entry.value, dict):
            yield from (Entry(key, value, entry.line) for key, value in entry.value.items())


_NAMES = ("name", "title", "text", "url", "image", "src")
_ADDRESSES = ("url", "src", "image", "path", "file", "href", "large", "feature")


def _texts(value: Json, keys: tuple[str, ...] = _NAMES) -> Iterator[str]:
    """The strings in a value at any depth; of a mapping, those under `keys`."""
    if isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, str):
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, keys)
    elif isinstance(value, dict):
        for key in keys:
            yield from _texts(value.get(key), keys)


def _text(entry: Entry, problems: Problems) -> str | None:
    """The entry's text on one line; None if empty, or a template placeholder, which is reported."""
    text = " ".join(plain(" ".join(_texts(entry.value))).split())
    if is_placeholder(text):
        message = f"“{entry.key}” still holds the placeholder {text[:60]}; it was ignored."
        problems.append(Problem(entry.line, message, "placeholder"))
        return None
    return text if text.casefold() not in _NOTHING else None


def _first_text(entries: list[Entry], problems: Problems) -> str | None:
    return next(filter(None, (_text(entry, problems) for entry in entries)), None)


def _title(entries: list[Entry], problems: Problems) -> str | None:
    """A title can be any word, even "None" or "Unknown"; only an empty one is ignored."""
    for entry in entries:
        text = " ".join(plain(" ".join(_texts(entry.value))).split())
        if text and (text.casefold() in _NOTHING or _text(entry, problems)):
            return WIKILINK.sub(lambda match: label(match[1]), text)
    return None


def _url(entry: Entry) -> str | None:
    for text in _texts(entry.value):
        if url := read_url(text):
            return url
        if doi := _DOI.fullmatch(text):
            return f"https://doi.org/{doi[1]}"
        if paper := _ARXIV.fullmatch(text):
            return f"https://arxiv.org/abs/{paper[1]}"
    return None


def _source_url(entries: list[Entry], problems: Problems) -> str | None:
    for entry in entries:
        if url := _url(entry):
            return url
        text = _text(entry, problems) or ""
        if text.casefold().startswith(UNSAFE_SCHEMES):
            message = f"“{entry.key}” is not a web address but {text.partition(':')[0]}:; it was ignored."
            problems.append(Problem(entry.line, message, "unsafe-url"))
    return None


def _site_in_source(entries: list[Entry]) -> Entry | None:
    """`source: example.org` or `source: The Guardian` names the site, not the page."""
    for entry in entries:
        if same_key(entry.key) in _SOURCES and isinstance(entry.value, str) and not _url(entry):
            text = entry.value.strip()
            if text and len(text) <= 80 and not (_SCHEME.match(text) or _FILE.match(text)):
                return entry
    return None


def _site(entries: list[Entry], problems: Problems) -> str | None:
    for entry in entries:
        text = _text(Entry(entry.key, next(_texts(entry.value), ""), entry.line), problems)
        if text is None or (same_key(entry.key) in _HOSTS_ONLY and not is_host(text)):
            continue
        if url := read_url(text):
            return host_of(url)
        return WIKILINK.sub(lambda match: label(match[1]), text)
    return None


def _authors(entries: list[Entry], problems: Problems) -> list[str]:
    stated = (entry.value for entry in entries if _text(entry, problems) or isinstance(entry.value, list | dict))
    return next(filter(None, map(read_authors, stated)), [])


def _tags(entries: list[Entry], problems: Problems) -> list[str]:
    for entry in entries:
        tags = read_tags([entry.value])
        for left_out, code, why in (
            (tags.templates, "placeholder", "holds a placeholder"),
            (tags.too_long, "long-tag", "is longer than 100 characters"),
        ):
            for tag in left_out:
                problems.append(Problem(entry.line, f"The tag “{tag[:60]}” {why}; it was ignored.", code))
    return read_tags([entry.value for entry in entries]).names


def _date(entries: list[Entry], problems: Problems) -> PartialDate | None:
    for entry in entries:
        text = _text(entry, problems)
        if text is None or text.casefold() in _FLAGS:
            continue
        aside = _ASIDE_OF_UPDATE.get(field_of(entry.key) or "") if len(text) <= 2 * LONGEST else None
        try:
            return read_date(aside.sub("", text) if aside else text, month_first=same_key(entry.key) == _MONTH_FIRST)
        except DateProblem as problem:
            message = f"“{text[:60]}” in “{entry.key}” {problem}; the article has no such date."
            problems.append(Problem(entry.line, message, problem.code))
    return None


def _language(entries: list[Entry], problems: Problems) -> str | None:
    for entry in entries:
        text = next((text for text in _texts(entry.value) if text), "")
        if language := read_language(text):
            return language
        if text and text.casefold() != UNDETERMINED and not is_placeholder(text):
            message = f"“{text[:60]}” in “{entry.key}” is not a known language; it was ignored."
            problems.append(Problem(entry.line, message, "unknown-language"))
    return None


def _image(entries: list[Entry], problems: Problems) -> str | None:
    for entry in entries:
        for text in _texts(entry.value, _ADDRESSES):
            embedded = WIKILINK.fullmatch(text.removeprefix("!"))
            linked = MARKDOWN_LINK.fullmatch(text)
            image = embedded[1].partition("|")[0] if embedded else linked[2] if linked else text
            if image.casefold().startswith(("javascript:", "vbscript:")):
                message = f"“{entry.key}” is not the address of an image; it was ignored."
                problems.append(Problem(entry.line, message, "unsafe-url"))
            elif image and image.casefold() not in _NOTHING | _FLAGS and not is_placeholder(image):
                return image
    return None


def _word_count(entries: list[Entry], problems: Problems) -> int | None:
    for entry in entries:
        text = (_text(entry, problems) or "").casefold().removesuffix("words").strip()
        if re.fullmatch(r"\d{1,3}(?:[,.  ]\d{3}){1,2}|\d{1,9}", text):
            return int(re.sub(r"\D", "", text))
    return None


_READERS: dict[str, Callable[[list[Entry], Problems], FieldValue | None]] = {
    "title": _title,
    "source_url": _source_url,
    "site": _site,
    "authors": _authors,
    "published": _date,
    "clipped": _date,
    "modified": _date,
    "description": _first_text,
    "tags": _tags,
    "language": _language,
    "image": _image,
    "word_count": _word_count,
}
