"""What stands in a page's address, or in a form, as a page can use it; what makes no sense is left out."""

from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_NUMBER = 9  # digits


def plain(value: str, longest: int) -> str:
    """A text without NUL characters, which no database takes, without white space around it, and of that length."""
    return value.replace("\0", "").strip()[:longest]


def as_typed(text: str) -> list[tuple[str, str]]:
    """What was typed into a search field, as a page's address says it: nothing where nothing was."""
    return [("q", text)] if text else []


def number(given: str | None) -> int | None:
    """A number; None for anything else."""
    return int(given) if given and given.isdecimal() and len(given) <= LONGEST_NUMBER else None


def way_back(address: str, below: str = "/") -> str | None:
    """The address of a page of ours to go back to, at or below a path; None for anything else.

    Any other place would make the page that leads there a springboard for phishing.
    """
    is_ours = address.startswith(below) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else None
