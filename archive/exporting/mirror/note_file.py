"""One file in the folder, byte for byte: our section between two marks, our front matter lines, and the rest, which is
the person's own.

The first mark says whose section it is, and has digests of what we wrote last: what was changed since is no longer
ours.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from archive.formats.notes_folder import SECTION_MARK

_BEGIN = re.compile(rb"^<!-- commonplace:begin (?P<said>[^\r\n]*?) (?:\| [^\r\n]*)?-->[ \t]*(?P<newline>\r?\n)", re.M)
_END = re.compile(rb"^<!-- commonplace:end -->", re.M)
_ADVICE = "What you write above or below these marks is kept; what is between them is replaced."
_KEY = re.compile(rb"([\w-]+):")
_FENCE = b"---"


class Unreadable(Exception):
    """Why a file cannot be written without risking what a person wrote, in words that follow its name."""


@dataclass(frozen=True)
class Section:
    """The desired content of a file: `front` has front matter lines by key, `text` is Markdown."""

    identity: str  # of the article
    person: str  # user name
    front: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class NoteFile:
    """A file with our section. Its parts, concatenated, are its bytes."""

    before: bytes
    mark: bytes
    section: bytes
    after: bytes  # from the last mark on
    newline: bytes
    identity: str
    person: str
    section_digest: str
    front_digests: Mapping[str, str]

    @property
    def is_section_edited(self) -> bool:
        """Whether someone wrote between the marks. White space does not count: editors change that automatically."""
        return _digest(self.section) != self.section_digest

    @property
    def has_own_text(self) -> bool:
        """Whether anything in it is not ours."""
        rest = self.before.removeprefix(codecs.BOM_UTF8)
        lines = [line for line in rest.splitlines() if not self._is_ours(line) and line.strip() not in (b"", _FENCE)]
        return bool(lines) or bool(_END.sub(b"", self.after, count=1).strip()) or self.is_section_edited

    def with_section(self, section: Section) -> bytes:
        """The file with what we wrote before replaced; everything else is unchanged."""
        text = _in_one_piece(section.text).encode("utf-8", "replace").replace(b"\n", self.newline)
        mark = _mark(section.identity, section.person, section.front, section.text).encode()
        return b"".join((self._front(section.front), mark, self.newline, text, self.newline, self.after))

    def emptied(self, text: str) -> bytes:
        """The file with this text as its section; its front matter stays the same."""
        former, digest = (f"section={each}".encode() for each in (self.section_digest, _digest(text.encode())))
        mark = self.mark.replace(former, digest)
        return b"".join((self.before, mark, text.encode(), self.newline, self.after))

    def _is_ours(self, line: bytes) -> bool:
        key = _KEY.match(line)
        return key is not None and self.front_digests.get(key[1].decode("ascii", "replace")) == _short_digest(line)

    def _front(self, wanted: Mapping[str, str]) -> bytes:
        """What is above the section, with our lines updated, except for those that the person changed or removed."""
        bom = codecs.BOM_UTF8 if self.before.startswith(codecs.BOM_UTF8) else b""
        lines = self.before.removeprefix(bom).splitlines(keepends=True)
        fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
        if len(fences) < 2 or fences[0] != 0:
            return self.before
        kept: list[bytes] = []
        keys = set()
        for line in lines[1 : fences[1]]:
            key = found[1].decode("ascii", "replace") if (found := _KEY.match(line)) else ""
            if not self._is_ours(line) or key in keys:
                kept.append(line)
            elif key in wanted:
                kept.append(wanted[key].encode("utf-8", "replace") + line[len(line.rstrip(b"\r\n")) :])
            keys.add(key)
        for key, line_wanted in wanted.items():
            if key not in keys and key not in self.front_digests:
                kept.append(line_wanted.encode("utf-8", "replace") + self.newline)
        return b"".join((bom, lines[0], *kept, *lines[fences[1] :]))


def new_file(section: Section) -> bytes:
    """A file with nothing but our content."""
    front = "".join(f"{line}\n" for line in section.front.values())
    mark = _mark(section.identity, section.person, section.front, section.text)
    text = f"---\n{front}---\n\n{mark}\n{_in_one_piece(section.text)}\n<!-- commonplace:end -->\n"
    return text.encode("utf-8", "replace")


def read_note_file(data: bytes) -> NoteFile | None:
    """A file's parts; None for one that is not ours. Raises Unreadable."""
    if SECTION_MARK not in data:
        if SECTION_MARK in data.replace(b"\0", b""):
            raise Unreadable("is no longer UTF-8")
        return None
    begins, ends = list(_BEGIN.finditer(data)), list(_END.finditer(data))
    if len(begins) != 1 or len(ends) != 1 or data.count(SECTION_MARK) != 1 or ends[0].start() < begins[0].end():
        raise Unreadable("has lost a mark of its section, or has it twice")
    try:
        data.decode()
    except UnicodeDecodeError:
        raise Unreadable("is no longer UTF-8") from None
    begin, end = begins[0], ends[0]
    said = dict(word.partition("=")[::2] for word in begin["said"].decode().split())
    if not said.keys() >= {"article", "person", "section", "front"}:
        raise Unreadable("has a damaged mark")
    return NoteFile(
        before=data[: begin.start()],
        mark=begin[0],
        section=data[begin.end() : end.start()],
        after=data[end.start() :],
        newline=begin["newline"],
        identity=said["article"],
        person=unquote(said["person"]),
        section_digest=said["section"],
        front_digests=dict(each.partition(":")[::2] for each in said["front"].split(",") if each),
    )


def _mark(identity: str, person: str, front: Mapping[str, str], text: str) -> str:
    digests = ",".join(f"{key}:{_short_digest(line.encode('utf-8', 'replace'))}" for key, line in front.items())
    section = _digest(_in_one_piece(text).encode("utf-8", "replace"))
    name = quote(person, safe="@.+_")
    return f"<!-- commonplace:begin article={identity} person={name} section={section} front={digests} | {_ADVICE} -->"


def _in_one_piece(text: str) -> str:
    """A section's text without marks, which someone may have quoted."""
    return text.replace("<!-- commonplace:", "<!-- commonplace ").strip("\n")


def _digest(data: bytes) -> str:
    """The digest of the text without white space."""
    return hashlib.sha256(b"".join(data.split())).hexdigest()[:16]


def _short_digest(line: bytes) -> str:
    return hashlib.sha256(line.strip()).hexdigest()[:8]
