"""Makes a tree follow XHTML's content model, which EPUB readers enforce and browsers do not.

A misplaced element becomes a `div` or `span`, and keeps its words.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from archive.exporting.epub.xhtml import add_text
from archive.text.names import names

_BLOCKS = names(
    "blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table ul"
)
_PHRASING_ONLY = names(
    "a abbr b cite code del dfn em h1 h2 h3 h4 h5 h6 i ins kbd mark p pre q s samp small span strong sub sup u var"
)
_KNOWN = _BLOCKS | _PHRASING_ONLY | names("br caption img input rp rt ruby tbody td tfoot th thead tr wbr")
_PARENTS = {
    "li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "figcaption": ("figure",), "summary": ("details",),
    "caption": ("table",), "thead": ("table",), "tbody": ("table",), "tfoot": ("table",),
    "tr": ("thead", "tbody", "tfoot", "table"), "td": ("tr",), "th": ("tr",), "rt": ("ruby",), "rp": ("ruby",),
}  # fmt: skip


def conform(part: Element, parent: str = "section") -> None:
    """Change an element, and everything in it, to what such a parent may contain."""
    if part.tag == "time":  # the text is not a machine-readable date
        part.tag = "span"
    elif part.tag not in _KNOWN:
        part.tag = "div"
    elif parent not in _PARENTS.get(part.tag, (parent,)):
        part.tag = "span" if part.tag in ("rt", "rp") else "div"
    _arrange(part)
    for child in list(part):
        conform(child, part.tag)
    if part.tag in ("dt", "summary", "caption") or part.tag == "ruby":
        for inner in part.iter():
            if inner is not part and inner.tag in _BLOCKS | {"table"}:
                inner.tag = "span"
    elif part.tag in _PHRASING_ONLY and any(child.tag in _BLOCKS for child in part):
        part.tag = "div"
        part.attrib.pop("href", None)
    if part.tag == "a" and any(inner.tag in ("a", "input", "details") for inner in part.iter() if inner is not part):
        part.tag = "span"
        part.attrib.pop("href", None)


def _arrange(part: Element) -> None:
    """Make an element with a required structure conform to it, or rename it."""
    match part.tag:
        case "ul" | "ol":
            _wrap_others(part, ("li",), "li")
        case "dl":
            if not _is_list_of_pairs(part):
                part.tag = "div"
        case "details":
            if not len(part) or part[0].tag != "summary" or (part.text or "").strip():
                _insert_summary(part)
            for later in list(part)[1:]:
                if later.tag == "summary":
                    later.tag = "div"
        case "figure":
            captions = [place for place, child in enumerate(part) if child.tag == "figcaption"]
            if len(captions) > 1 or (captions and captions[0] not in (0, len(part) - 1)):
                part.tag = "div"
        case "ruby":
            readings = [child for child in part if child.tag in ("rt", "rp")]
            has_base = (part.text or "").strip() or (len(part) and part[0] not in readings)
            if not has_base or all(child.tag != "rt" for child in readings):
                part.tag = "span"
        case "rp":
            part.text = "".join(part.itertext())
            part[:] = []
        case "table":
            _arrange_table(part)
        case "tr":
            _wrap_others(part, ("td", "th"), "td")
        case "thead" | "tbody" | "tfoot":
            for child in part:
                if child.tag != "tr":
                    child.tag = "tr"
            _drop_text(part)


def _wrap_others(part: Element, names: tuple[str, ...], wrapper: str) -> None:
    """Wrap all children with other names."""
    children = list(part)
    loose: list[tuple[Element | None, str]] = [(None, part.text or ""), *((c, c.tail or "") for c in children)]
    if all(not text.strip() for _, text in loose) and all(child.tag in names for child in children):
        return
    part.text = ""
    for child in children:
        part.remove(child)
    for piece, text in loose:
        if piece is not None:
            piece.tail = ""
            holder = part
            if piece.tag not in names:
                holder = Element(wrapper)
                part.append(holder)
            holder.append(piece)
        if text.strip():
            holder = Element(wrapper)
            holder.text = text
            part.append(holder)


def _is_list_of_pairs(part: Element) -> bool:
    """Whether terms and descriptions alternate, beginning with a term and ending with a description."""
    names = [child.tag for child in part]
    has_text = (part.text or "").strip() or any((child.tail or "").strip() for child in part)
    is_in_turn = bool(names) and names[0] == "dt" and names[-1] == "dd" and set(names) <= {"dt", "dd"}
    return is_in_turn and not has_text


def _insert_summary(part: Element) -> None:
    summary = Element("summary")
    summary.text, summary.tail, part.text = "Details", part.text, ""
    part.insert(0, summary)


def _arrange_table(part: Element) -> None:
    """Caption, head, bodies and foot in this order, no more than allowed; other children become rows."""
    _drop_text(part)
    groups: dict[str, list[Element]] = {"caption": [], "thead": [], "tbody": [], "tfoot": []}
    for child in list(part):
        part.remove(child)
        if child.tag in ("thead", "tfoot", "caption") and not groups[child.tag]:
            groups[child.tag].append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            child.tag = "tbody"
            groups["tbody"].append(child)
        elif child.tag == "tr":
            _last_body(groups["tbody"]).append(child)
        else:
            row = Element("tr")
            cell = Element("td")
            row.append(cell)
            cell.append(child)
            child.tag = "div" if child.tag == "caption" else child.tag
            _last_body(groups["tbody"]).append(row)
    if not groups["tbody"] and not groups["thead"] and not groups["tfoot"]:
        _last_body(groups["tbody"])
    for group in groups.values():
        part.extend(group)


def _last_body(bodies: list[Element]) -> Element:
    if not bodies:
        bodies.append(Element("tbody"))
    return bodies[-1]


def _drop_text(part: Element) -> None:
    """Move text between rows into the preceding element, unless it is white space."""
    for place, child in enumerate(part):
        if (child.tail or "").strip():
            cell = next((inner for inner in part[place].iter() if inner.tag in ("td", "th", "caption")), None)
            if cell is not None:
                add_text(cell, child.tail or "")
        child.tail = ""
    part.text = ""
