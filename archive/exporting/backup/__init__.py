"""The whole archive in one file, and back."""

from archive.exporting.backup.bundle import Unusable
from archive.exporting.backup.restoring import restore
from archive.exporting.backup.writing import write_backup

__all__ = ["Unusable", "restore", "write_backup"]
