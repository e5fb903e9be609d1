"""Finding what a person chose of an article: words or a picture of its text as it is now."""

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector, Selector, describe, locate
from archive.articles.models import Revision
from archive.text import Picture, pictures

LONGEST_QUOTE = 50_000  # code points
LONGEST_SHOWN = 300  # code points of a passage in a message


class PassageChanged(Refused):
    """The words were edited since the person chose them; `now` is the passage as it stands."""

    def __init__(self, now: Selector) -> None:
        shown = now.exact if len(now.exact) <= LONGEST_SHOWN else f"{now.exact[:LONGEST_SHOWN]}…"
        super().__init__(
            f"The article changed after you opened this page. The passage now reads “{shown}”. Nothing was saved: "
            "select the new words to use them."
        )
        self.now = now


def place_words(revision: Revision, selector: Selector) -> Selector:
    """The words as they stand in the text, without white space at their ends. The quote is trusted, not the numbers.

    Raises Refused where they are not in the text, or not surely one place, and PassageChanged where other words stand
    in their place: a person is asked before anything but what they chose is stored.
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
    """The picture of this address; of several the one at this place. Raises Refused where it is not in the article."""
    same = [picture for picture in pictures(revision.html) if picture.src == selector.src]
    if not same:
        raise Refused("This image is not in the article.")
    return next((picture for picture in same if picture.place == selector.start), same[0])
