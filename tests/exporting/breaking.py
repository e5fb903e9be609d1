"""Runs that end in the middle."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def broken_off(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """Within it, KeyboardInterrupt is raised, and goes no further, where a file is to take its name after so many."""
    replace, left = os.replace, after

    def failing(source: Path, target: Path | str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        with suppress(KeyboardInterrupt):
            yield
