"""Escapes text for Markdown: everything that CommonMark, GFM or Obsidian would interpret."""

import re

from archive.text.commonmark.block import Kind
from archive.text.commonmark.parser import BlockParser

# Characters with a meaning anywhere. `:` only at the beginning of a line (Pandoc's definition lists).
_INLINE = re.compile(
    r"""[\\`*_\[\]<|$~^]
    | &(?=[#\w]|$)        # may begin a character reference
    | ==|%%               # Obsidian's marks and comments
    | (?<!\S)\#(?=\S)     # a tag
    | @(?=\S)             # Pandoc's citations
    | :(?=//)|(?<=www)\.|(?:(?<=mailto)|(?<=xmpp)):  # GFM makes links of addresses, with the backslashes in them
    | \{(?=[.#:=%{])      # attributes, templates
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?:[-+>=:#!?]|(?P<number>\d+)(?=[.)](?:\s|$)))")
_UNSAFE = re.compile(r"[<>\\]")  # in an address between angle brackets
_BACKTICKS = re.compile(r"`+")


def escaped(text: str) -> str:
    """One line of text, for anywhere in a paragraph, a heading or a table's cell."""
    return _INLINE.sub(lambda sign: "".join(f"\\{character}" for character in sign.group()), text)


def paragraph(inline: str) -> str:
    """Inline Markdown, possibly with several lines, as a paragraph: no line begins like another kind of block."""
    return "\n".join(map(_safe_start, inline.split("\n")))


def _safe_start(line: str) -> str:
    match = _LINE_START.match(line)
    if match is None:
        return line
    at = match.end() if match["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def one_line(text: str) -> str:
    """A title or name on one line, escaped; for headings or within a paragraph."""
    return escaped(" ".join(text.split()))


def code(text: str) -> str:
    """A code span; its content is not escaped, so its fence is longer than any in the text."""
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    padding = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{padding}{text}{padding}{fence}" if text.strip() else text


def fenced(text: str, language: str = "") -> str:
    """A block of code."""
    fence = "`" * max(3, max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    lines = text.removesuffix("\n")
    return f"{fence}{language}\n{lines}\n{fence}"


def link(label: str, address: str) -> str:
    """A link; `label` is inline Markdown. If the address is not usable, only the label."""
    if not label or re.search(r"\s", address):
        return label
    address = _UNSAFE.sub(_percent, address)
    return f"[{label}](<{address}>)" if "(" in address or ")" in address else f"[{label}]({address})"


def _percent(sign: re.Match[str]) -> str:
    return f"%{ord(sign.group()):02X}"


def quoted(markdown: str) -> str:
    """The Markdown as a block quote."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def indented(markdown: str, marker: str) -> str:
    """The Markdown as a list item that begins with this marker (`- `, `3. `)."""
    return "\n".join(
        (marker if number == 0 else " " * len(marker) if line else "") + line
        for number, line in enumerate(markdown.split("\n"))
    )


def contained(markdown: str) -> str:
    """A person's Markdown, made safe to embed: as a list item if it would otherwise absorb what follows.

    Unclosed fences and comments would do that.
    """
    blocks = BlockParser().parse([*markdown.split("\n"), "", "after"]).children
    is_closed = bool(blocks) and blocks[-1].kind is Kind.PARAGRAPH and blocks[-1].lines == ["after"]
    return markdown if is_closed else indented(markdown, "- ")
