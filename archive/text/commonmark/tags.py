"""Which tags in a text are HTML, and which only look like it."""

import re

from archive.text.commonmark.markers import BLOCK_TAGS, CLOSE_TAG
from archive.text.names import names

HTML = BLOCK_TAGS | names(
    "a abbr acronym applet area audio b bdi bdo big blink br button canvas cite code data datalist del dfn em embed "
    "font hgroup i img input ins kbd label map mark marquee math meta meter nobr noembed noscript object optgroup "
    "output picture plaintext pre progress q rb rp rt rtc ruby s samp script select slot small source span strike "
    "strong style sub sup svg template textarea time tt u var video wbr xmp"
)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_CLOSE_TAG = re.compile(CLOSE_TAG)


def closed_names(text: str) -> frozenset[str]:
    """The names of the tags that a text closes, in lower case."""
    return frozenset(map(_name, _CLOSE_TAG.findall(text))) if "</" in text else frozenset()


def is_made_up(tag: str, closed: frozenset[str]) -> bool:
    """Whether the tag is text, e.g. `List<T>`: not HTML, without attributes, and not closed anywhere in the text."""
    if tag[1] == "/" or tag[-2] == "/" or "=" in tag:
        return False
    name = _name(tag)
    return name not in HTML and name not in closed


def _name(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1].lower() if match else ""
