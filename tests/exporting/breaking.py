"""Runs that end in the middle."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def broken_off(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """Within it, KeyboardInterrupt is raised, and goes no further, where a file is to take its name after so many."""
    replace, left = Path.replace, after

    def failing(self: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with suppress(KeyboardInterrupt):
            yield
