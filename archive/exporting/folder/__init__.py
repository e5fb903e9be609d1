"""The archive as a folder of plain files: docs/archive-format.md."""

from archive.exporting.folder.target import CannotExport, Outcome
from archive.exporting.folder.writing import export_folder

__all__ = ["CannotExport", "Outcome", "export_folder"]
