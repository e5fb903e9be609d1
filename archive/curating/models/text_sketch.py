from django.db import models


def _key() -> "models.IntegerField[int | None, int | None]":
    return models.IntegerField(null=True, db_index=True)


class TextSketch(models.Model):
    """What articles that may be doubles of one are found by: their sketches have a key in common.

    A key is a hash of 32 bits: of the title, of the address without `www.` and its like, and one for each band of the
    text's MinHash signature (`archive.curating.doubles.sketch`). `minima` is the signature, a byte a place, from which
    likeness is estimated. Made anew where `revision` is not the article's current one.
    """

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="text_sketch"
    )
    revision = models.ForeignKey("articles.Revision", on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveSmallIntegerField()
    is_compared = models.BooleanField(default=False, help_text="whether its doubles were looked for")
    minima = models.BinaryField()
    title = _key()
    address = _key()
    band_0 = _key()
    band_1 = _key()
    band_2 = _key()
    band_3 = _key()
    band_4 = _key()
    band_5 = _key()
    band_6 = _key()
    band_7 = _key()
    band_8 = _key()
    band_9 = _key()
    band_10 = _key()
    band_11 = _key()
    band_12 = _key()
    band_13 = _key()
    band_14 = _key()
    band_15 = _key()

    class Meta:
        verbose_name_plural = "text sketches"
        indexes = [
            models.Index(fields=["article"], name="sketch_to_compare", condition=models.Q(is_compared=False)),
        ]

    def __str__(self) -> str:
        return f"sketch of article {self.article_id}"
