"""Cleaning values from addresses and forms; invalid ones are dropped."""

from django.utils.http import url_has_allowed_host_and_scheme

LONGEST_NUMBER = 9  # digits


def plain(value: str, longest: int) -> str:
    """A text without NUL characters, which databases reject, stripped of white space and cut to a length."""
    return value.replace("\0", "").strip()[:longest]


def as_typed(text: str) -> list[tuple[str, str]]:
    """What was typed into a search field; empty if nothing was."""
    return [("q", text)] if text else []


def number(given: str | None) -> int | None:
    """A number; None for anything else."""
    return int(given) if given and given.isdecimal() and len(given) <= LONGEST_NUMBER else None


def way_back(address: str, below: str = "/") -> str | None:
    """The address of one of our pages to go back to, at or below a path; None for anything else.

    Any other destination would make an open redirect, useful for phishing.
    """
    is_ours = address.startswith(below) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else None
