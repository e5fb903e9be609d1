"""Which elements may contain which: a browser moves or drops misplaced elements with their text."""

# Within these, a browser moves other text and elements before the table, or drops them.
TABLE_PARTS = {
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
_PARENTS = {
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tfoot": ("table",),
    "tr": ("thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
    "li": ("ul", "ol"),
    "dt": ("dl", "div"),
    "dd": ("dl", "div"),
    "summary": ("details",),
}


def fits(name: str, parent: str) -> bool:
    """Whether an element with this name stays in place directly within a parent."""
    if parent in TABLE_PARTS and name not in TABLE_PARTS[parent]:
        return False
    return name not in _PARENTS or parent in _PARENTS[name]
