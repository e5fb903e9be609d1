from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import models

from archive.importing import problems

if TYPE_CHECKING:
    from archive.articles.models import Article
    from archive.importing.models.import_run import ImportRun


class Severity(models.TextChoices):
    """An error kept a file out. A warning says what was repaired or lost; a notice is information only."""

    ERROR = problems.ERROR
    WARNING = problems.WARNING
    NOTICE = problems.NOTICE


class ImportProblem(models.Model):
    """Something an import run found in a file: where, what was wrong, and what was done about it."""

    run = models.ForeignKey("importing.ImportRun", on_delete=models.CASCADE, related_name="problems")
    path = models.TextField()
    line = models.PositiveIntegerField(null=True, blank=True)
    severity = models.CharField(max_length=7, choices=Severity.choices)
    code = models.CharField(max_length=40)
    message = models.TextField()
    gist = models.TextField(blank=True, help_text="what the messages of its kind have in common")
    article = models.ForeignKey(
        "articles.Article",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="what the file became",
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"

    @classmethod
    def of(cls, run: ImportRun, problem: problems.Problem, article: Article | None = None) -> ImportProblem:
        """An unsaved problem of a run, with the article that the file became, if it was imported."""
        return cls(run=run, article=article, gist=problem.gist, **asdict(problem))
