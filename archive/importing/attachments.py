"""The pictures of articles as attachments: a row for each picture, and which revisions show it."""

from collections.abc import Sequence

from archive.articles.models import Attachment, Revision
from archive.importing.pictures import Picture


def attach(shown: Sequence[tuple[int, Sequence[Picture]]]) -> None:
    """Say of revisions, by id, which pictures they show. The pictures' files are kept already."""
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
