"""What the templates that show annotations use."""

import re
from functools import lru_cache

from django import template

from archive.text import render

register = template.Library()

_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r' id="[^"]*"')


@register.filter
def note_html(note: str) -> str:
    """A note's Markdown as safe HTML, for `article_html`. Without ids: the page has those of its article."""
    return _rendered(note)


@lru_cache(maxsize=4096)
def _rendered(note: str) -> str:
    # The renderer escapes < and > in text and attributes, so what stands between them is a tag.
    return _TAG.sub(lambda tag: _ID.sub("", tag.group()), render(note).html)
