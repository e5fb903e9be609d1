"""HTML built in Python: parts that a page repeats a hundred times, and HTML that is known to be safe."""

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString


def trusted(html: str) -> SafeString:
    """Mark HTML as safe. Only for HTML made by `archive.text`, which sanitises it."""
    return SafeString(html)


def fill(pattern: str, *values: object) -> SafeString:
    """The pattern with each `{}` replaced by a value, escaped unless it is already HTML.

    Like Django's format_html in a third of the time: a list of articles has some hundred links.
    """
    return SafeString(pattern.format(*[_escaped(value) for value in values]))


def fill_each(pattern: str, rows: Iterable[Sequence[object]], separator: str = "") -> SafeString:
    """The pattern filled with each row, joined by the separator, which is HTML."""
    return SafeString(separator.join([pattern.format(*[_escaped(value) for value in row]) for row in rows]))


def _escaped(value: object) -> str:
    return value if value.__class__ is SafeString else escape(str(value))
