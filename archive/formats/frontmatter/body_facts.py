"""Metadata that some exporters write in the body instead of the front matter, nearly always at its beginning."""

from __future__ import annotations

import re
from itertools import takewhile

from archive.formats.frontmatter.blocks import KEY
from archive.formats.frontmatter.keys import field_of
from archive.formats.frontmatter.model import Entry, Json
from archive.formats.frontmatter.urls import read_url
from archive.formats.frontmatter.wikilinks import WIKILINK

_HEAD = 5_000  # code points of the body that are searched
_TOP = 600  # for text above an article
_FOOT = 1_000  # and below it

_LINK_REFERENCE = re.compile(r"\[#\]:[ \t]*(?P<key>[\w -]{1,40}):[ \t]*(?P<value>.*)")
_READWISE_HEADING = re.compile(r"^#{1,6}[ \t]+Metadata[ \t]*$", re.MULTILINE)
# - **Key:** value; Dataview's Key:: value needs no bullet
_BULLET = re.compile(
    r"[ \t]*(?:[-*][ \t]+|(?=[A-Z][A-Za-z ]{1,30}::))\**(?P<key>[A-Z][A-Za-z ]{1,30})\**::?\**(?:[ \t]+(?P<value>.*)|$)"
)
_OTHER_ITEM = re.compile(r"[ \t]*[-*][ \t]+!?\[")
_LIST_KEYS = frozenset({"Site", "By", "Author", "Date published", "Date saved", "Full Title", "URL", "Category"})
_LIST_START = re.compile(r"(?:#.*\n|[ \t]*\n)*(?=[ \t]*-[ \t]+(?:Site|By|Author|Full Title|Date published):)")
_READWISE_KEYS = frozenset({"Author", "Full Title", "Category", "Document Tags", "Summary", "URL"})
_EXCERPT = re.compile(r"^>[ \t]*##[ \t]+Excerpt[ \t]*\n(?P<text>(?:[ \t]*\S.*\n?)+)", re.MULTILINE)
_READER_HEAD = re.compile(
    r"Title: (?P<title>.+)\n\s*URL Source: (?P<url>https?://\S+)[ \t]*\n(?:\s*Published Time: (?P<published>.+)\n)?"
)
# The header and footer that translators add: where the original is, and who wrote it.
_TRANSLATED = re.compile(r"^[ \t>*-]*原文(?P<what>地址|链接|連結|作者)[ \t]*[:：][ \t]*(?P<value>\S.*)$", re.MULTILINE)
# Below the title of an article of WeChat: 原创 name *2026年4月27日 22:00* 北京
_OF_WECHAT = re.compile(
    r"^[^\n]{1,60}?[ \t]\*?(?P<date>\d{4}(?:年\d{1,2}月\d{1,2}日|-\d\d-\d\d))[ \t]+\d{1,2}:\d\d\*?"
    r"(?:[ \t]+\*?[\u4e00-\u9fff]{2,6}\*?)?[ \t]*$",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_VIA = re.compile(r"^via:[ \t]*<?(?P<url>https?://[^\s<>]+)>?[ \t]*$", re.MULTILINE)
_DRESSED = re.compile(r"^(?:[-*+][ \t]+)?(?:\*\*|__)?([^*:]{1,40}?)(?:(?:\*\*|__)?:|:(?:\*\*|__))[ \t]+")
_TITLE = re.compile(r"#[ \t]+\S.*\n(?:[ \t]*\n)*")
_READ_ORIGINAL = re.compile(r"^(?:[ \t]*-[ \t]+)?\[Read Original\]\((https?://[^\s()]+)\)", re.MULTILINE)
# Readwise's plain template: the address alone on a line, then the date (or None).
_ADDRESS_AND_DATE = re.compile(r"^(?P<url>https?://\S+)[ \t]*\n(?P<date>\d{4}-\d\d-\d\d|None)[ \t]*$", re.MULTILINE)


def link_reference_metadata(text: str) -> tuple[list[Entry], int]:
    """Metadata as link references, `[#]: key: (value)`, which Markdown does not show, and where the body begins.

    Translators of news use it (the LCTT of linux.cn). The publisher there is a person, so it is not a publication.
    """
    entries: list[Entry] = []
    position = 0
    while match := _LINK_REFERENCE.match(text, position):
        value = match["value"].strip()
        value = value[1:-1].strip() if value.startswith("(") and value.endswith(")") else value
        entries.append(Entry(match["key"].strip(), value, len(entries) + 1))
        position = match.end() + 1
    return entries, min(position, len(text))


def readwise_metadata(body: str, first_line: int) -> list[Entry]:
    """The bullets below Readwise's heading "Metadata"; `first_line` is the file's line number where the body begins.

    A summary may contain paragraphs, so bullets are searched up to the next heading.
    """
    head = body[:_HEAD]
    match = _READWISE_HEADING.search(head) if " Metadata" in head else None
    if match is None:
        return []
    entries = _bullets(head, match.end() + 1, first_line)
    end = heading.start() if (heading := re.compile(r"^#{1,6}[ \t]", re.M).search(head, match.end())) else len(head)
    known = {entry.line for entry in entries}
    for number, line in enumerate(
        head[match.end() + 1 : end].split("\n"), start=first_line + head.count("\n", 0, match.end() + 1)
    ):
        later = _BULLET.match(line)
        if later and later["key"] in _READWISE_KEYS and number not in known:
            entries.append(Entry(later["key"], _value(later["value"] or ""), number))
    return entries


def other_facts(body: str, first_line: int) -> list[Entry]:
    """Metadata from Notion, Evernote, Omnivore, Roam and MarkDownload, the header written by web reader APIs, and the
    address and date below a title from Readwise."""
    head = body[:_HEAD]
    facts = _lines_below_title(head, first_line)
    if match := _LIST_START.match(head):
        found = _bullets(head, match.end(), first_line)
        if sum(entry.key in _LIST_KEYS for entry in found) > 1:
            facts.extend(found)
    if match := _READER_HEAD.match(head):
        facts.extend(
            Entry(key, value.strip(), first_line + head.count("\n", 0, match.start(key)))
            for key, value in match.groupdict().items()
            if value
        )
    if "# Excerpt" in head and (match := _EXCERPT.search(head)):
        text = " ".join(line.lstrip("> \t") for line in match["text"].split("\n"))
        facts.append(Entry("excerpt", text.strip(), first_line + head.count("\n", 0, match.start("text"))))
    if "[Read Original]" in head and (match := _READ_ORIGINAL.search(head)):
        facts.append(Entry("url", match[1], first_line + head.count("\n", 0, match.start())))
    if "原文" in head[:_TOP]:
        for match in _TRANSLATED.finditer(head, 0, _TOP):
            key = "author" if match["what"] == "作者" else "url"
            value = _ESCAPED.sub(r"\1", match["value"].strip())
            facts.append(Entry(key, value, first_line + head.count("\n", 0, match.start())))
    if match := _OF_WECHAT.search(head, 0, _TOP // 2):
        facts.append(Entry("published", match["date"], first_line + head.count("\n", 0, match.start())))
    if "\nvia:" in body[-_FOOT:] and (match := _VIA.search(body, max(0, len(body) - _FOOT))):
        facts.append(Entry("url", match["url"], first_line + body.count("\n", 0, match.start())))
    match = _ADDRESS_AND_DATE.search(head) if "\nhttp" in head else None
    if match and not re.search(r"^[ \t]*[-*] ", head[: match.start()], re.MULTILINE):
        line = first_line + head.count("\n", 0, match.start())
        facts.append(Entry("url", match["url"], line))
        facts.append(Entry("published", match["date"], line + 1))
    return facts


def _lines_below_title(text: str, first_line: int) -> list[Entry]:
    """The `Key: value` lines that Notion and Evernote converters write below the title, the latter indented; others
    make a list of them, or use bold keys.

    No other lines may be among them, and two of the keys must be known, or one that gives the address.
    """
    match = _TITLE.match(text)
    if match is None:
        return []
    line = first_line + text.count("\n", 0, match.end())
    written = list(takewhile(str.strip, text[match.end() :].split("\n")))
    found = [KEY.fullmatch(_DRESSED.sub(r"\1: ", one.strip(" \t\\"))) for one in written]
    entries = [Entry(it["key"], it["value"] or "", number) for number, it in enumerate(found, start=line) if it]
    fields = {field_of(entry.key) for entry in entries} - {None}
    tells_address = any(field_of(entry.key) == "source_url" and read_url(str(entry.value)) for entry in entries)
    return entries if len(entries) == len(found) and (len(fields) > 1 or tells_address) else []


def _bullets(text: str, position: int, first_line: int) -> list[Entry]:
    entries: list[Entry] = []
    line = first_line + text.count("\n", 0, position)
    for number, written in enumerate(text[position:].split("\n"), start=line):
        match = _BULLET.match(written)
        if match:
            entries.append(Entry(match["key"].strip(), _value(match["value"] or ""), number))
        elif written.strip() and not _OTHER_ITEM.match(written):
            break
    return entries


def _value(text: str) -> Json:
    """A bullet's value; several links, as Readwise writes tags and authors, become a list."""
    links = WIKILINK.findall(text)
    if len(links) > 1 and not WIKILINK.sub("", text).strip(" ,"):
        return [f"[[{target}]]" for target in links]
    return text.strip()
