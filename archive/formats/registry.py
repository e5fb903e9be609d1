"""All formats of other programs, and which of them a file is."""

from __future__ import annotations

from archive.formats.programs import highlight_notes, hypothesis, omnivore, pocket, readeck, readwise, wallabag
from archive.formats.recognising import Format, Signs
from archive.formats.source import Source

# The first that recognises a file reads it: particular ones stand before general ones.
FORMATS: tuple[Format, ...] = (
    *omnivore.FORMATS,
    *readwise.FORMATS,
    *highlight_notes.FORMATS,
    *wallabag.FORMATS,
    *pocket.FORMATS,
    *hypothesis.FORMATS,
    *readeck.FORMATS,
)


def recognise(source: Source) -> Format | None:
    """The format of a file, by its bytes; None where it is no other program's."""
    if not source.head:
        return None
    signs = Signs(source)
    return next((form for form in FORMATS if form.recognises(signs)), None)
