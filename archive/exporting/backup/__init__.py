"""Backing up the whole archive to one file, and restoring it."""

from archive.exporting.backup.bundle import Unusable
from archive.exporting.backup.restoring import restore
from archive.exporting.backup.writing import write_backup

__all__ = ["Unusable", "restore", "write_backup"]
