"""Which elements may stand in which: a browser moves or drops what stands elsewhere, and the text with it."""

# Within these it moves any other text or element to before the table, or drops it.
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
    """Whether an element of this name stays where it is, right within a parent."""
    if parent in TABLE_PARTS and name not in TABLE_PARTS[parent]:
        return False
    return name not in _PARENTS or parent in _PARENTS[name]
