"""Problems found in a file, before they are stored as ImportProblem."""

import re
from dataclasses import dataclass

from archive.formats.frontmatter.keys import is_known

ERROR = "error"
WARNING = "warning"
NOTICE = "notice"


_ROW = re.compile(r"^(?:Row|Entry) [\d,]+: ")
# What differs between files with the same problem: names and words in quotation marks, addresses, numbers.
_OWN = re.compile(r"“([^”]*)”(?:; “[^”]*”)*(?: and \d+ more)?|(?:(?<=image at )|(?<=image ))\S*[./]\S*|\d[\d,.]*\b")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found in a file: the file, the line (from 1) if known, and a sentence for a person."""

    path: str
    line: int | None
    severity: str
    code: str
    message: str

    @property
    def gist(self) -> str:
        """The message without what differs between files, except for the names of well-known keys: of a hundred files,
        it may be the titles that were repaired."""
        return _OWN.sub(lambda own: own[0] if own[1] and is_known(own[1]) else "…", _ROW.sub("", self.message))

    def __str__(self) -> str:
        path = self.path if self.path.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in self.path)
        return f"{path}:{self.line}: {self.message}" if self.line else f"{path}: {self.message}"
