"""Threads that run at the same time do not see each other's texts. `python -m bench.threads` searches longer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.text import paint
from archive.text.paint import Span
from bench.threads import NOTES, WORDS, foreign_renders


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_rendered_as_if_alone(name):
    assert foreign_renders(NOTES[name], rounds=40) == 0


def test_a_passage_is_painted_as_if_alone():
    def work(word: str) -> set[str]:
        html = f"<p>{word} and <b>{word}</b> and {word}</p>"
        return {paint(html, [Span(0, 12, (word,), (word,)), Span(6, 20, (f"{word}-2",))]) for _ in range(100)}

    with ThreadPoolExecutor(len(WORDS)) as threads:
        for word, painted in zip(WORDS, threads.map(work, WORDS), strict=True):
            assert len(painted) == 1
            assert not any(other in html for html in painted for other in WORDS if other != word)
