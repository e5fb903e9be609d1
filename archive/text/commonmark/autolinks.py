"""Addresses that become links without link syntax: in angle brackets, and GitHub's bare ones."""

import re
import unicodedata

from archive.text.entities import unescape

_SCHEME = re.compile(r"(?:https?|ftp)\Z", re.I)
# a link also ends at Chinese and Japanese quotation marks and full stops, which are not followed by a space
_URL_BODY = re.compile(r"[^\s<>\u3000-\u3020\uff01\uff08-\uff09\uff0c\uff1a\uff1b\uff1f“”]+")
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9.+_-]+\Z")
_EMAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_ANGLE_URL = re.compile(r"<([A-Za-z][A-Za-z0-9.+-]{1,31}:[^\s<>]*)>")
_ANGLE_EMAIL = re.compile(r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>")
_LONGEST_LOCAL = 64
_ESCAPE = re.compile(r"\\(?=[_*~])")
_TRAILING_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")


def written_out(address: str) -> str:
    """A bare address without backslash escapes, which clippers add as in any other text: https://x.example/a\\_b."""
    return unescape(_ESCAPE.sub("", address))


def within_angles(text: str, start: int) -> tuple[str, str] | None:
    """The target of `<https://x.example>` or `<a@x.example>`, and the text between its brackets."""
    if match := _ANGLE_URL.match(text, start):
        return match[1], match[1]
    match = _ANGLE_EMAIL.match(text, start)
    return (f"mailto:{match[1]}", match[1]) if match else None


def url_around(text: str, colon: int, from_: int, in_brackets: bool) -> tuple[int, int] | None:
    """Start and end of the URL whose `://` is at `colon`; it starts at `from_` or after.

    `in_brackets`: it may be the text of a link, and then ends with that.
    """
    scheme = _SCHEME.search(text, max(from_, colon - 5), colon)
    if scheme is None or not text.startswith("://", colon):
        return None
    start = scheme.start()
    if start > from_ and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    end = _body_end(text, colon + 3, in_brackets)
    return (start, end) if end > colon + 3 and _begins_host(text[colon + 3]) else None


def www_at(text: str, start: int, in_brackets: bool) -> int | None:
    """The end of the address that starts with `www.` at `start`."""
    if not text.startswith("www.", start):
        return None
    before = text[start - 1] if start else " "
    if before.isascii() and not before.isspace() and before not in "*_~(":
        return None
    end = _body_end(text, start + 4, in_brackets)
    return end if end > start + 4 and text[start + 4].isalnum() else None


def email_around(text: str, at_sign: int, from_: int) -> tuple[int, int] | None:
    """Start and end of the email address around the `@`; it starts at `from_` or after."""
    local = _EMAIL_LOCAL.search(text, max(from_, at_sign - _LONGEST_LOCAL), at_sign)
    domain = _EMAIL_DOMAIN.match(text, at_sign + 1)
    if local is None or domain is None or text[domain.end() - 1] in "-_":
        return None
    return local.start(), domain.end()


def _begins_host(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "So"  # https://🍄.example/


def _body_end(text: str, start: int, in_brackets: bool) -> int:
    """The end of an address, excluding punctuation that belongs to the surrounding sentence."""
    match = _URL_BODY.match(text, start)
    if match is None:
        return start
    end = match.end()
    if in_brackets and (bracket := text.find("]", start, end)) >= 0:
        end = bracket
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";":
            entity = _TRAILING_ENTITY.search(text, max(start, end - 32), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end
