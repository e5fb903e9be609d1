"""A position in a line, counted in columns, with tabs expanded as far as necessary."""

import re

_WHITE = re.compile(r"[ \t]*")
_TAB = 4


class Cursor:
    """The current position in a line. There is no tab before `at`, so it is a column as well."""

    def __init__(self) -> None:
        self.line = ""
        self.at = 0
        self.text_at = 0  # position of the next character that is not white space
        self.indent = 0  # columns between the two

    def start(self, line: str) -> None:
        """Go to the start of a new line."""
        self.line, self.at = line, 0

    @property
    def is_blank(self) -> bool:
        """Whether only white space is left; known after `look`."""
        return self.text_at >= len(self.line)

    @property
    def rest(self) -> str:
        """The line from here on."""
        return self.line[self.at :]

    def look(self) -> None:
        """Find the next character that is not white space, and its distance in columns."""
        match = _WHITE.match(self.line, self.at)
        self.text_at = end = match.end() if match else self.at
        white = self.line[self.at : end]
        if "\t" not in white:
            self.indent = end - self.at
            return
        column = self.at
        for character in white:
            column += _TAB - column % _TAB if character == "\t" else 1
        self.indent = column - self.at

    def skip(self, columns: int) -> None:
        """Skip this many columns of white space or markers; only the needed part of a tab is skipped."""
        if "\t" not in self.line[self.at : self.at + columns]:
            self.at += columns
            return
        for _ in range(columns):
            if self.line.startswith("\t", self.at):
                width = _TAB - self.at % _TAB
                self.line = self.line[: self.at] + " " * width + self.line[self.at + 1 :]
            self.at += 1
