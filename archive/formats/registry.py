"""All formats of other programs, and the detection of a file's format."""

from __future__ import annotations

from collections.abc import Iterable

from archive.formats.programs import (
    annotator,
    bibtex,
    bookmarks,
    csl,
    highlight_notes,
    hypothesis,
    instapaper,
    karakeep,
    kindle,
    kobo,
    koreader,
    linkwarden,
    matter,
    obsidian_clipper,
    omnivore,
    pocket,
    raindrop,
    readeck,
    readwise,
    sent_page,
    singlefile,
    wallabag,
    webscrapbook,
    zotero_api,
    zotero_rdf,
)
from archive.formats.recognising import Format, Signs
from archive.formats.source import Source

# The first that recognises a file reads it, so specific ones come before general ones.
FORMATS: tuple[Format, ...] = (
    *omnivore.FORMATS,
    *readwise.FORMATS,
    *highlight_notes.FORMATS,
    *wallabag.FORMATS,
    *pocket.FORMATS,
    *hypothesis.FORMATS,
    *readeck.FORMATS,
    *instapaper.FORMATS,
    *raindrop.FORMATS,
    *matter.FORMATS,
    *linkwarden.FORMATS,
    *karakeep.FORMATS,
    *sent_page.FORMATS,
    *zotero_api.FORMATS,
    *csl.FORMATS,
    *obsidian_clipper.FORMATS,
    *koreader.FORMATS,
    *bookmarks.FORMATS,
    *singlefile.FORMATS,
    *webscrapbook.FORMATS,
    *zotero_rdf.FORMATS,
    *annotator.FORMATS,
    *bibtex.FORMATS,
    *kindle.FORMATS,
    *kobo.FORMATS,
)
_IN_MARKDOWN = [form for form in FORMATS if form.marks]


def recognise(source: Source) -> Format | None:
    """The format of a file, by its bytes; None if it is not another program's."""
    if not source.head:
        return None
    signs = Signs(source)
    forms: Iterable[Format] = FORMATS
    if signs.has_front_matter:  # nearly all files that come in: most formats need not be asked
        forms = [form for form in _IN_MARKDOWN if any(mark in signs.head for mark in form.marks)]
    return next((form for form in forms if form.recognises(signs)), None)
