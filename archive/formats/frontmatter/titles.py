"""Titles: without the publication's name at the end, or found elsewhere if the front matter has none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from archive.formats.file_kinds import ARTICLE_SUFFIXES
from archive.formats.frontmatter.markup import plain
from archive.formats.frontmatter.urls import host_of, is_host
from archive.formats.frontmatter.wikilinks import MARKDOWN_LINK, WIKILINK, label

LONGEST_PUBLICATION = 80
LONGEST_TITLE = 1000  # code points of a heading used as a title, and of text searched for emphasis

_SUFFIX = re.compile(r"(?P<title>.*\S)(?:\s+(?:[|\-–—·•»«:]|::|//)\s+|\s*[｜]\s*)(?P<name>\S.*)", re.DOTALL)
_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|il|o|a)\s+", re.IGNORECASE)
_GENERIC = frozenset(
    {"news", "online", "com", "net", "org", "magazine", "blog", "community", "docs", "help", "uk", "us"}
)
_COMPANY = frozenset({"inc", "ltd", "llc", "gmbh", "ag", "co", "corp", "plc", "bv", "sa", "srl"})
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "go", "gob"})
_BYLINE = re.compile(r"\s+\|\s+by\s+[^|]{2,60}(?:\s+\|\s+[^|]{1,60})?$")  # Medium's: | by Ada Quill | Jan, 2025
_STARS = re.compile(r"(\*{2,4})(?=[^\s*])(.+?)(?<=[^\s*])\1")
_MARKS = re.compile(
    r"(?P<code>`{1,2})(?P<verbatim>[^`]+)(?P=code)"
    r"|(?P<mark>\*{1,4}|~~|==|(?<!\w)_{1,3})(?=[^\s*_])(?P<text>.+?)(?<=[^\s*_])(?P=mark)(?!(?<=_)\w)"
)
_ATX = re.compile(r" {0,3}(?P<signs>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_HTML = re.compile(r"[ \t]*<(?P<tag>h[1-6])\b[^<>]*>(?P<text>.*)</(?P=tag)>[ \t]*", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_NO_PARAGRAPH = re.compile(r"\s*(?:$|[-*+>|]|\d+[.)]\s|!\[|<)| {4}|\t")
_MARKS_OF_HEADINGS = frozenset("#¶§🔗")  # the mark for copying a heading's address
_HEADING_ID = re.compile(r"\s*(?:\{#[^{}]*\}|\^[\w-]+)$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_NOTION_ID = re.compile(r"(?<=\S) [0-9a-f]{32}$")
_OF_READWISE = re.compile(r"(?<=\S)\s+\(highlights\)$", re.IGNORECASE)
_FOLDER_PAGES = frozenset({"index", "_index"})
_LINES_SEARCHED = 5_000
SHORT_LINE = 5  # code points, for a line of any kind
PROSE_ABOVE = 200  # code points above a title: a byline, a date
# Headings that clippers and note-taking apps add around a text; they are not titles.
_NO_TITLE = frozenset({"metadata", "highlights", "excerpt", "abstract", "summary", "article text", "full content",
                       "contents", "table of contents", "notes"})  # fmt: skip


def title_and_publication(title: str, site: str | None, url: str | None) -> tuple[str, str | None]:
    """The title without a final " | Reuters" that names the publication, or a byline, and the publication's name.

    A suffix is the publication if it resembles `site` or the host's name ("The New York Times" and nytimes.com). The
    publication is `site`, else that suffix, else the host without `www.`; None if nothing says.
    """
    site = (site or "").strip() or None
    host = host_of(url) if url else None
    if site and is_host(site) and host is None:
        host = site.lower().removeprefix("www.")
    title = " ".join(title.split())
    suffix = None
    match = _SUFFIX.fullmatch(title)
    if match and len(match["name"]) <= LONGEST_PUBLICATION:
        name = match["name"]
        if (site and _alike(name, site)) or (host and _names_host(name, host)):
            title, suffix = match["title"].rstrip(" |-–—·•"), name
    title = _BYLINE.sub("", title) if " | by " in title else title
    # Omnivore keeps a page's bold type as asterisks. Other marks may belong to a title that is not Markdown.
    return _STARS.sub(r"\2", title) if len(title) <= LONGEST_TITLE else title, site or suffix or host


def title_from_body(body: str) -> str | None:
    """The heading of a Markdown text that may be its title, as plain text; None if there is none.

    It is the first heading, if there is no prose above it, or the only first-level one, anywhere. A lower-level heading
    with others beside it is a section's.
    """
    first: str | None = None
    level_of_first = beside = 0
    tops: list[str] = []
    prose = 0
    for heading, level, before in _headings(body[:500_000]):
        prose += before
        if (text := _heading_text(heading)) and text.casefold().rstrip(":") not in _NO_TITLE:
            if level == 1:
                tops.append(text)
            if first is None and prose <= PROSE_ABOVE:
                first, level_of_first = text, level
            elif first is not None and level == level_of_first:
                beside += 1
    if len(tops) == 1:
        return tops[0]
    return None if level_of_first > 1 and beside > 1 else first


def _headings(body: str) -> Iterator[tuple[str, int, int]]:
    """The headings with their levels, and the length of the prose before each, in code points."""
    fence = previous = ""
    prose = 0
    for line in body.split("\n", _LINES_SEARCHED)[:_LINES_SEARCHED]:
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" `~") else fence
            continue
        if match := _FENCE.match(line):
            fence, previous = match["fence"], ""
            continue
        heading, level = None, 0
        if match := _ATX.fullmatch(line):
            heading, level = match["text"], len(match["signs"])
        elif match := _HTML.fullmatch(line):
            heading, level = match["text"], int(match["tag"][1])
        elif previous and _SETEXT.fullmatch(line):
            heading, level = previous, 1 if "=" in line else 2
            prose -= max(len(previous), SHORT_LINE)
        if heading:
            yield heading, level, prose
            prose, previous = 0, ""
        else:
            previous = "" if _NO_PARAGRAPH.match(line) else line.strip()
            prose += max(len(previous), SHORT_LINE if line.strip() else 0)


def page_name(path: str) -> str:
    """The name of a file; for a folder's page (index.md), the folder's name with the file's extension."""
    parts = PurePosixPath(path.replace("\\", "/"))
    is_folder_page = parts.stem.casefold() in _FOLDER_PAGES and parts.suffix.lower() in ARTICLE_SUFFIXES
    return f"{parts.parent.name}{parts.suffix}" if is_folder_page and parts.parent.name else parts.name


def title_from_filename(name: str) -> str:
    """The name of a file (or path) without its folder, its text-file extension and the id that Notion adds.

    For a folder's page (index.md), the folder's name.
    """
    path = PurePosixPath(page_name(name))
    stem = path.stem if path.suffix.lower() in ARTICLE_SUFFIXES else path.name
    stem = _OF_READWISE.sub("", _NOTION_ID.sub("", stem))
    return " ".join(plain(stem).split()) or name


def _heading_text(heading: str) -> str:
    text = _HEADING_ID.sub("", heading[:LONGEST_TITLE].strip())
    text = MARKDOWN_LINK.sub(lambda match: "" if match[1] in _MARKS_OF_HEADINGS else match[1], text)
    text = _OF_READWISE.sub("", _unmarked(WIKILINK.sub(lambda match: label(match[1]), text)))
    return " ".join(plain(_ESCAPED.sub(r"\1", text)).split())


def _unmarked(text: str) -> str:
    """Inline Markdown without the marks for emphasis and code."""
    return _MARKS.sub(lambda match: match["verbatim"] or _unmarked(match["text"]), text)


def _key(name: str) -> str:
    letters = unicodedata.normalize("NFKD", _ARTICLE.sub("", name.strip(), count=1)).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def _alike(name: str, site: str) -> bool:
    if is_host(site):
        return _names_host(name, site.lower().removeprefix("www."))
    one, other = _key(name), _key(site)
    if not one or not other:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter):
        return True
    return (len(shorter) >= 5 and shorter in longer and 2 * len(shorter) >= len(longer)) or SequenceMatcher(
        None, one, other
    ).ratio() >= 0.85


def _names_host(name: str, host: str) -> bool:
    """Whether a name is the host's: Reuters, BBC News, The New York Times, Nikkei Asia, FT."""
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    words = _words(name)
    while len(words) > 1 and words[-1] in _COMPANY:
        words.pop()
    if not labels or not words:
        return False
    if "".join(words) == _key(host):
        return True
    registered = labels[-1].replace("-", "")
    for candidate in filter(None, (words, _words(_ARTICLE.sub("", name, count=1)))):
        if candidate[0] == registered and {*candidate[1:]} <= {*labels, *_GENERIC}:
            return True
        if "".join(candidate) == registered or _abbreviates(registered, candidate):
            return True
    return False


def _words(name: str) -> list[str]:
    folded = (unicodedata.normalize("NFKD", word).casefold() for word in re.split(r"[\s\-.]+", name))
    return [word for word in ("".join(filter(str.isalnum, word)) for word in folded) if word]


def _abbreviates(label: str, words: list[str]) -> bool:
    """Whether a host's label consists of the beginnings of the words, in order (nytimes, ft)."""
    ends = {0}
    for word in words:
        ends = {
            end + length for end in ends for length in range(1, len(word) + 1) if label.startswith(word[:length], end)
        }
    return len(words) > 1 and len(label) > 1 and len(label) in ends
