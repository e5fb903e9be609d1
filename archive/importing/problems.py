"""What there is to say about a file, before it is kept as an ImportProblem."""

from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found in a file: the file, its line (from 1) where one is to blame, and a sentence for a person."""

    path: str
    line: int | None
    severity: str
    code: str
    message: str

    def __str__(self) -> str:
        path = self.path if self.path.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in self.path)
        return f"{path}:{self.line}: {self.message}" if self.line else f"{path}: {self.message}"
