"""Checks that threads do not see each other's texts: `python -m bench.threads`.

Eight threads render different notes 20,000 times, at the shortest switch interval; and two people, each with private
notes on the same articles, fetch 500 pages at once from gunicorn as configured. Nobody may see another person's words.
"""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from archive.text import render
from bench.serving import PORT
from bench.two_people import PEOPLE, pages

WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")  # a thread each
RENDERS = 20_000
PAGES = 500

# What a renderer has to remember while it reads: references, notes, headings, unclosed HTML, code, limits it met.
# {1} is a nesting that is too deep, in every other thread.
NOTES = {
    "references": "See [{0}][r].[^n]\n\n[r]: https://{0}.example/\n\n[^n]: {0} words",
    "headings": "# {0}\n\n## {0}\n\n## {0}\n\n[back](#{0}) ![{0}]({0}.png) ==marked {0}==",
    "html": "<div><b>{0} <table><tr><td>{0}<td><i>{0}</table> <p title='{0}'>{0} <ruby>{0}<rt>{0}",
    "code": "```python\ndef {0}(): return '''{0}''' # {0}\n```\n\n```haxe\n#if {0}\nclass {0} {{}}\n#end\n```",
    "limits": "{1}{0}\n\n| {0} | b |\n|---|---|\n| {0} | $`{0}`$ |\n\n- [x] {0} $$\\frac{{{0}}}{{2}}$$",
}


def foreign_renders(note: str, rounds: int) -> int:
    """How many of the renders of this note, `rounds` in each of eight threads, were not as if rendered alone."""

    def work(number: int) -> int:
        return sum(render(sources[number]) != alone[number] for _ in range(rounds))

    sources = [note.format(word, ">" * 120 if number % 2 else "") for number, word in enumerate(WORDS)]
    alone = [render(source) for source in sources]
    for word, document in zip(WORDS, alone, strict=True):
        assert word in document.html and not any(other in document.html for other in WORDS if other != word)
    with _switching_often(), ThreadPoolExecutor(len(WORDS)) as threads:
        return sum(threads.map(work, range(len(WORDS))))


@contextmanager
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # seconds
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def main() -> None:
    rounds = RENDERS // len(WORDS) // len(NOTES)
    foreign = {name: foreign_renders(note, rounds) for name, note in NOTES.items()}
    print(f"{RENDERS} renders in {len(WORDS)} threads, not as if alone: {foreign}")
    with tempfile.TemporaryDirectory() as folder:
        fetched, wrong = pages(Path(folder), PAGES // len(PEOPLE), PORT)
    print(f"{fetched} pages of {len(PEOPLE)} people, wrong: {len(wrong)}", *sorted(wrong)[:5], sep="\n")
    if any(foreign.values()) or wrong:
        raise SystemExit("Somebody saw a foreign word.")


if __name__ == "__main__":
    main()
