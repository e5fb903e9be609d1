"""Runs of a reference's text, some of them in italics, and how its parts are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITALIC, _ROMAN = "\x0e", "\x0f"  # no field has control characters
_MARKS = re.compile(f"[{_ITALIC}{_ROMAN}]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\s]+")
_AFTER_TEXT = "’”)" + _ROMAN
_ABBREVIATION = re.compile(r"(?:\b[^\W\d_]\.){2,}$|\.\.$")


@dataclass(frozen=True)
class Run:
    """Some text in one kind of letters."""

    text: str
    is_italic: bool = False


@dataclass(frozen=True)
class Reference:
    """A reference in one style."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, marked: str) -> Reference:
        """Of text in which `italic` has marked some."""
        runs = []
        for number, piece in enumerate(re.split(f"[{_ITALIC}{_ROMAN}]", marked)):
            if piece:
                runs.append(Run(piece, number % 2 == 1))
        return cls(tuple(runs))

    def __str__(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)

    @property
    def markdown(self) -> str:
        """With asterisks around what is in italics, and nothing escaped."""
        return "".join(f"*{run.text}*" if run.is_italic else run.text for run in self.runs)


def clean(text: str) -> str:
    """On one line and without control characters."""
    return " ".join(text.split()) if text.isprintable() else _CONTROL.sub(" ", text).strip()


def italic(text: str) -> str:
    return f"{_ITALIC}{text}{_ROMAN}" if text else ""


def sentence(text: str) -> str:
    """With a full stop, unless it ends in a mark that ends sentences."""
    bare = text.rstrip(_AFTER_TEXT)
    if not bare or bare[-1] in ".?!。？！":
        return text
    inner, marks = _before_quotes(text)
    return f"{inner}.{marks}"


def in_quotes(title: str, mark: str) -> str:
    """In quotation marks with a full stop or a comma within them, as Americans set it."""
    inner, marks = _before_quotes(title)
    if inner.endswith(("?", "!")):
        mark = ""
    elif inner.endswith(".") and not _ABBREVIATION.search(inner):
        inner = inner[:-1]
    elif inner.endswith(".") and mark == ".":
        mark = ""
    return f"“{inner}{mark}{marks}”"


def _before_quotes(text: str) -> tuple[str, str]:
    """A text and the closing quotation marks at its end, which are no apostrophes."""
    end = len(text)
    while end and {"”": "“", "’": "‘"}.get(text[end - 1], "\0") in text:
        end -= 1
    return text[:end], text[end:]


def joined(separator: str, *parts: str) -> str:
    """Those parts that there are."""
    return separator.join(part for part in parts if part)
