from django.db import models


class ImportedMark(models.Model):
    """A highlight or note from another program that became an annotation, or matched one.

    `key` is a hash of its content (see `annotations.imported`), by which it is recognised when it is imported again,
    whatever the person has done with the annotation since.
    """

    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.CASCADE, related_name="imported_marks")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annotation", "key"], name="one_imported_mark_per_key")]

    def __str__(self) -> str:
        return f"imported mark of annotation {self.annotation_id}"
