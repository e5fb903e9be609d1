"""Formulas: TeX is kept as it is, since Markdown's characters have other meanings in it, and MathML becomes its TeX."""

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from archive.text.clippings.scan import prose_lines
from archive.text.commonmark.inline import Inlines
from archive.text.entities import unescape
from archive.text.html_tags import words_of
from archive.text.names import names

# A character found in TeX but not in prices; no space inside the dollars, no digit after them (Pandoc's rule).
_BETWEEN_DOLLARS = re.compile(r"\$(?=[^\s$])(?=[^$\n]*[\\_^{}*])((?:[^$\\\n`]|\\[^\n])*)(?<!\s)\$(?![\d$])")
# What may be a formula in a text that has others: no three-letter word, as there would be between prices.
_SIMPLE = re.compile(r"\$(?=[^\s$])((?:[A-Za-z]{1,2}(?![A-Za-z])|[^A-Za-z\n$`]){1,60})(?<!\s)\$(?![\w$])")
_DOLLARS = re.compile(r"\$([^$\n]+)\$")
_ENDS = {r"\(": r"\)", r"\[": r"\]"}
_SURELY_TEX = re.compile(r"\\[A-Za-z]{2}|[_^]\{|\w\^\w")
_ENVIRONMENT = re.compile(r"\\begin\{((?:equation|align|gather|multline|eqnarray|displaymath|math)\*?)\}")
_LONGEST = 2_000  # code points
_LONGEST_MATHML = 20_000
_MOST_LINES = 60
_STARTS_BLOCK = re.compile(r"\s*(?:$|[-+*]\s|[-=]+\s*$|>|\d{1,9}[.)]\s|#{1,6}\s)")
_HEADING = re.compile(r"\s*#{1,6}\s")
_MATHML = re.compile(r"<math(?=[\s>])[^<>]*>", re.I)
_ANNOTATION = re.compile(r"<annotation\b[^<>]*\bencoding=[\"']application/x-tex[\"'][^<>]*>([^<>]*)</annotation", re.I)
_ALTTEXT = re.compile(r"\balttext=(?:\"([^\"]*)\"|'([^']*)')", re.I)
_NOT_SHOWN = names("annotation annotation-xml script style")


def with_formulas_whole(lines: list[str]) -> list[str]:
    """Put a formula between lines of `$$` on one line if Markdown would split it, for example at a blank line or a
    minus."""
    if sum(line.strip() == "$$" for line in lines) < 2:
        return lines
    prose = {number for number, _ in prose_lines(lines)}
    whole: list[str] = []
    number = 0
    while number < len(lines):
        end = _end_of_formula(lines, number) if number in prose else None
        if end is None:
            whole.append(lines[number])
            number += 1
            continue
        formula = lines[number : end + 1]
        number = end + 1
        if any(map(_STARTS_BLOCK.match, formula[1:-1])):
            formula = [" ".join([formula[0].rstrip(), *" ".join(formula[1:]).split()])]
        whole += formula
    return whole


def _end_of_formula(lines: list[str], start: int) -> int | None:
    """The line of dollars that closes the formula opened by this one.

    None if it opens none: what follows up to the next line of dollars is not TeX, or is prose with a heading in it.
    """
    if lines[start].strip() != "$$":
        return None
    for end in range(start + 1, min(start + _MOST_LINES, len(lines))):
        if lines[end].strip() == "$$":
            inner = lines[start + 1 : end]
            if any(map(_HEADING.match, inner)):
                return None
            is_apart = any(map(_STARTS_BLOCK.match, inner))
            return end if not is_apart or any(sign in line for line in inner for sign in "\\^_=") else None
    return None


def between_dollars(inlines: Inlines, start: int) -> int:
    """`$x_1$` and `$$x_1$$`."""
    text = inlines.text
    if text.startswith("$$", start):
        end = inlines.find_end("$$", start + 2)
        if end < 0 or not text[start + 2 : end].strip():
            return start + 2 if end < 0 else start
        return _add(inlines, start, end + 2)
    match = _BETWEEN_DOLLARS.match(text, start)
    if match is None or "](" in match[1] or "://" in match[1]:
        return start
    return _add(inlines, start, match.end())


def between_dollars_of_formulas(inlines: Inlines, start: int) -> int:
    """What `between_dollars` reads, and `$x$`, in a text that `has_formulas`."""
    end = between_dollars(inlines, start)
    match = _SIMPLE.match(inlines.text, start) if end == start else None
    return _add(inlines, start, match.end()) if match and "](" not in match[1] else end


def has_formulas(lines: list[str]) -> bool:
    """Whether there is a formula in dollars that cannot be prices."""
    prose = (text for _, text in prose_lines(lines)) if any("$" in line for line in lines) else ()
    return any(_SURELY_TEX.search(found[1]) for line in prose if "$" in line for found in _DOLLARS.finditer(line))


def tex(inlines: Inlines, start: int) -> int:
    r"""`\begin{align}…`, and `\(x\)` and `\[x\]` if their content is certainly TeX; otherwise they are escaped
    brackets."""
    text = inlines.text
    if environment := _ENVIRONMENT.match(text, start):
        closing = f"\\end{{{environment[1]}}}"
        end = inlines.find_end(closing, environment.end())
        return _add(inlines, start, end + len(closing)) if end >= 0 else start
    closing = _ENDS.get(text[start : start + 2], "")
    end = text.find(closing, start + 2, start + _LONGEST) if closing else -1
    if end < 0 or not _SURELY_TEX.search(text, start + 2, end):
        return start
    if text.find("](", start, end) >= 0:  # a link's text in brackets
        return start
    return _add(inlines, start, end + 2)


def mathml(inlines: Inlines, start: int) -> int:
    """`<math>…</math>`."""
    end = inlines.text.find("</math>", start, start + _LONGEST_MATHML) if _MATHML.match(inlines.text, start) else -1
    if end < 0:
        return start
    return _add(inlines, start, end + 7, words_of_mathml(inlines.text[start:end]))


def words_of_mathml(mathml: str) -> str:
    """A formula's TeX between dollars, which most pages include as alternative text; otherwise what it shows."""
    is_short = len(mathml) <= _LONGEST_MATHML
    opening = _MATHML.match(mathml) if is_short else None
    alttext = _ALTTEXT.search(opening.group()) if opening else None
    annotation = _ANNOTATION.search(mathml) if is_short else None
    written = annotation[1] if annotation else (alttext[1] or alttext[2] or "") if alttext else ""
    if found := " ".join(unescape(written).split()):
        return found if found.startswith(("$", "\\(", "\\[")) else f"${found}$"
    return words_of(mathml, _NOT_SHOWN, between="")


def _add(inlines: Inlines, start: int, end: int, words: str | None = None) -> int:
    element = Element("span", {"class": "math"})
    element.text = AtomicString(inlines.text[start:end] if words is None else words)
    return inlines.add(element, start, end)
