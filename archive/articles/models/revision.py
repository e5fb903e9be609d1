from django.db import models

from archive.articles.models.original import OriginalField


class Revision(models.Model):
    """One imported state of an article.

    `original` is the file, byte for byte; everything else can be rebuilt from it. `text` equals the textContent a
    browser computes for the article's body, so offsets into it (Unicode code points) are valid there too.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    original = OriginalField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the original")
    path = models.TextField(help_text="below the import root")
    encoding = models.CharField(max_length=40)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    headings = models.JSONField(default=list, help_text="level, text and id of each, for the outline")
    kind = models.CharField(  # noqa: DJ001 - NULL, so that adding the column does not rewrite the largest table
        max_length=8,
        null=True,
        blank=True,
        help_text="what the original is, if not Markdown: a page or a fragment of HTML, or a record without text",
    )
    images = models.JSONField(
        default=dict,
        blank=True,
        help_text="the SHA-256 of the attachment each local image became, by its address in the file",
    )
    renderer_version = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    attachments = models.ManyToManyField("articles.Attachment", related_name="revisions", blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["content_hash"], name="revision_by_hash")]

    def __str__(self) -> str:
        return f"{self.path} ({self.content_hash[:12]})"
