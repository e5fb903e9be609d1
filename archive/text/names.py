"""Sets of element names, which read better as a line of text than as a column."""


def names(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


HEADINGS = names("h1 h2 h3 h4 h5 h6")
BLOCKS = HEADINGS | names(
    "blockquote caption dd details div dl dt figcaption figure hr li ol p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
