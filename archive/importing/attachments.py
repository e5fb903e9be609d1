"""The images of articles as attachments: a row for each image, and the revisions that show it."""

import os
from collections.abc import Sequence
from pathlib import Path

from archive.articles.models import Attachment, Revision
from archive.articles.turns import in_portions
from archive.importing.pictures import Picture

ASKED_AT_ONCE = 500


def attach(shown: Sequence[tuple[int, Sequence[Picture]]]) -> None:
    """Record which images revisions show, by revision id. The image files are already stored."""
    pictures = {picture.sha256: picture for _, several in shown for picture in several}
    ids = dict(Attachment.objects.filter(sha256__in=pictures).values_list("sha256", "pk"))
    made = Attachment.objects.bulk_create(
        Attachment(sha256=sha256, media_type=picture.media_type, size=picture.size, file=picture.file_name)
        for sha256, picture in pictures.items()
        if sha256 not in ids
    )
    ids.update((attachment.sha256, attachment.pk) for attachment in made)
    showing = Revision.attachments.through
    showing.objects.bulk_create(
        (
            showing(revision_id=revision, attachment_id=ids[picture.sha256])
            for revision, several in shown
            for picture in several
        ),
        ignore_conflicts=True,
    )


def without_picture(data_dir: Path) -> set[int]:
    """The ids of revisions that show an image whose file is missing or has the wrong size."""
    there = _sizes(data_dir / "attachments")
    attachments = Attachment.objects.values_list("pk", "sha256", "size").order_by()
    gone = [pk for pk, sha256, size in attachments.iterator() if there.get(sha256) != size]
    showing = Revision.attachments.through.objects
    return {
        revision
        for some in in_portions(gone, ASKED_AT_ONCE)
        for revision in showing.filter(attachment__in=some).values_list("revision_id", flat=True)
    }


def _sizes(folder: Path) -> dict[str, int]:
    """The sizes of all stored images in bytes, by SHA-256."""
    sizes: dict[str, int] = {}
    if folder.is_dir():
        for part in os.scandir(folder):
            if part.is_dir():
                sizes.update((file.name.partition(".")[0], file.stat().st_size) for file in os.scandir(part.path))
    return sizes
