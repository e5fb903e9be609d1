"""Finds what a person selected, words or an image, in the article's current text."""

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector, describe, locate
from archive.articles.models import Revision
from archive.text import Picture, pictures

LONGEST_QUOTE = 50_000  # code points
LONGEST_SHOWN = 300  # code points of a passage quoted in a message


class PassageChanged(Refused):
    """The words changed after the person selected them. `now` is the passage as it reads now."""

    def __init__(self, now: Selector) -> None:
        shown = now.exact if len(now.exact) <= LONGEST_SHOWN else f"{now.exact[:LONGEST_SHOWN]}…"
        super().__init__(
            f"The article changed after you opened this page. The passage now reads “{shown}”. Nothing was saved: "
            "select the new words to use them."
        )
        self.now = now


def place_words(revision: Revision, selector: Selector) -> Selector:
    """The selected words as they are in the text, without white space at either end. The quote is trusted, not the
    offsets.

    Raises Refused if they are not in the text or their place is ambiguous, and PassageChanged if the text there now
    reads differently: nothing but what a person selected is stored without asking them.
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
    found = describe(text, start, start + len(passage.strip()))
    if found.exact.split() != selector.exact.split():
        raise PassageChanged(found)
    return found


def place_picture(revision: Revision, selector: PictureSelector) -> Picture:
    """The image with this address; if there are several, the one at this position. Raises Refused if it is not in the
    article."""
    same = [picture for picture in pictures(revision.html) if picture.src == selector.src]
    if not same:
        raise Refused("This image is not in the article.")
    return next((picture for picture in same if picture.place == selector.start), same[0])
