"""The words of a quote that a program wrote as Markdown: articles are searched for words, not for asterisks."""

from __future__ import annotations

import html
import re

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_SLANTED = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)"
)
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
_QUOTED = re.compile(r"^>[ \t]?", re.MULTILINE)


def plain_words(written: str) -> str:
    """The text without the marks of links, emphasis and code. What only looks like Markdown stays."""
    if not re.search(r"[\[\]*_`~=\\#>&!]", written):
        return written
    text = _IMAGE.sub("", written)
    text = _WIKILINK.sub(r"\1", _LINK.sub(r"\1", text))
    for _ in range(3):  # one within the other
        text = _EMPHASIS.sub(r"\2", text)
    text = _SLANTED.sub(lambda match: match[1] or match[2], text)
    text = _QUOTED.sub("", _HEADING.sub("", _CODE.sub(r"\2", text)))
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()
