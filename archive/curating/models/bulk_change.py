from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Verb(models.TextChoices):
    """What is done to each article."""

    TAG = "tag"
    UNTAG = "untag"
    STAR = "star"
    UNSTAR = "unstar"
    READ = "read"
    UNREAD = "unread"
    TRASH = "trash"
    RENAME_TAG = "rename_tag"
    RENAME_AUTHOR = "rename_author"
    RENAME_PUBLICATION = "rename_publication"


RENAMES = (Verb.RENAME_TAG, Verb.RENAME_AUTHOR, Verb.RENAME_PUBLICATION)


class Stage(models.TextChoices):
    """How far a bulk change is."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


class BulkChange(models.Model):
    """The same done to every article that a search found when a person asked for it, or to those selected in a list.

    `address` is the search, as the library's address has it after its question mark; empty for a selection. Of `total`
    articles `done` have been gone through and `changed` were not so already; undoing, `taken_back` of `done` have been
    gone through. For a name that is changed, `tags` are the old one and the new one, which is empty where the name is
    deleted.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulk_changes")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    tags = models.JSONField(default=list, blank=True)
    address = models.TextField(blank=True)
    is_selection = models.BooleanField(default=False)
    stage = models.CharField(max_length=7, choices=Stage.choices, default=Stage.DOING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    taken_back = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_key = models.UUIDField(null=True, blank=True, help_text="of the form that asked for it")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="bulk_change_counts", condition=Q(done__lte=F("total"), changed__lte=F("done"))
            ),
            models.UniqueConstraint(fields=["person", "sent_key"], name="one_bulk_change_of_a_sending"),
        ]

    def __str__(self) -> str:
        return f"bulk change {self.pk}"

    @property
    def title(self) -> str:
        """What it does, as its page is called."""
        if self.verb in RENAMES:
            old, new = self.tags
            noun = self.verb.removeprefix("rename_")
            return f"Rename {noun} “{old}” to “{new}”" if new else f"Delete {noun} “{old}”"
        tags = ", ".join(self.tags)
        words = {
            Verb.TAG: f"Add {tags}",
            Verb.UNTAG: f"Remove {tags}",
            Verb.STAR: "Star",
            Verb.UNSTAR: "Remove stars",
            Verb.READ: "Mark as read",
            Verb.UNREAD: "Mark as unread",
            Verb.TRASH: "Move to the trash",
        }
        return words[Verb(self.verb)]


class Portion(models.Model):
    """Some of the articles of a bulk change, worked off in one transaction. `record` is what was changed of them."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="portions")
    article_ids = models.JSONField()
    record = models.JSONField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{len(self.article_ids)} articles of change {self.change_id}"
