"""Python-Markdown with its block and inline parsers replaced by CommonMark ones.

Why: docs/decisions/text-commonmark.md. What remains of Python-Markdown is the framework: preprocessors on lines, a
parser that builds an element tree, processors on that tree.

Python-Markdown's objects hold the state of a document (its link references and footnotes), so each document gets its
own instance; nothing is shared between threads.
"""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, Registry

from archive.text.clippings.formulas import has_formulas
from archive.text.clippings.headlines import give_links_their_headlines
from archive.text.clippings.inline import HANDLERS, HANDLERS_WITH_FORMULAS
from archive.text.clippings.source import clean
from archive.text.commonmark.block import Block, Kind
from archive.text.commonmark.inline import Inlines
from archive.text.commonmark.parser import BlockParser as CommonMarkParser
from archive.text.tree import add_children, element_of

_MOST_WAYS_BACK = 100  # from one note


class ClippingMarkdown(Markdown):
    """Parses one document: `tree` returns its element tree; afterwards, it is known what had to be left out.

    Create one per document. Use `tree`, not `convert`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.went_too_deep = False
        self.was_cut_short = False
        self.footnotes = Footnotes({})
        self.handlers = HANDLERS

    def build_parser(self) -> "ClippingMarkdown":
        """Install our processors in place of Python-Markdown's, which are expensive to create and unused."""
        self.preprocessors = Registry()
        self.preprocessors.register(_CleanLines(self), "clean", 30)
        self.parser = _Blocks(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(_ReadInlines(self), "inline", 20)
        self.treeprocessors.register(_GiveHeadlines(self), "headlines", 15)
        self.treeprocessors.register(_AppendFootnotes(self), "footnotes", 10)
        self.postprocessors = Registry()
        return self

    def tree(self, source: str) -> Element:
        """The element tree of a source with Unix line ends. `RAW_HTML` elements contain unparsed HTML."""
        lines = source.removesuffix("\n").split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        if has_formulas(lines):
            self.handlers = HANDLERS_WITH_FORMULAS
        root = self.parser.parseDocument(lines).getroot()
        assert root is not None
        for processor in self.treeprocessors:
            processor.run(root)
        return root


class Footnotes:
    """The notes of one document, numbered in the order of their first references."""

    def __init__(self, blocks: dict[str, Block]) -> None:
        self._blocks = blocks
        self._order: list[str] = []
        self._numbers: dict[str, int] = {}
        self._uses: dict[str, int] = {}

    def refer(self, label: str) -> tuple[int, int] | None:
        """The number of the note with this label, and how often it has been referred to; None if there is none."""
        label = label.casefold()
        if label not in self._blocks:
            return None
        self._uses[label] = self._uses.get(label, 0) + 1
        return self._number(label), self._uses[label]

    def add(self, text: str) -> int:
        """Add a note written where it is referred to; returns its number."""
        label = f" {len(self._blocks)}"  # a label has no space
        paragraph = Block(Kind.PARAGRAPH, 0, 0, lines=text.split("\n"))
        self._blocks[label] = Block(Kind.FOOTNOTE, 0, 0, [paragraph])
        self._uses[label] = 1
        return self._number(label)

    def __iter__(self) -> Iterator[tuple[int, Block, int]]:
        """Number, block and reference count of each note. Notes referred to in notes come in turn; those never referred
        to come last, since they are text too."""
        rest = iter(list(self._blocks))
        position = 0
        while True:
            while position < len(self._order):
                label = self._order[position]
                position += 1
                yield position, self._blocks[label], self._uses.get(label, 0)
            unnamed = next((label for label in rest if label not in self._numbers), None)
            if unnamed is None:
                return
            self._number(unnamed)

    def _number(self, label: str) -> int:
        if label not in self._numbers:
            self._order.append(label)
            self._numbers[label] = len(self._order)
        return self._numbers[label]


class _CleanLines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return clean(lines)


class _Blocks(BlockParser):
    md: ClippingMarkdown

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        parser = CommonMarkParser()
        document = parser.parse(lines)
        self.md.references = parser.references
        self.md.footnotes = Footnotes(parser.footnotes)
        self.md.went_too_deep = parser.went_too_deep
        return ElementTree(element_of(document))


class _ReadInlines(Treeprocessor):
    md: ClippingMarkdown

    def run(self, root: Element) -> None:
        unread = [element for element in root.iter() if element.text and not isinstance(element.text, AtomicString)]
        for element in unread:
            blocks = list(element)
            for block in blocks:
                element.remove(block)
            text = (element.text or "").strip(" \t\n")
            inlines = Inlines(text, self.md.references, self.md.footnotes, self.md.handlers)
            self.md.was_cut_short |= not inlines.parse_into(element)
            element.extend(blocks)


class _GiveHeadlines(Treeprocessor):
    def run(self, root: Element) -> None:
        give_links_their_headlines(root)


class _AppendFootnotes(Treeprocessor):
    md: ClippingMarkdown

    def run(self, root: Element) -> None:
        read = _ReadInlines(self.md)
        section: Element | None = None
        for number, block, uses in self.md.footnotes:
            if section is None:
                section = SubElement(SubElement(root, "section", {"class": "footnotes"}), "ol")
            item = SubElement(section, "li", {"id": f"fn-{number}"})
            add_children(item, block)
            read.run(item)
            holder = item[-1] if len(item) and item[-1].tag == "p" else item
            for use in range(1, min(uses, _MOST_WAYS_BACK) + 1):
                place = f"#fnref-{number}-{use}" if use > 1 else f"#fnref-{number}"
                back = SubElement(holder, "a", {"class": "footnote-back", "href": place})
                back.text = AtomicString(f"↩{use}" if use > 1 else "↩")
                _put_space_before_last(holder)


def _put_space_before_last(holder: Element) -> None:
    if len(holder) > 1:
        holder[-2].tail = AtomicString(f"{holder[-2].tail or ''} ")
    else:
        holder.text = AtomicString(f"{holder.text or ''} ")
