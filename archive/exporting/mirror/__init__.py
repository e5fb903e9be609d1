"""A person's notes as a folder of Markdown files that they can also edit: docs/notes-folder.md."""

from archive.exporting.mirror.writing import CannotMirror, Outcome, mirror_notes

__all__ = ["CannotMirror", "Outcome", "mirror_notes"]
