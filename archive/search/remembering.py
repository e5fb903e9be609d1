"""What was found is remembered until the index changes."""

import hashlib


def name_of(what: str, version: str, *asked: object) -> str:
    """Under which name the cache has it: `version` is that of the index, `asked` all that the answer depends on."""
    digest = hashlib.sha256(repr(asked).encode("utf-8", "backslashreplace")).hexdigest()
    return f"{what}:{version}:{digest}"
