"""Importing what `export_archive` wrote: docs/archive-format.md."""

from archive.importing.own_export.reading import count_records, is_own_export, take_in

__all__ = ["count_records", "is_own_export", "take_in"]
