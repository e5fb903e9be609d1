"""An article as a bibliography sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from archive.exporting.citations.names import Name

PartialDate = tuple[int, ...]
"""Year, month, day, as far as they are known; empty for no date."""


class Kind(Enum):
    """What an article appeared in, by the names of the Citation Style Language."""

    NEWSPAPER = "article-newspaper"
    MAGAZINE = "article-magazine"
    BLOG = "post-weblog"
    WEB_PAGE = "webpage"


@dataclass(frozen=True)
class Work:
    """What is known of an article and nothing else. `container` is the publication, `accessed` when it was saved."""

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
