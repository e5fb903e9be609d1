"""Carrying annotations over to a new revision of their article."""

from collections import Counter
from itertools import groupby

from archive.anchoring import locate_picture, reanchor
from archive.annotations.models import Annotation, Motivation
from archive.articles.models import Article, Revision
from archive.text import pictures

FIELDS = ("anchored_on", "start", "end", "image_now", "status", "score", "candidates")


def carry_over(article: Article, revision: Revision) -> Counter[str]:
    """Find every annotated passage of the article in a new revision. Returns the number of annotations by status.

    Call it in the transaction that makes the revision current. Each passage is looked up from the latest revision in
    which it was found, so a lost one comes back when its words do. Trashed annotations are carried over too.
    """
    quoted = (
        Annotation.objects.filter(article=article)
        .exclude(start=None)
        .exclude(motivation=Motivation.BOOKMARKING)
        .exclude(anchored_on=revision)
        .exclude(anchored_on__text="")  # imported before the text was: `imported.find_imported` handles these
        .order_by("anchored_on_id", "id")
    )
    counts: Counter[str] = Counter()
    for anchored_on, group in groupby(
        list(quoted.select_for_update()), key=lambda annotation: annotation.anchored_on_id
    ):
        old_text = Revision.objects.values_list("text", flat=True).get(pk=anchored_on)
        counts += _move(list(group), old_text, revision)
    return counts


def follow_text(revision: Revision, old_text: str) -> Counter[str]:
    """Find the passages of a revision whose text was re-rendered. Returns the number of annotations by status."""
    there = Annotation.objects.filter(anchored_on=revision).exclude(start=None).select_for_update().order_by("id")
    return _move(list(there), old_text, revision) if old_text != revision.text else Counter()


def follow_article(annotation: Annotation) -> None:
    """Find the passage of one annotation whose earlier state was restored in the article's current text.

    Does not save.
    """
    revision = annotation.article.revision
    if revision is None or annotation.anchored_on_id == revision.pk:
        return
    if annotation.has_passage and annotation.motivation != Motivation.BOOKMARKING:
        _find([annotation], annotation.anchored_on.text, revision)


def _move(annotations: list[Annotation], old_text: str, revision: Revision) -> Counter[str]:
    _find(annotations, old_text, revision)
    Annotation.objects.bulk_update(annotations, FIELDS, batch_size=500)
    return Counter(annotation.status for annotation in annotations)


def _find(annotations: list[Annotation], old_text: str, revision: Revision) -> None:
    words = [annotation for annotation in annotations if annotation.exact]
    anchors = reanchor(old_text, revision.text, [annotation.selector for annotation in words])
    for annotation, anchor in zip(words, anchors, strict=True):
        if anchor.start is not None:
            annotation.anchored_on = revision
            annotation.start, annotation.end = anchor.start, anchor.end
        annotation.status, annotation.score = anchor.status, anchor.score
        annotation.candidates = [[place.start, place.end, round(place.score, 3)] for place in anchor.candidates]
    _find_pictures([annotation for annotation in annotations if annotation.image], revision)


def _find_pictures(annotations: list[Annotation], revision: Revision) -> None:
    there = pictures(revision.html) if annotations else []
    for annotation in annotations:
        anchor = locate_picture(revision.text, there, annotation.picture_selector)
        if anchor.picture is not None:
            annotation.anchored_on, annotation.start = revision, anchor.picture.place
            annotation.image_now = anchor.picture.src
        annotation.status, annotation.score = anchor.status, anchor.score
