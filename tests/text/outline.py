"""The block structure of a document in one line, for tables of cases: `ul(li li(p p)) p`."""

from xml.etree.ElementTree import Element

from bleach import html5lib_shim

from archive.text import render
from archive.text.names import names

BLOCKS = names("p ul ol li h1 h2 h3 h4 h5 h6 blockquote pre table tr th td hr section")
_parser = html5lib_shim.HTMLParser(namespaceHTMLElements=False)


def outline(source: str, **options) -> str:
    return outline_of(_parser.parseFragment(render(source, **options).html))


def outline_of(element: Element) -> str:
    found = []
    for child in element:
        inner = outline_of(child)
        if child.tag in BLOCKS:
            found.append(f"{child.tag}({inner})" if inner else child.tag)
        elif inner:
            found.append(inner)
    return " ".join(found)
