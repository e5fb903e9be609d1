from django.db import models


class ImportedArticle(models.Model):
    """An article that a run added to the archive."""

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="+")
    run = models.ForeignKey("importing.ImportRun", on_delete=models.CASCADE, related_name="brought")

    def __str__(self) -> str:
        return f"article {self.article_id} of import {self.run_id}"
