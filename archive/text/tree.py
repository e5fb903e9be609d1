"""Converts blocks to elements. Text with unparsed inline syntax is a plain string, all other text an AtomicString."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.parts import RAW_HTML

_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\[\]]*)?\][+-]?[ \t]*(.*)$")
_TASK = re.compile(r"\[([ xX/-])\][ \t]+(?=\S)")
_BLOCK_ID = re.compile(r"(?:^|[ \t]+|\n)\^((?=[\w-]*[A-Za-z])[A-Za-z0-9-]{2,60})$")
# ```python, ```{.python .numberLines}, ```python=12, ```{r, echo=FALSE}, ```language-r, ```js{1,3}
_LANGUAGE = re.compile(r"\{?[ \t]*\.?(?:lang(?:uage)?-)?([\w+#-][\w+#.-]*)")
_ATTRIBUTES = re.compile(r"[ \t]\{:?[ \t]*(?:#([\w:.-]+)|\.[A-Za-z][\w-]*)(?:[ \t][^{}]*)?\}$")
_ATTRIBUTE_LINE = re.compile(r"(?:^|\n)\{:[ \t]*(?:#([\w:.-]+)|[^{}\n]*)[^{}\n]*\}$")
_TERM = re.compile(r"(?P<term>[^\n]{1,200})(?P<definitions>(?:\n:[ \t]+\S[^\n]*(?:\n(?!:[ \t])[^\n]+)*)+)")
_DEFINITION = re.compile(r"(?:^|\n):[ \t]+")

_MOST_CELLS = 100_000


def element_of(document: Block) -> Element:
    """The document as a `div`."""
    root = Element("div")
    add_children(root, document)
    return root


def add_children(parent: Element, block: Block, *, tight: bool = False) -> None:
    """Append the elements of the block's children; in a tight list, paragraphs are bare text."""
    for child in block.children:
        _add(parent, child, tight)


def _add(parent: Element, block: Block, tight: bool) -> None:
    match block.kind:
        case Kind.PARAGRAPH:
            _add_paragraph(parent, block.text, tight)
        case Kind.HEADING:
            heading = SubElement(parent, f"h{block.level}")
            heading.text = _take_attributes(heading, _take_block_id(heading, block.text))
        case Kind.QUOTE:
            _add_quote(parent, block)
        case Kind.LIST:
            _add_list(parent, block)
        case Kind.FENCE | Kind.INDENTED_CODE:
            _add_code(parent, block)
        case Kind.TABLE:
            _add_table(parent, block)
        case Kind.RULE:
            SubElement(parent, "hr")
        case Kind.HTML if not _is_comment(block.text.strip()):
            SubElement(parent, RAW_HTML).text = AtomicString(block.text + "\n")
        case _:
            pass


def _is_comment(html: str) -> bool:
    return html.startswith("<!--") and html.find("-->", 4) == len(html) - 3


def _add_paragraph(parent: Element, text: str, tight: bool) -> None:
    if text.startswith("^") and (match := _BLOCK_ID.match(text)) and len(parent):
        parent[-1].set("id", match[1])  # a block's name, written below it
        return
    if text.endswith("}") and (attributes := _ATTRIBUTE_LINE.search(text, max(text.rfind("\n"), 0))):
        text = text[: attributes.start()]
        if not text:
            if attributes[1] and len(parent):
                parent[-1].set("id", parent[-1].get("id") or attributes[1])
            return
    if "\n:" in text and (terms := _TERM.fullmatch(text)):
        _add_definitions(parent, terms["term"], _DEFINITION.split(terms["definitions"])[1:])
        return
    if not tight:
        paragraph = SubElement(parent, "p")
        paragraph.text = _take_block_id(paragraph, text)
    elif len(parent) == 0:
        parent.text = _take_block_id(parent, text)
    else:
        # bare text between two blocks of a tight item is an element of its own until its inline syntax is parsed
        SubElement(parent, "span").text = _take_block_id(parent, text)


def _add_definitions(parent: Element, term: str, definitions: list[str]) -> None:
    """A term and its definition, as in PHP Markdown Extra and Pandoc; consecutive ones are one list."""
    is_next = len(parent) > 0 and parent[-1].tag == "dl"
    listing = parent[-1] if is_next else SubElement(parent, "dl")
    SubElement(listing, "dt").text = term
    for definition in definitions:
        SubElement(listing, "dd").text = definition


def _take_block_id(element: Element, text: str) -> str:
    """The text without the name (`^name`) by which other notes refer to the block; the name becomes its id."""
    if "^" in text[-62:] and (match := _BLOCK_ID.search(text, max(0, len(text) - 64))):
        element.set("id", match[1])
        return text[: match.start()]
    return text


def _take_attributes(heading: Element, text: str) -> str:
    """The text without the attributes (`{#name .class}`) of Pandoc, Hugo and others; a name becomes the id."""
    match = _ATTRIBUTES.search(text) if text.endswith("}") else None
    if match is None or not text[: match.start()].strip():
        return text
    if match[1]:
        heading.set("id", match[1])
    return text[: match.start()].rstrip(" \t")


def _add_quote(parent: Element, block: Block) -> None:
    """A quote, or a callout if it begins with `[!kind] title`."""
    quote = SubElement(parent, "blockquote")
    first = block.children[0] if block.children else None
    match = _CALLOUT.match(first.lines[0]) if first and first.kind is Kind.PARAGRAPH else None
    if first and match:
        kind = match[1].lower()
        quote.set("class", f"callout callout-{kind}")
        title = SubElement(quote, "p", {"class": "callout-title"})
        title.text = match[2].strip() or kind.replace("-", " ").capitalize()
        first.lines = first.lines[1:]
        if not first.lines:
            del block.children[0]
    add_children(quote, block)


def _add_list(parent: Element, block: Block) -> None:
    element = SubElement(parent, "ul" if block.start is None else "ol")
    if block.start not in (None, 1):
        element.set("start", str(block.start))
    tight = block.is_tight
    for child in block.children:
        item = SubElement(element, "li")
        first = child.children[0] if child.children else None
        task = _TASK.match(first.lines[0]) if first and first.kind is Kind.PARAGRAPH else None
        if first and task:
            first.lines[0] = first.lines[0][task.end() :]
        add_children(item, child, tight=tight)
        if task:
            _add_checkbox(item, task[1])


def _add_checkbox(item: Element, state: str) -> None:
    """Put a checkbox before the item's text, which is in the item itself or in its first paragraph.

    `state` is the character between the brackets: `/` is in progress, `-` cancelled.
    """
    holder = item[0] if len(item) and item[0].tag == "p" else item
    text = Element("span")
    text.text, holder.text = holder.text, None
    checkbox = Element("input", {"type": "checkbox", "data-state": state} | ({"checked": ""} if state in "xX" else {}))
    checkbox.tail = AtomicString(" ")
    holder.insert(0, checkbox)
    holder.insert(1, text)
    item.set("class", "task task-cancelled" if state == "-" else "task")


def _add_code(parent: Element, block: Block) -> None:
    code = SubElement(SubElement(parent, "pre"), "code")
    if language := _LANGUAGE.match(block.info):
        code.set("class", f"language-{language[1]}")
    code.text = AtomicString("".join(f"{line}\n" for line in block.lines))


def _add_table(parent: Element, block: Block) -> None:
    table = SubElement(parent, "table")
    columns = len(block.alignments)
    may_pad = columns * len(block.rows) <= _MOST_CELLS  # a wide header above many short rows would grow quadratically
    for number, row in enumerate(block.rows):
        if number < 2:
            section = SubElement(table, "tbody" if number else "thead")
        element = SubElement(section, "tr")
        cells = row + [""] * (columns - len(row)) if may_pad else row
        for text, alignment in zip(cells, block.alignments, strict=False):
            cell = SubElement(element, "td" if number else "th")
            if alignment:
                cell.set("class", f"align-{alignment}")
            cell.text = text
