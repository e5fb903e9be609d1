"""Renders Markdown to a document: parsed, rewritten, sanitised and written in one pass over its tokens."""

import re
from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element

from archive.text import raw_html
from archive.text.commonmark.inline import MOST_PARTS
from archive.text.commonmark.parser import DEEPEST
from archive.text.document import Document, LocalImage, Problem
from archive.text.extension import ClippingMarkdown
from archive.text.rewriting import Rewriter
from archive.text.sanitizing import sanitized
from archive.text.writing import Writer

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n\s*\n")


def render(
    source: str,
    *,
    base_url: str | None = None,
    title: str | None = None,
    resolve_image: Callable[[str], LocalImage | None] | None = None,
    keep_marks: bool = True,
) -> Document:
    """Render an article's Markdown, without its front matter, as safe HTML.

    Relative addresses are resolved against `base_url`. A first heading that repeats `title` is left out.
    `resolve_image` is called with every image source that is relative, a `data:` address or an embed's bare name, and
    with the full address of every remote image; it returns the image on this site or None. Text between `==` and `==`
    is reported in `marked`; with `keep_marks` it is a `<mark>` as well. Never raises: what cannot be parsed is rendered
    as by `plain`, with a problem that says so.
    """
    try:
        return _rendered(_normal(source), base_url, Writer(title, keep_marks), resolve_image)
    except RecursionError:
        document = plain(source)
        problem = Problem("Nested too deeply to be read as Markdown; shown as plain paragraphs.")
        return Document(document.html, document.text, problems=(problem,))


def plain(source: str) -> Document:
    """The source's paragraphs as they are, without parsing Markdown. Takes linear time and never raises."""
    paragraphs = [block.strip() for block in _BLANK_LINES.split(_normal(source))]
    paragraphs = [block for block in paragraphs if block]
    text = "".join(f"{paragraph}\n" for paragraph in paragraphs)
    return Document("".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs), text)


def _normal(source: str) -> str:
    """Unix line ends, and none of the characters that HTML cannot contain."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    return _NOT_TEXT.sub("\ufffd", source)


def _rendered(
    source: str, base_url: str | None, writer: Writer, resolve_image: Callable[[str], LocalImage | None] | None
) -> Document:
    markdown = ClippingMarkdown()
    root = markdown.tree(source)
    problems = _problems(markdown, root)
    writer.write(sanitized(Rewriter(base_url, resolve_image)(raw_html.tokens(root))))
    html, headings = writer.finish()
    return Document(
        html, writer.text, headings, tuple(writer.links), tuple(writer.images), tuple(writer.marked()), problems
    )


def _problems(markdown: ClippingMarkdown, root: Element) -> tuple[Problem, ...]:
    """The problems with the tree; HTML nested too deeply to be parsed becomes text."""
    problems = []
    if markdown.went_too_deep:
        problems.append(Problem(f"Quotes and lists more than {DEEPEST} deep are shown as text."))
    if markdown.was_cut_short:
        problems.append(
            Problem(f"After {MOST_PARTS} links and marks in one paragraph the rest of it is shown as text.")
        )
    if raw_html.depth(root) > raw_html.DEEPEST:
        raw_html.show_as_text(root)
        problems.append(Problem(f"HTML more than {raw_html.DEEPEST} elements deep is shown as text."))
    return tuple(problems)
