"""How often an article's block structure is the one cmark-gfm gives: `python -m bench.block_structure FOLDER...`

Both sides get the same lines, after the clean-up of clippings (blocks apart, headlines in links, comments out), so what
is compared is the reading of Markdown. cmark's HTML goes through the same rewriting and sanitising as ours, so the same
tags are dropped and the same levels moved. Two further deliberate changes are taken out of ours: a callout's title as a
paragraph of its own, and footnotes that nothing refers to, which cmark drops.
"""

import argparse
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from bleach import html5lib_shim

from archive.text import render
from archive.text.clippings.source import clean
from archive.text.names import names
from archive.text.rewriting import Rewriter
from archive.text.sanitizing import sanitized
from archive.text.tokens import of_html
from archive.text.writing import Writer

EXTENSIONS = ("table", "strikethrough", "autolink", "tasklist", "footnotes")
CMARK = ["cmark-gfm", "--unsafe", *(part for name in EXTENSIONS for part in ("-e", name))]
BLOCKS = names("p ul ol li h1 h2 h3 h4 h5 h6 blockquote pre table thead tbody tr th td hr dl dt dd")
SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".txt"})
_parser = html5lib_shim.HTMLParser(namespaceHTMLElements=False)


def body(path: Path) -> str:
    """The Markdown of a file, without the front matter between `---` or `+++`."""
    source = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "\ufffd")
    for fence in ("---\n", "+++\n"):
        if source.startswith(fence) and (end := source.find(f"\n{fence}", len(fence) - 1)) > 0:
            return source[end + 1 + len(fence) :]
    return source


def ours(source: str) -> list[str]:
    return list(_outline(render(source, base_url="https://example.org/a/").html))


def reference(source: str) -> list[str]:
    lines = "\n".join(clean(source.split("\n")))
    html = subprocess.run(CMARK, input=lines.encode(), capture_output=True, check=True).stdout.decode()
    writer = Writer(None)
    writer.write(sanitized(Rewriter("https://example.org/a/", None)(of_html(html))))
    return list(_outline(writer.finish()[0]))


def _outline(html: str) -> Iterator[str]:
    """The block elements, one a line, indented by their depth."""
    return _walk(_parser.parseFragment(html), 0)


def _walk(element: Element, depth: int) -> Iterator[str]:
    children = list(element)
    for number, child in enumerate(children):
        if child.get("class") == "callout-title" and number + 1 < len(children) and children[number + 1].tag == "p":
            continue
        is_block = child.tag in BLOCKS
        if element.tag == "ol" and child.get("id", "").startswith("a-fn-") and _is_unnamed(child):
            continue
        if child.get("class") == "footnotes" and all(_is_unnamed(item) for item in child.iter("li")):
            continue
        if is_block:
            yield "  " * depth + str(child.tag)
        yield from _walk(child, depth + is_block)


def _is_unnamed(note: Element) -> bool:
    return not any("fnref" in anchor.get("href", "") for anchor in note.iter("a"))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--show", action="store_true", help="print the first lines in which a file differs")
    options = arguments.parse_args()
    paths = [p for folder in options.folders for p in sorted(folder.rglob("*")) if p.suffix in SUFFIXES and p.is_file()]
    same = 0
    for path in paths:
        left, right = ours(body(path)), reference(body(path))
        if left == right:
            same += 1
            continue
        print(f"differs: {path}")
        if options.show:
            at = next(
                (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
            )
            print(f"  ours      {left[max(0, at - 3) : at + 4]}\n  cmark-gfm {right[max(0, at - 3) : at + 4]}")
    print(f"{same} of {len(paths)} files have cmark-gfm's block structure ({same / max(len(paths), 1):.1%})")


if __name__ == "__main__":
    main()
