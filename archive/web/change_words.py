"""Describes a change to an annotation in words, for its history and for undo messages."""

from archive.annotations.models import Change, Motivation, Visibility
from archive.web.colours import Swatch
from archive.web.templatetags.notes import cut

LONGEST_QUOTE = 40  # characters


def said(change: Change, swatches: list[Swatch]) -> str:
    """What a change did, without a final full stop; several things are separated by semicolons."""
    before, after = change.before, change.after
    if before is None:
        return "Made"
    done = []
    if "note" in after:
        verb = "changed" if before["note"] and after["note"] else "written" if after["note"] else "removed"
        done.append(f"note {verb}")
    if "colour" in after:
        colours = {swatch.colour: str(swatch) for swatch in swatches}
        done.append(f"colour from {colours[before['colour']]} to {colours[after['colour']]}")
    if added := sorted(set(after.get("tags", ())) - set(before.get("tags", ()))):
        done.append(f"tags added: {', '.join(added)}")
    if removed := sorted(set(before.get("tags", ())) - set(after.get("tags", ()))):
        done.append(f"tags removed: {', '.join(removed)}")
    if "visibility" in after:
        done.append("shared" if after["visibility"] == Visibility.SHARED else "made private")
    if "trashed_at" in after:
        done.append("moved to trash" if after["trashed_at"] else "restored")
    if after.get("motivation") == Motivation.BOOKMARKING:
        done.append("saved as a note on the article")
    elif "exact" in after:
        done.append(f"resized from “{_short(before['exact'])}” to “{_short(after['exact'])}”")
    elif "status" in after:
        done.append("attached to another place")
    words = "; ".join(done)
    return words[:1].upper() + words[1:]


def said_of(change: Change, swatches: list[Swatch], count: int) -> str:
    """The same for a change whose annotation is not in view, as one of `count` changes made together."""
    annotation = change.annotation
    quote = f"“{_short(annotation.label)}”"
    if change.before is None:
        kinds = {Motivation.HIGHLIGHTING: "highlight", Motivation.REPLYING: "reply"}
        return f"new {kinds.get(Motivation(annotation.motivation), 'note')} {quote}"
    what = said(change, swatches)
    what = what[:1].lower() + what[1:]
    if count > 1:
        return f"{what}, {count:,} notes"
    return what if "exact" in change.after else f"{what} ({quote})"


def _short(text: str) -> str:
    return cut(" ".join(text.split()), LONGEST_QUOTE)
