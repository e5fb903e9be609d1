"""File names that other systems and databases accept."""

import hashlib
import os

LONGEST_NAME = 255  # bytes

# Bytes of a name that are not UTF-8 reach Python as lone surrogates, which databases reject. They are stored as private
# use characters, which can be converted back.
_TO_STORE = {0xDC80 + byte: 0xF780 + byte for byte in range(128)}
_TO_DISK = {private: surrogate for surrogate, private in _TO_STORE.items()}


def fitting_name(name: str) -> str:
    """A file's name, shortened if it is too long for this system: some systems allow 255 letters."""
    if len(os.fsencode(name)) <= LONGEST_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    mark = f"~{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}{dot}{suffix[-20:]}"
    room = LONGEST_NAME - len(os.fsencode(mark))
    return os.fsencode(stem or name)[:room].decode(errors="ignore") + mark


def storable_name(name: str) -> str:
    """A file's name or path as text that databases accept."""
    return name if name.isascii() else name.translate(_TO_STORE)


def name_on_disk(name: str) -> str:
    """The inverse of `storable_name`."""
    return name if name.isascii() else name.translate(_TO_DISK)
