"""Obsidian's [[wikilinks]] in front matter, and template placeholders that were never filled in."""

from __future__ import annotations

import re

WIKILINK = re.compile(r"\[\[([^\[\]]+)\]\]")
MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\(<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s[^()]*)?\)")
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|<%[^%]*%>")


def label(target: str) -> str:
    """The displayed text of a wikilink: its alias, else the last part of its path. `target` is the text in the
    brackets."""
    path, bar, alias = target.partition("|")
    return alias.strip() if bar else path.strip().rstrip("/").rpartition("/")[2].partition("#")[0].strip()


def is_placeholder(text: str) -> bool:
    """Whether the text consists only of template placeholders, such as {{date}} {{time}}."""
    return ("{{" in text or "<%" in text) and not PLACEHOLDER.sub("", text).strip(" ,;/-")
