"""What the index keeps in tables of its own. All of it is derived and can be made again."""

from django.db import models


class Document(models.Model):
    """An article as the index knows it. Those in the trash have none.

    The order of `position` is that of publication (see `documents.position`), so newest first needs no sorting. The
    rest is what was indexed, as written: the index needs it to take a document out again. `facets` has a line for each
    label that is counted, its kind in the first letter (see `labels`). Documents are replaced, never changed.
    """

    position = models.BigAutoField(primary_key=True)
    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="document")
    revision = models.ForeignKey("articles.Revision", null=True, on_delete=models.CASCADE, related_name="+")
    facets = models.TextField()
    clipped = models.PositiveIntegerField(help_text="days since the year 1; 0 if not known")
    word_count = models.PositiveIntegerField()
    title_key = models.CharField(max_length=100, help_text="what the title sorts by")
    title = models.TextField()
    description = models.TextField(blank=True)
    host = models.TextField(blank=True)
    language = models.TextField(blank=True)
    path = models.TextField(blank=True)
    has_images = models.BooleanField()
    personal = models.TextField(blank=True, default="", help_text="what readers keep of it, as tokens: see `personal`")

    class Meta:
        ordering = ["-position"]
        indexes = [
            models.Index(fields=["clipped", "position"], name="document_by_clipped"),
            models.Index(fields=["title_key", "position"], name="document_by_title"),
            models.Index(fields=["word_count", "position"], name="document_by_length"),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that occurs in the archive, with its English stem, through which a word of a query finds its forms."""

    word = models.CharField(max_length=30, primary_key=True)
    stem = models.CharField(max_length=30, db_index=True)

    def __str__(self) -> str:
        return self.word


class Label(models.Model):
    """A label that is counted (see `labels`), as written, and how many documents have it.

    A writer adds the row; the database's triggers keep the number. Labels that count as one share their token.
    """

    line = models.CharField(max_length=256, primary_key=True, help_text="as in the facets of a document")
    kind = models.CharField(max_length=1, help_text="that of its token: a tag's, also where it stands above a tag")
    token = models.TextField(db_index=True)
    above = models.TextField(blank=True, help_text="the token of the tag above")
    words = models.TextField(help_text="prepared, a space before each")
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "above", "documents"], name="label_by_documents")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label as written."""
        return self.line[1:]


class StaleArticle(models.Model):
    """An article that changed since it was indexed. The database's triggers add these, `index.refresh` removes them."""

    article_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.article_id)


class State(models.Model):
    """The one row that says how many documents there are, and which state of the index this is.

    `version` is drawn anew at every change instead of counted up, so that a state that was rolled back is never taken
    for the one that came in its place.
    """

    version = models.BigIntegerField()
    documents = models.PositiveIntegerField()
    rebuilt_to = models.BigIntegerField(null=True, help_text="position that a rebuild has reached; null: none goes on")

    def __str__(self) -> str:
        return f"{self.documents} documents"

    @classmethod
    def current_version(cls) -> int | None:
        """Another number as soon as a search might find something else. None: there is no index yet."""
        return cls.objects.values_list("version", flat=True).first()
