"""Lists of names that read better as a line of text than as a column."""


def names(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
