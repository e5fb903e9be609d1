"""What stands in a page's address, or in a form, as a text that a database takes and a page can show."""


def plain(value: str, longest: int) -> str:
    """Without NUL characters, without white space around it, and at most so many code points of it."""
    return value.replace("\0", "").strip()[:longest]
