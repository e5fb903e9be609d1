"""A passage of an article as Markdown, block by block: lists, tables, code and headings keep their structure."""

import re
from collections.abc import Iterable, Iterator

from archive.exporting.markdown_text import code, escaped, fenced, indented, link, paragraph, quoted
from archive.text.excerpt import Part
from archive.text.names import HEADINGS, names

_BLOCKS = HEADINGS | names(
    "article blockquote caption code-box dd details div dl dt figcaption figure hr li ol p pre section summary table ul"
)
_LANGUAGE = re.compile(r"\blanguage-([\w+#.-]+)")
_WHITE_SPACE = re.compile(r"[ \t\n\f\r]+")
_LONGEST_NUMBER = 999_999_999  # maximum number of a list item in CommonMark


def as_markdown(part: Part) -> str:
    """The Markdown of a part returned by `Excerpts.cut`. Rendered, it has the passage's words and block structure.

    Links that lead out of the article stay links, and code stays code; emphasis and images are dropped.
    """
    return "\n\n".join(_blocks(part))


def as_text(part: Part) -> str:
    """The passage's words with one line per block, and code with its lines."""
    text = re.sub(r"(?:[ \n]*\0)+ *", "\n", "".join(_lines(part)))
    return text.strip().replace("\1", " ")


def _lines(part: Part) -> Iterator[str]:
    """Text with NULs where a line begins or ends, and other control characters for spaces in code."""
    if part.name == "pre":
        yield part.text().replace(" ", "\1")
        return
    for child in part.children:
        if isinstance(child, str):
            yield _WHITE_SPACE.sub(" ", child.replace("\0", "\ufffd"))
            continue
        end = "\0" if child.name in _BLOCKS or child.name in ("br", "td", "th", "tr") else ""
        yield end
        yield from _lines(child)
        yield end


def _blocks(part: Part) -> Iterator[str]:
    """The blocks in a part, one string each; text next to blocks is a paragraph."""
    inline: list[Part | str] = []
    for child in [*part.children, Part("end")]:
        if isinstance(child, Part) and (child.name in _BLOCKS or child.name == "end"):
            if text := _inline(inline):
                yield paragraph(text)
            inline = []
            yield from _block(child)
        else:
            inline.append(child)


def _block(part: Part) -> Iterator[str]:
    match part.name:
        case "end":
            return
        case "hr":
            yield "---"
        case "pre":
            yield _code_block(part)
        case "blockquote":
            if inner := as_markdown(part):
                yield quoted(inner)
        case "ul" | "ol":
            yield from _list(part)
        case "table":
            yield from _table(part)
        case name if name in HEADINGS:
            if text := _inline(part.children, breaks=" "):
                yield f"{'#' * int(name[1])} {text}"
        case _:
            yield from _blocks(part)


def _code_block(part: Part) -> str:
    text = part.text()
    classes = " ".join(each.attributes.get("class", "") for each in part.find_all("code"))
    language = _LANGUAGE.search(classes)
    return fenced(text, language[1] if language else "")


def _list(part: Part) -> Iterator[str]:
    """A list, even if the passage is a single item."""
    items = [child for child in part.children if isinstance(child, Part) and child.name == "li"]
    written = []
    for item in items:
        marker = f"{min(item.number or 0, _LONGEST_NUMBER)}. " if part.name == "ol" else "- "
        written.append(indented("\n\n".join(_blocks(item)) or "", marker).rstrip())
    is_loose = any("\n\n" in each for each in written)
    if written:
        yield ("\n\n" if is_loose else "\n").join(written)


def _table(part: Part) -> Iterator[str]:
    """A table with its first row as the header, or an empty header if that row is not in the passage."""
    for caption in part.find_all("caption"):
        if text := _inline(caption.children):
            yield paragraph(text)
    rows = [
        ([_cell(cell) for cell in row.find_all("td", "th")], any(True for _ in row.find_all("th")))
        for row in part.find_all("tr")
    ]
    if not rows:
        return
    columns = max(len(cells) for cells, _ in rows)
    if len(rows) == 1 and columns == 1:
        if rows[0][0][0]:
            yield paragraph(rows[0][0][0])
        return
    head = rows.pop(0)[0] if rows[0][1] else []
    lines = [head, ["---"] * columns, *(cells for cells, _ in rows)]
    yield "\n".join(f"| {' | '.join([*cells, *[''] * (columns - len(cells))])} |" for cells in lines)


def _cell(part: Part) -> str:
    """A cell's text on one line, whatever blocks it has."""
    return _inline(part.children, breaks=" ", in_table=True)


def _inline(children: Iterable[Part | str], breaks: str = "\\\n", in_table: bool = False) -> str:
    """Inline Markdown of text and inline elements, with white space as a browser shows it."""
    text = "".join(_pieces(children, in_table))
    lines = (_WHITE_SPACE.sub(" ", line).strip(" ") for line in text.split("\0"))
    return breaks.join(line for line in lines if line)


def _pieces(children: Iterable[Part | str], in_table: bool) -> Iterator[str]:
    """The Markdown of each; line ends are NULs, which texts never contain."""
    for child in children:
        if isinstance(child, str):
            yield escaped(child.replace("\0", "\ufffd"))
            continue
        match child.name:
            case "br":
                yield "\0"
            case "input":
                yield "[x]" if "checked" in child.attributes else "[ ]"
            case "code":
                text = code(_WHITE_SPACE.sub(" ", child.text()))
                yield text.replace("|", "\\|") if in_table else text
            case "a" if child.attributes.get("href", "").startswith(("http://", "https://", "mailto:")):
                inner = "".join(_pieces(child.children, in_table))
                yield inner if "[" in inner.replace("\\[", "") else link(inner, child.attributes["href"])
            case name if name in _BLOCKS or name in ("tr", "td", "th"):
                yield " "
                yield from _pieces(child.children, in_table)
                yield " "
            case _:
                yield from _pieces(child.children, in_table)
