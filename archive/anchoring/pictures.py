"""Finding an annotated image again: by its address, or by the text around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from archive.anchoring.selectors import Status
from archive.text import Picture

CONTEXT = 64  # code points stored on each side
ENOUGH_CONTEXT = 24  # code points: with less context, an image with a different address is not accepted
SAME_PLACE = 0.9  # minimum matching share of the context if the address changed
MARGIN = 0.1  # lead that the best of several images must have


@dataclass(frozen=True, slots=True)
class PictureSelector:
    """An image by its address, the text around it and, only to break ties, its position (code points before it)."""

    src: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class PictureAnchor:
    """Where an image is now. `anchored`: same address; `changed`: different address, same surroundings; `ambiguous` and
    `orphan`: not found with certainty."""

    picture: Picture | None
    status: Status
    score: float


def describe_picture(text: str, picture: Picture) -> PictureSelector:
    """The selector that finds this image again."""
    place = picture.place
    return PictureSelector(picture.src, text[max(0, place - CONTEXT) : place], text[place : place + CONTEXT], place)


def locate_picture(text: str, pictures: Sequence[Picture], selector: PictureSelector) -> PictureAnchor:
    """Find an image among those of an article with this text.

    The only image with its address is accepted anywhere; among several, the one with the best matching surroundings. If
    the address is gone, only an image with surely the same surroundings is accepted.
    """
    same = [picture for picture in pictures if picture.src == selector.src]
    if len(same) == 1:
        return PictureAnchor(same[0], "anchored", 1.0)
    ranking = sorted(
        ((_agreement(text, picture.place, selector), picture) for picture in same or pictures),
        key=lambda pair: (-pair[0], pair[1].place != selector.start),
    )
    if not ranking:
        return PictureAnchor(None, "orphan", 0.0)
    (score, best), *others = ranking
    if not same and (score < SAME_PLACE or len(f"{selector.prefix}{selector.suffix}".strip()) < ENOUGH_CONTEXT):
        return PictureAnchor(None, "orphan", score)
    is_alone = not others or score - others[0][0] >= MARGIN
    if is_alone or (same and best.place == selector.start != others[0][1].place):
        return PictureAnchor(best, "anchored" if same else "changed", score)
    return PictureAnchor(None, "ambiguous", score)


def _agreement(text: str, place: int, selector: PictureSelector) -> float:
    """The share (0 to 1) of the text around the image that matches the text around this position."""
    before = text[max(0, place - len(selector.prefix)) : place]
    behind = text[place : place + len(selector.suffix)]
    size = len(selector.prefix) + len(selector.suffix)
    if not size:
        return 0.0
    pairs = ((before, selector.prefix), (behind, selector.suffix))
    return sum(ratio(there, sought) * len(sought) for there, sought in pairs) / 100 / size
