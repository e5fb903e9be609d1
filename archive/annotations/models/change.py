from django.conf import settings
from django.db import models


class Change(models.Model):
    """One change to an annotation: the changed fields before and after. It can be undone for 30 days."""

    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.CASCADE, related_name="changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="annotation_changes")
    before = models.JSONField(null=True, help_text="nothing for a new annotation")
    after = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField(null=True, blank=True, help_text="what was sent to undo or redo it last")
    batch = models.UUIDField(null=True, blank=True, db_index=True, help_text="changes made in one go have the same")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["person", "sent_key"], name="one_change_replayed_by_a_sending")]

    def __str__(self) -> str:
        return f"change {self.pk} of annotation {self.annotation_id}"
