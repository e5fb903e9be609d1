"""Finding what a person chose of an article: words or a picture of its text as it is now."""

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector, describe, locate
from archive.articles.models import Revision
from archive.text import Picture, pictures

LONGEST_QUOTE = 50_000  # code points


def place_words(revision: Revision, selector: Selector) -> Selector:
    """The words as they stand in the text, without white space at their ends. The quote is trusted, not the numbers.

    Raises Refused where they are not in the text, or not surely one place.
    """
    if len(selector.exact) > LONGEST_QUOTE:
        raise Refused(f"A passage can have {LONGEST_QUOTE:,} characters at most; this one has {len(selector.exact):,}.")
    if not selector.exact.strip():
        raise Refused("The passage is empty.")
    text = revision.text
    anchor = locate(text, selector)
    if anchor.start is None or anchor.end is None:
        raise Refused(
            "These words occur in several places; select a few more."
            if anchor.status == "ambiguous"
            else "These words are not in the article."
        )
    passage = text[anchor.start : anchor.end]
    start = anchor.start + len(passage) - len(passage.lstrip())
    return describe(text, start, start + len(passage.strip()))


def place_picture(revision: Revision, selector: PictureSelector) -> Picture:
    """The picture of this address; of several the one at this place. Raises Refused where it is not in the article."""
    same = [picture for picture in pictures(revision.html) if picture.src == selector.src]
    if not same:
        raise Refused("This picture is not in the article.")
    return next((picture for picture in same if picture.place == selector.start), same[0])
