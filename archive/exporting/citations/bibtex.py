"""BibLaTeX and BibTeX. A program that reads them gets every field unchanged, whatever characters it contains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.exporting.citations.names import Name
from archive.exporting.citations.text import clean
from archive.exporting.citations.work import Kind, PartialDate, Work

_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%",
    "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
}  # fmt: skip
_SIGNS = re.compile(r"[\\~^&%$#_{}]")
_UNFIT_FOR_ADDRESS = re.compile(r"[{}\\\s]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BIBLATEX = {
    Kind.NEWSPAPER: ("article", "newspaper", "journaltitle"),
    Kind.MAGAZINE: ("article", "magazine", "journaltitle"),
    Kind.BLOG: ("online", "blog", "organization"),
    Kind.WEB_PAGE: ("online", "", "organization"),
}


def biblatex(works: Iterable[Work]) -> Iterator[str]:
    """The entries, in pieces for a streaming response."""
    for work in works:
        kind, subtype, container = _BIBLATEX[work.kind]
        fields = {
            **_common(work),
            "entrysubtype": subtype,
            container: _braced(work.container),
            "date": _iso(work.issued),
            "urldate": _iso(work.accessed),
            "langid": _babel(work.language),
        }
        yield _entry(kind, work.key, fields)


def bibtex(works: Iterable[Work]) -> Iterator[str]:
    """The same for classic BibTeX, whose styles do not support web pages."""
    for work in works:
        is_article = work.kind in (Kind.NEWSPAPER, Kind.MAGAZINE)
        fields = {
            **_common(work),
            ("journal" if is_article else "howpublished"): _braced(work.container),
            "year": str(work.issued[0]) if work.issued else "",
            "day": str(work.issued[2]) if len(work.issued) > 2 else "",
            "urldate": _iso(work.accessed),
        }
        month = _MONTHS[work.issued[1] - 1] if len(work.issued) > 1 else ""
        yield _entry("article" if is_article else "misc", work.key, fields, month)


def escaped(text: str) -> str:
    """A text escaped for TeX. Unbalanced braces would end the field, so they are left out."""
    text = clean(text)
    if not _is_balanced(text):
        text = text.replace("{", "(").replace("}", ")")
    return _SIGNS.sub(lambda sign: _SPECIAL[sign[0]], text)


def address(url: str) -> str:
    """An address, in which nothing is escaped."""
    return _UNFIT_FOR_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", url)


def _common(work: Work) -> dict[str, str]:
    return {
        "author": " and ".join(map(_author, work.authors)),
        "title": _braced(work.title),
        "url": address(work.url),
        "abstract": escaped(work.abstract),
        "keywords": ", ".join(escaped(word.replace(",", " ")) for word in work.keywords),
        "note": escaped("; ".join(work.notes)),
    }


def _entry(kind: str, key: str, fields: dict[str, str], month: str = "") -> str:
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if month:
        lines.append(f"  month = {month},\n")
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n\n"


def _braced(text: str) -> str:
    """The text in its own braces, so that no style changes its capitals and no program interprets parts of it."""
    return f"{{{escaped(text)}}}" if text else ""


def _author(name: Name) -> str:
    if name.literal:
        return f"{{{escaped(name.literal)}}}"
    return ", ".join(map(escaped, filter(None, (name.full_family, name.suffix, name.given))))


def _iso(day: PartialDate) -> str:
    return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(day))


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


_BABEL = {
    "ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fa": "persian", "fi": "finnish", "fr": "french", "he": "hebrew", "hu": "magyar", "it": "italian",
    "ja": "japanese", "ko": "korean", "nb": "norsk", "nl": "dutch", "no": "norsk", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish", "uk": "ukrainian",
    "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip


def _babel(language: str) -> str:
    """The babel package's name of a language; empty if it has none."""
    return _BABEL.get(language.partition("-")[0].lower(), "")
