"""Writes sanitised tokens as HTML, along with the plain text a browser will see in it."""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from archive.text.commonmark.parts import MARKED
from archive.text.document import Heading, Image, Link, Marked
from archive.text.headings import Headings, OpenHeading
from archive.text.names import BLOCKS
from archive.text.nesting import TABLE_PARTS, fits
from archive.text.syntax import parted
from archive.text.tokens import Token

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LANGUAGE = re.compile(r"\blanguage-(\S+)")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_QUOTE = '"'
_MOST_EFFORT = 8_000**2  # some languages' rules take quadratic time
_SMALL_IMAGE = 200  # pixels; smaller images are not opened large


class Writer:
    """The result of one article's tokens: `html`, `text`, `headings`, `links`, `images`, `marked`.

    A first heading that repeats `title` is left out. `==marks==` are elements only with `keep_marks`.
    """

    def __init__(self, title: str | None, keep_marks: bool = True) -> None:
        self.links: list[Link] = []
        self.images: list[Image] = []
        self._html: list[str] = []
        self._text: list[str] = []
        self._open: list[tuple[str, bool]] = []  # each open element, and whether it was written
        self._within: list[str] = ["div"]  # the names of those that were
        self._headings = Headings(title)
        self._heading: OpenHeading | None = None
        self._link: tuple[str, int] | None = None
        self._keep_marks = keep_marks
        self._open_marks: list[tuple[int, int]] = []  # open elements around each, pieces of text before it
        self._marks: list[tuple[int, int]] = []  # from one piece of text to another
        self._tables = 0
        self._in_pre = 0
        self._formula: int | None = None  # number of elements open around the current formula
        self._soft_end: int | None = None  # pieces of HTML up to a line break that was written as a space
        self._effort = 0  # spent on colouring, in the worst case
        self._code: tuple[int, int, str] | None = None  # where it begins in the HTML and the text, and its language

    def write(self, tokens: Iterable[Token]) -> None:
        """Write all tokens; the properties can be read afterwards."""
        for token in tokens:
            match token["type"]:
                case "Characters":
                    self._characters(token["data"])
                case "StartTag":
                    self._start(token["name"], {name: value for (_, name), value in token["data"].items()})
                case "EndTag":
                    self._end()
                case "EmptyTag":
                    self._empty(token["name"], {name: value for (_, name), value in token["data"].items()})
        while self._open:
            self._end()

    @property
    def text(self) -> str:
        """The textContent of `html`."""
        return "".join(self._text)

    def marked(self) -> Iterator[Marked]:
        """The text between `==` and `==`, without white space at its ends; of nested marks, the outer one."""
        places = [0, *accumulate(len(piece) for piece in self._text)]
        done = 0
        for first, last in sorted(self._marks, key=lambda mark: (mark[0], -mark[1])):
            words = "".join(self._text[first:last])
            start = places[first] + len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if end > max(start, done):
                yield Marked(start, end)
                done = end

    def finish(self) -> tuple[str, tuple[Heading, ...]]:
        """The HTML and its headings, whose levels and ids are decided now that all are known."""
        headings = self._headings.settle(self._html)
        return "".join(self._html), headings

    def _put(self, text: str) -> None:
        if text.startswith("\n") and self._html and self._html[-1].startswith("<pre"):
            self._html.append("\n")  # a browser drops the line end right after <pre>
        self._html.append(_escaped(text))
        self._text.append(text)

    def _new_line(self) -> None:
        """Separate blocks by a line end in the text, which is white space to a browser too."""
        if not self._text or self._in_pre or self._text[-1].endswith("\n"):
            return
        if self._soft_end == len(self._html):  # the last line break was not a space after all
            self._html[-1], self._text[-1] = self._html[-1][:-1] + "\n", self._text[-1][:-1] + "\n"
        else:
            self._put("\n")

    def _characters(self, text: str) -> None:
        if not text:
            return
        text = text.replace("\r", "\n")
        if self._within[-1] in TABLE_PARTS:
            if text.strip():
                self._put_cell(text)
            return
        if "\n" in text and not self._in_pre and self._formula is None:
            self._put_on_one_line(text)
        else:
            self._put(text)

    def _put_on_one_line(self, text: str) -> None:
        """Write text with the source's line breaks as spaces, as a browser shows them.

        So code that quotes or splits the plain text can treat a line end as the end of a block or of a `<br>` line.
        White space next to such an end stays as it is.
        """
        at_line_start = not self._text or self._text[-1].endswith("\n")
        lead = len(text) - len(text.lstrip()) if at_line_start else 0
        joined = text[:lead] + _LINE_BREAK.sub(" ", text[lead:])
        self._put(joined)
        if joined.endswith(" ") and text.rstrip(" \t").endswith("\n"):
            self._soft_end = len(self._html)

    def _put_cell(self, text: str) -> None:
        """Put text between the parts of a table, where html5lib sometimes leaves it, into a cell of its own."""
        start, end = ("<td>", "</td>") if self._within[-1] == "tr" else ("<tr><td>", "</td></tr>")
        self._html.append(start)
        self._put(text)
        self._new_line()
        self._html.append(end)

    def _fits(self, name: str) -> bool:
        return fits(name, self._within[-1]) and not (name in _HEADINGS and self._heading is not None)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mark" and attributes.get("class") == MARKED:
            self._open_marks.append((len(self._open), len(self._text)))
            attributes = {}
            fits = self._keep_marks and self._fits(name)
        else:
            fits = self._fits(name)
        self._open.append((name, fits))
        if name in BLOCKS:
            self._new_line()
        if not fits:
            return
        if attributes.get("class") == "math":
            self._formula = len(self._within)
        self._within.append(name)
        if "id" in attributes:
            self._headings.take_id(attributes["id"])
        if name == "a" and "href" in attributes:
            self._link = (attributes["href"], len(self._text))
        if name in _HEADINGS:
            id_ = attributes.pop("id", "")
            self._heading = OpenHeading(len(self._html), len(self._text), _HEADINGS[name], _written(attributes), id_)
            self._html.append("")
            return
        if name == "table":
            self._tables += 1
            number = f" {self._tables}" if self._tables > 1 else ""
            self._html.append(f'<div class="table-scroll" tabindex="0" role="region" aria-label="Table{number}">')
        elif name == "pre":
            self._in_pre += 1
            attributes["tabindex"] = "0"
            self._html.append("<code-box>")
        self._html.append(f"<{name}{_written(attributes)}>")
        if name == "code" and self._in_pre and (language := _LANGUAGE.search(attributes.get("class", ""))):
            self._code = (len(self._html), len(self._text), language[1])

    def _end(self) -> None:
        name, was_written = self._open.pop()
        if self._open_marks and self._open_marks[-1][0] == len(self._open):
            self._marks.append((self._open_marks.pop()[1], len(self._text)))
        if not was_written:
            if name in BLOCKS:
                self._new_line()
            return
        self._within.pop()
        if self._formula == len(self._within):
            self._formula = None
        if name in _HEADINGS:
            self._end_heading()
            self._new_line()
            return
        if name == "code" and self._code is not None:
            self._colour_code(*self._code)
            self._code = None
        self._html.append(f"</{name}>")
        if name == "pre":
            self._in_pre -= 1
            self._html.append("</code-box>")
        if name == "a" and self._link is not None:
            href, start = self._link
            self.links.append(Link(href, _squeezed(self._text[start:])))
            self._link = None
        elif name == "table":
            self._html.append("</div>")
        if name in BLOCKS:
            self._new_line()

    def _end_heading(self) -> None:
        heading, self._heading = self._heading, None
        assert heading is not None
        text = _squeezed(self._text[heading.text_at :])
        if self._headings.repeats_title(text):
            del self._html[heading.place :], self._text[heading.text_at :]
            self._marks = [mark for mark in self._marks if mark[1] <= heading.text_at]
            return
        self._headings.add(heading, len(self._html), text)
        self._html.append("")

    def _colour_code(self, html_at: int, text_at: int, language: str) -> None:
        """Split what was written since into spans for colouring, if it is only text."""
        code = "".join(self._text[text_at:])
        effort = self._effort + len(code) ** 2
        if len(self._html) - html_at != len(self._text) - text_at or effort > _MOST_EFFORT:
            return
        self._effort = effort
        pieces = parted(code, language)
        self._html[html_at:] = [
            f'<span class="{name}">{_escaped(text)}</span>' if name else _escaped(text) for name, text in pieces
        ]

    def _empty(self, name: str, attributes: dict[str, str]) -> None:
        if not self._fits(name):
            return
        if name == "br" and self._in_pre:
            self._put("\n")
            return
        if name in BLOCKS:
            self._new_line()
        if name == "img":
            self._image(attributes)
            return
        self._html.append(f"<{name}{_written(attributes)}>")
        if name in ("br", "hr"):
            self._new_line()

    def _image(self, attributes: dict[str, str]) -> None:
        """The image, in a link that opens it on its own if it is large enough and not in another link."""
        source = attributes.get("src") or attributes.get("data-remote-src", "")
        self.images.append(Image(source, attributes["alt"]))
        html = f"<img{_written(attributes)}>"
        if "a" not in self._within and int(attributes.get("width", _SMALL_IMAGE + 1)) > _SMALL_IMAGE:
            name = f"Open the picture: {attributes['alt']}" if attributes["alt"] else "Open the picture"
            link = {"class": "enlarge", "href": source, "rel": "noopener noreferrer nofollow", "aria-label": name}
            html = f"<a{_written(link)}>{html}</a>"
        self._html.append(html)


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{_escaped(value).replace(_QUOTE, "&quot;")}"' for name, value in attributes.items())


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _squeezed(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())
