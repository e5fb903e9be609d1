"""Recognises files that contain highlights of another text rather than the text itself."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

# By Readwise for Obsidian and Logseq; by Kindle; by Logseq for a PDF document.
_BY_READWISE = re.compile(
    r"^[ \t]*-?[ \t]*#{1,6}[ \t]+(?:(?:new )?highlights (?:first synced|added) (?:by|on)|highlights[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_READWISE_LINK = re.compile(r"\[view highlight\]\(|https?://(?:read\.)?readwise\.io/|\[\[readwise\]\]", re.IGNORECASE)
_BY_KINDLE = re.compile(r"\A[^\n]+\n- [^\n]+\n\n(?:[^\n]*\n){1,200}?==========\n")
_BY_LOGSEQ = re.compile(r"^[ \t]*(?:- )?(?:hl-page|ls-type|hl-color)::", re.MULTILINE)


def holds_highlights(body: str, path: str) -> bool:
    """Whether a file only contains passages of another text, as Readwise, Logseq and Kindle write them."""
    if PurePosixPath(path).name.startswith("hls__") or ("::" in body and _BY_LOGSEQ.search(body)):
        return True
    if _BY_KINDLE.match(body):
        return True
    return bool("ighlight" in body and _READWISE_LINK.search(body) and _BY_READWISE.search(body))
