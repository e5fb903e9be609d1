from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format


class ImportRun(models.Model):
    """One run of the importer: what it was given, its progress, and the results.

    `total` and `done` count article files. Each ends up in one of created, updated, unchanged, moved, failed or
    skipped; skipped includes those in `ignored`. `missing` counts articles whose files an earlier run read below the
    same folders, and this one did not find.

    A run that fetches images counts articles in `done`; its other counts are of images, with unchanged for those
    already stored.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        FINISHED = "finished"
        INTERRUPTED = "interrupted"

    class Kind(models.TextChoices):
        FILES = "files"
        PICTURES = "pictures"

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.FILES, db_default=Kind.FILES)
    state = models.CharField(max_length=11, choices=State.choices, default=State.RUNNING)
    paths = models.JSONField(default=list, help_text="the files and folders it was given")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_path = models.TextField(blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    annotations = models.JSONField(
        default=dict, blank=True, help_text="carried over to new revisions: how many, by where they ended"
    )
    highlights = models.PositiveIntegerField(default=0, help_text="that the files brought")
    states = models.PositiveIntegerField(default=0, help_text="stars and reading states that exports brought")
    ignored = models.JSONField(default=dict, blank=True, help_text="skipped without being read: how many, by reason")
    ignored_paths = models.JSONField(default=dict, blank=True, help_text="which: the first of each reason")
    error = models.TextField(blank=True, help_text="what stopped the run, if anything did")

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"Import of {date_format(timezone.localtime(self.started_at), 'j F Y, H:i')}"

    @property
    def source(self) -> str:
        """What it was given, by which people tell runs apart: `clips.zip`, `clippings and 2 more`."""
        names = [PurePath(path).name or path for path in self.paths]
        if not names:
            return "Import"
        return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"

    @property
    def outcome(self) -> str:
        """The most important of its counts: `251 new`, `12 changed`, `nothing new`."""
        if self.is_of_images:
            return f"{self.created:,} fetched"
        for count, word in ((self.created, "new"), (self.updated, "changed"), (self.failed, "failed")):
            if count:
                return f"{count:,} {word}"
        return "nothing new"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_of_images(self) -> bool:
        return self.kind == self.Kind.PICTURES

    @property
    def is_waiting(self) -> bool:
        """Whether another import has to finish first."""
        return self.state == self.State.WAITING

    @property
    def percent(self) -> int:
        return 100 if not self.total else min(100, self.done * 100 // self.total)

    @property
    def seconds(self) -> float:
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()
