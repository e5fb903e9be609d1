from django.db import models


class ImportedMark(models.Model):
    """What another program said of a passage or an article that became an annotation, or was one already.

    `key` is a hash of its words (`annotations.imported`): by it the same is known when it is imported again, whatever
    the person has made of the annotation meanwhile.
    """

    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.CASCADE, related_name="imported_marks")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annotation", "key"], name="one_imported_mark_per_key")]

    def __str__(self) -> str:
        return f"imported mark of annotation {self.annotation_id}"
