"""The sections of a file of highlights: passages, notes, and the article's text if included."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, field
from typing import Literal

LONG_TEXT = 400  # code points of paragraphs: what programs write about an article is shorter

SECTION = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?(?:#{1,6}[ \t]+)?\**(?:(?:new )?highlights?(?: & notes| and notes)?"
    r"(?:[ \t]+(?:first synced|added|synced)\b.*)?)\**:?[ \t]*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(?P<bullet>[ \t]*[-*+][ \t]+)?(?P<marks>#{1,6})[ \t]+(?P<text>.*)$")
_TEXT_NAME = re.compile(r"(?:full (?:document|text|article|content)|article(?: text)?|content|text)", re.IGNORECASE)
_NOTE_NAMES = frozenset(["note", "notes", "document note", "document notes"])
_ADDED = re.compile(r"\bhighlights added\b", re.IGNORECASE)
_ABOUT = re.compile(r"[ \t]*(?:[-*+#!>|]|\[|---)|[^\s:]+:: ")  # lines that are not paragraphs
_OWN_LINE = re.compile(r"[ \t]*(?:[-*+]|#\S|!?\[[^\]]*\]\([^)]*\)[ \t]*$|[^\s:]+:: )")
_LINK = re.compile(r"!?\[\[[^\]]*\]\]|!?\[[^\]]*\]\([^)]*\)|[-*+\s]")

Kind = Literal["head", "metadata", "highlights", "note", "text", "other"]


@dataclass(slots=True)
class Section:
    """A section of the file: its heading as written (empty at the top), its level, and the lines below it."""

    kind: Kind
    heading: str = ""
    level: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return textwrap.dedent("\n".join(self.lines)).strip()


def split(body: str) -> list[Section]:
    """The sections of a file without its front matter, in order. Every line belongs to one of them."""
    sections = [Section("head")]
    for line in body.split("\n"):
        begun = _begun(line, sections)
        if begun is not None:
            sections.append(begun)
        elif sections[-1].kind == "metadata" and line.strip() and not re.match(r"[ \t]|[-*+][ \t]", line):
            sections.append(Section("other", lines=[line]))
        else:
            sections[-1].lines.append(line)
    return sections


def _begun(line: str, sections: list[Section]) -> Section | None:
    """The section that begins with this line, if any. Headings within the article's text do not begin one."""
    current = sections[-1]
    heading = _HEADING.match(line)
    level = len(heading["marks"]) if heading else 0
    name = heading["text"].strip().strip("*: ").casefold() if heading else ""
    if SECTION.match(line):
        if current.kind == "text":
            is_first = all(each.kind != "highlights" for each in sections)
            if not heading or not (_ADDED.search(line) or (is_first and level <= current.level)):
                return None
        return Section("highlights", line, level)
    if heading is None or (current.kind == "text" and name not in ("document note", "document notes")):
        return None
    if name in _NOTE_NAMES:
        return Section("note", line, level)
    if _TEXT_NAME.fullmatch(name) and (current.level == 0 or level <= current.level or name.startswith("full")):
        return Section("text", line, level)
    if name == "metadata":
        return Section("metadata", line, level)
    if not heading["bullet"] and current.kind != "head" and not line.startswith("####"):
        return Section("other", line, level)
    return None


def article_text(sections: list[Section]) -> str:
    """The article's text as Markdown: what is below a heading that says so, and long paragraphs outside everything that
    programs write about an article. Empty if the file does not include it."""
    outside = [each for each in sections if each.kind in ("head", "other")]
    is_long = has_long_text("\n".join(line for each in outside for line in each.lines))
    parts = []
    for each in sections:
        if each.kind == "text" and _LINK.sub("", each.text):
            parts.append(f"{each.heading}\n{each.text}" if is_long else each.text)
        elif is_long and each.kind == "head":
            parts.append(_without_head(each.lines))
        elif is_long and each.kind == "other":
            parts.append(f"{each.heading}\n{each.text}".strip())
    return "\n\n".join(filter(None, parts))


def has_long_text(body: str) -> bool:
    """Whether there are paragraphs as long as an article's."""
    return sum(len(line) for line in body.split("\n") if line.strip() and not _ABOUT.match(line)) > LONG_TEXT


def _without_head(lines: list[str]) -> str:
    """The lines below the title, cover, links and properties at the top of a file."""
    rest = list(lines)
    while rest and (not rest[0].strip() or re.match(r"#[ \t]", rest[0]) or _OWN_LINE.match(rest[0])):
        rest.pop(0)
    return "\n".join(rest).strip()
