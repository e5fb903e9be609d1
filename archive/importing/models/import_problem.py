from django.db import models

from archive.importing import problems


class Severity(models.TextChoices):
    """An error kept a file out. A warning says what was mended or lost; a notice only tells."""

    ERROR = problems.ERROR
    WARNING = problems.WARNING
    NOTICE = problems.NOTICE


class ImportProblem(models.Model):
    """One thing an import run found in a file: where, what was wrong, and what was done about it."""

    run = models.ForeignKey("importing.ImportRun", on_delete=models.CASCADE, related_name="problems")
    path = models.TextField()
    line = models.PositiveIntegerField(null=True, blank=True)
    severity = models.CharField(max_length=7, choices=Severity.choices)
    code = models.CharField(max_length=40)
    message = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"
