"""How long a text is, in words."""

import re

# Chinese and Japanese have no spaces between words, so each character counts as one word.
_CHARACTER = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def count_words(text: str) -> int:
    """Words as parted by white space; Chinese and Japanese by character."""
    if text.isascii() or _CHARACTER.search(text) is None:
        return len(text.split())
    spaced, characters = _CHARACTER.subn(" ", text)
    return characters + len(spaced.split())
