"""The bibliography formats that pages and commands offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.exporting.citations import Work, zotero
from archive.exporting.citations.bibtex import biblatex, bibtex
from archive.exporting.citations.csl import csl_json
from archive.exporting.citations.ris import ris


@dataclass(frozen=True)
class Bibliography:
    """A format, by its name in addresses and commands; `suffix` is its file extension."""

    slug: str
    name: str
    suffix: str
    media_type: str
    write: Callable[[Iterable[Work]], Iterator[str]]


BIBLIOGRAPHIES = {
    each.slug: each
    for each in (
        Bibliography("biblatex", "BibLaTeX", "bib", "application/x-bibtex; charset=utf-8", biblatex),
        Bibliography("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex),
        Bibliography("ris", "RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris),
        Bibliography("zotero", "Zotero RDF", "rdf", zotero.MEDIA_TYPE, zotero.zotero_rdf),
        Bibliography("csl", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
