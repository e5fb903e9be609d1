"""Typesets formulas: MathML next to the TeX, which remains the text.

docs/decisions/text-formulas.md says why it is in a shadow root and generated for each page.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

from archive.text.entities import unescape
from archive.text.names import names

LONGEST = 2_000  # code points of one formula
DEEPEST = 100  # nesting of elements
MOST = 20_000  # code points of all formulas on a page; the rest stays TeX. They take at most 0.3 seconds.

# Marks around a whole formula are within its element; one that cuts through it leaves it as TeX.
_FORMULA = re.compile(r'<span class="math">((?:<(?:mark|span)\b[^<>]*>)*)([^<>]+)')
_TAG_NAME = re.compile(r"<(\w+)")
_TEX = '<span part="tex" aria-hidden="true"><slot></slot></span>'
_DELIMITERS = (("$$", "$$", True), ("$", "$", False), (r"\[", r"\]", True), (r"\(", r"\)", False))
# latex2mathml supports few environments; the others behave like one of them, except for numbering, which the text
# lacks.
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\{(align|aligned|eqnarray|equation|displaymath|math|gather|gathered|multline)\*?\}"
)
_LIKE = {
    "align": r"\%s{align*}",
    "aligned": r"\%s{split}",
    "eqnarray": r"\%s{align*}",
    "gather": r"\%s{matrix}",
    "gathered": r"\%s{matrix}",
    "multline": r"\%s{matrix}",
}
_NO_SIGNS = re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
# User-defined commands may double at each step.
_DEFINES = re.compile(r"\\(?:[a-z]*newcommand|[a-z]*def|let|providecommand|DeclareMathOperator)(?![A-Za-z])")

_ELEMENTS = names(
    "math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover none"
)
_ATTRIBUTES = names(
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form height "
    "largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowlines rowspacing rspace "
    "scriptlevel separator stretchy symmetric voffset width"
)
# Words, or lengths that cannot reach far beyond the formula's place.
_VALUE = re.compile(r"(?:(?:[a-z]+(?:-[a-z]+)*|-?\d{0,2}(?:\.\d{1,4})?(?:em|ex|mu|pt|px|%)?)(?: (?=\S)|\Z)){1,20}\Z")
_NOT_READ = re.compile(r"\\|&\Z|\$\Z")  # remains of TeX in the output: a command, a column, a delimiter


def set_formulas(html: str) -> str:
    """The HTML with each formula's MathML in a shadow root of its element; its textContent stays the same.

    `html` was written by `render` and painted by `paint`. A mark around a whole formula is moved around its element.
    Unknown TeX, and formulas that are too long or cut by a mark, stay as they are.
    """
    if 'class="math"' not in html:
        return html
    pieces: list[str] = []
    done = spent = 0
    for match in _FORMULA.finditer(html):
        opening, written = match.groups()
        spent += len(written)
        closing = "".join(f"</{name}>" for name in reversed(_TAG_NAME.findall(opening)))
        if spent > MOST or not html.startswith(f"{closing}</span>", match.end()):
            continue
        found = _formula(unescape(written))
        if found is None:
            continue
        kind, mathml = found
        template = f'<template shadowrootmode="open">{mathml}{_TEX}</template>'
        pieces += [html[done : match.start()], opening, f'<span class="{kind}">{template}{written}</span>', closing]
        done = match.end() + len(closing) + len("</span>")
    return "".join([*pieces, html[done:]])


@lru_cache(maxsize=10_000)
def _formula(written: str) -> tuple[str, str] | None:
    """The classes and MathML of a formula with its delimiters; None if it cannot be typeset."""
    tex, is_display = _without_delimiters(written.strip())
    if not tex or len(tex) > LONGEST or _DEFINES.search(tex):
        return None
    plain = _NO_SIGNS.sub("", _ENVIRONMENT.sub(lambda found: _LIKE.get(found[2], "").replace("%s", found[1]), tex))
    try:
        root = convert_to_element(plain, display="block" if is_display else "inline")
        if any(_NOT_READ.match(each.text or "") or "linebreak" in each.attrib for each in root.iter()):
            return None
        mathml = "".join(_written(root, name=" ".join(tex.split())))
    except Exception:  # its errors for unsupported TeX have no common class
        return None
    return "math display" if is_display else "math", mathml


def _without_delimiters(written: str) -> tuple[str, bool]:
    """The TeX and whether it is displayed; empty if it is not between TeX delimiters."""
    if written.startswith(r"\begin{"):
        return written, True
    for opening, closing, is_display in _DELIMITERS:
        if written.startswith(opening) and written.endswith(closing) and len(written) > len(opening + closing):
            return written[len(opening) : -len(closing)].strip(), is_display
    return "", False


def _written(element: Element, name: str = "", depth: int = 0) -> Iterator[str]:
    """The HTML of an element, with disallowed elements reduced to their content. `name` is its accessible name.

    Raises ValueError if elements are nested too deeply for a browser.
    """
    if depth > DEEPEST:
        raise ValueError
    is_allowed = element.tag in _ELEMENTS
    if is_allowed:
        yield f"<{element.tag}"
        for key, value in element.attrib.items():
            if key in _ATTRIBUTES and _VALUE.match(value):
                yield f' {key}="{value}"'
        yield f' part="formula" aria-label="{escape(name)}">' if name else ">"
    yield escape(unescape(element.text or ""), quote=False)
    for child in element:
        yield from _written(child, depth=depth + 1)
    if is_allowed:
        yield f"</{element.tag}>"
