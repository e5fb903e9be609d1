"""Yields the elements of an HTML file with their text, one after the other, however broken it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Element:
    """An element: its attributes, its text, its line in the file, and whether it is closed."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    has_end: bool = True

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def elements(page: str, names: Collection[str]) -> Iterator[Element]:
    """The elements with these names, in order. An unclosed one ends where the next one begins.

    The file is parsed piece by piece, so that only the file itself is in memory.
    """
    reader = _Reader(names)
    for start in range(0, len(page), 64 * 1024):
        reader.feed(page[start : start + 64 * 1024])
        yield from reader.take()
    reader.close()
    reader.end(has_end=False)
    yield from reader.take()


class _Reader(HTMLParser):
    def __init__(self, names: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._names = names
        self._open: Element | None = None
        self._done: list[Element] = []

    def take(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def end(self, *, has_end: bool = True) -> None:
        if self._open is not None:
            self._open.has_end = has_end
            self._done.append(self._open)
            self._open = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._names:
            self.end()
            self._open = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])

    def handle_endtag(self, tag: str) -> None:
        if self._open is not None and tag == self._open.name:
            self.end()

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.parts.append(data)
