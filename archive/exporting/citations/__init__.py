"""References to articles, for people to copy and for bibliography programs: pure functions over a `Work`."""

from archive.exporting.citations.names import Name, split_name
from archive.exporting.citations.work import Kind, PartialDate, Work

__all__ = ["Kind", "Name", "PartialDate", "Work", "split_name"]
