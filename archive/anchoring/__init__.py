"""Finding a quoted passage again, in the same text or a later version of it. Pure Python, no Django.

All offsets are Unicode code points. The most important rule: better no place than the wrong words.
"""

from archive.anchoring.describing import describe
from archive.anchoring.locating import locate
from archive.anchoring.pictures import PictureSelector, describe_picture, locate_picture
from archive.anchoring.reanchoring import reanchor
from archive.anchoring.selectors import Anchor, Candidate, Selector, Status

__all__ = [
    "Anchor",
    "Candidate",
    "PictureSelector",
    "Selector",
    "Status",
    "describe",
    "describe_picture",
    "locate",
    "locate_picture",
    "reanchor",
]
