"""Text marked in a file (`==like this==`) becomes highlights. See docs/decisions/annotations-marks-in-files.md."""

from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser

from archive.anchoring import describe
from archive.annotations.models import Annotation, Motivation, Status, Visibility
from archive.annotations.models.annotation import LOST
from archive.annotations.placing import LONGEST_QUOTE
from archive.articles.models import Revision

LONGEST_CONTEXT = 4_000  # code points on each side: for words that repeat endlessly, more would not help
LIKELY = 0.5  # the lowest score at which a lost highlight may have moved to a place

Range = tuple[int, int]


def take_in(by: AbstractBaseUser, revision: Revision, marked: Collection[Range]) -> int:
    """Create highlights for the marked ranges (code points) of an article's current revision. Returns the number of new
    ones.

    Call it in the transaction that makes the revision current, after `carry_over`. Text already covered by a highlight
    from the file, even one that was changed or trashed, gets no second one.
    """
    if not marked:
        return 0
    there = list(Annotation.objects.filter(article=revision.article_id).exclude(end=None).order_by("id"))
    lost = [each for each in there if each.imported and each.status in LOST]
    new = []
    for place in marked:
        if place[1] - place[0] > LONGEST_QUOTE or any(_is_taken(by, each, revision, place) for each in there):
            continue
        moved = next((each for each in lost if _may_be_at(each, place)), None)
        if moved is None:
            new.append(_highlight(by, revision, *place))
        else:
            lost.remove(moved)
            _put(moved, revision, *place)
    Annotation.objects.bulk_create(new, batch_size=500)
    return len(new)


def _is_taken(by: AbstractBaseUser, annotation: Annotation, revision: Revision, place: Range) -> bool:
    """Whether the annotation already covers this mark: it comes from the same mark, or someone made it on exactly these
    words and `by` can see it. A missing highlight must not reveal what others keep private."""
    if annotation.anchored_on_id != revision.pk or annotation.start is None or annotation.end is None:
        return False
    if annotation.imported:
        return annotation.start < place[1] and place[0] < annotation.end
    is_seen = annotation.owner_id == by.pk or annotation.visibility == Visibility.SHARED
    return is_seen and annotation.trashed_at is None and (annotation.start, annotation.end) == place


def _may_be_at(annotation: Annotation, place: Range) -> bool:
    candidates = annotation.candidates
    return any(score >= LIKELY and start < place[1] and place[0] < end for start, end, score in candidates)


def _put(annotation: Annotation, revision: Revision, start: int, end: int) -> None:
    """Move a highlight whose marked words were rewritten to where the file marks them now."""
    annotation.anchored_on, annotation.start, annotation.end = revision, start, end
    annotation.status, annotation.score, annotation.candidates = Status.CHANGED, 1.0, []
    annotation.save(update_fields=["anchored_on", "start", "end", "status", "score", "candidates"])


def _highlight(by: AbstractBaseUser, revision: Revision, start: int, end: int) -> Annotation:
    selector = describe(revision.text, start, end)
    return Annotation(
        article_id=revision.article_id,
        revision=revision,
        anchored_on=revision,
        owner_id=by.pk,
        motivation=Motivation.HIGHLIGHTING,
        visibility=Visibility.SHARED,
        exact=selector.exact,
        prefix=selector.prefix[-LONGEST_CONTEXT:],
        suffix=selector.suffix[:LONGEST_CONTEXT],
        start=start,
        end=end,
        imported=True,
    )
