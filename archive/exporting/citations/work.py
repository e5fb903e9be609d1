"""An article for bibliographies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from archive.exporting.citations.names import Name

PartialDate = tuple[int, ...]
"""Year, month, day, as precise as they are known; empty for no date."""


class Kind(Enum):
    """The kind of source, with names from the Citation Style Language."""

    NEWSPAPER = "article-newspaper"
    MAGAZINE = "article-magazine"
    BLOG = "post-weblog"
    WEB_PAGE = "webpage"


@dataclass(frozen=True)
class Work:
    """What is known about an article. `container` is the publication, `accessed` the day it was saved."""

    title: str
    kind: Kind = Kind.WEB_PAGE
    authors: tuple[Name, ...] = ()
    container: str = ""
    issued: PartialDate = ()
    accessed: PartialDate = ()
    url: str = ""
    language: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""

    @property
    def is_english(self) -> bool:
        return self.language.partition("-")[0].lower() == "en"
