"""Articles about made-up topics, for `bench.relevance`: how much each is about one is known from how it is made.

All are generated articles (`bench.archive`) into which the words of a topic are planted, written as Markdown files. The
path of a file says what it was made to be, `12/dense-3.md`.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from bench.archive import Generated, articles

GRADES = {"about": 3, "dense": 2, "digest": 1, "passing": 1, "others": 1, "apart": 0}
WORDS, TAGS, AUTHORS = 200, 50, 200  # of the articles: mean length; of all: how many there are
DENSE = (0.012, 0.03)  # of the words of a text that is about something
_UNSPACED = ("zh", "ja")


@dataclass(frozen=True)
class Topic:
    """What is planted, how often, and how it is searched for."""

    number: int
    text: str
    words: list[str]
    language: str
    author: str
    counts: dict[str, int]

    @classmethod
    def read(cls, number: int, told: Mapping[str, Any]) -> "Topic":
        counts = {kind: told[kind] for kind in GRADES if kind in told}
        return cls(number, told["text"], told["words"], told.get("language", "en"), told.get("author", ""), counts)

    def grades(self) -> dict[str, int]:
        """The grade of each of its articles, by the path of the file."""
        return {path: GRADES[kind] for kind, path in self.files()}

    def files(self) -> Iterator[tuple[str, str]]:
        """What each article is made to be, and the path of its file."""
        for kind, count in self.counts.items():
            yield from ((kind, f"{self.number}/{kind}-{place}.md") for place in range(count))


def write(topics: list[Topic], folder: Path, seed: int = 1) -> int:
    """Write the articles of these topics below the folder, and about as many that have none. Returns how many."""
    chance = random.Random(seed)
    wanted: dict[str, list[tuple[Topic, str, str]]] = defaultdict(list)
    for topic in topics:
        wanted[topic.language] += [(topic, kind, path) for kind, path in topic.files()]
    for files in wanted.values():
        chance.shuffle(files)
    most = sum(map(len, wanted.values())) * 20  # as rare as a language is
    for number, made in enumerate(articles(most, words=WORDS, tags=TAGS, authors=AUTHORS, seed=seed)):
        path, author = f"background/{number}.md", ""
        if files := wanted[made.language]:
            topic, kind, path = files.pop()
            made, author = _planted(chance, made, topic, kind), "" if kind == "others" else topic.author
        elif not any(wanted.values()):
            return number
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_file(made, author))
    raise ValueError("There are too few articles in a language of the topics.")


def _planted(chance: random.Random, made: Generated, topic: Topic, kind: str) -> Generated:
    """This article, made to be as much about the topic as that."""

    def plant(text: str, times: int, words: list[str] = topic.words) -> str:
        for _ in range(times):
            text = _insert(chance, text, chance.choice(words), made.language)
        return text

    times = max(3, int(made.word_count * chance.uniform(*DENSE))) if kind in ("about", "dense", "others") else 1
    if kind == "apart":
        text = made.text
        for word in topic.words[0].split():
            text = plant(text, 1, [word])
    else:
        text = plant(made.text, times)
    if kind == "others":
        text = plant(text, 1, [topic.author.split()[-1]])
    in_title, in_description = kind in ("about", "digest", "others"), kind in ("about", "others")
    return replace(
        made,
        title=plant(made.title, int(in_title)),
        description=plant(made.description, int(in_description)),
        text=text,
    )


def _insert(chance: random.Random, text: str, words: str, language: str) -> str:
    """The text with these words in a place of it."""
    if language in _UNSPACED:
        place = chance.randrange(len(text))
        return f"{text[:place]}{words}{text[place:]}"
    tokens = text.split(" ")
    tokens.insert(chance.randrange(len(tokens)), words)
    return " ".join(tokens)


def _file(made: Generated, author: str) -> str:
    """The article as a clipper writes it."""
    authors = [author] if author else [f"Author Name{number}" for number in made.authors]
    fields = chain(
        [f'title: "{made.title}"', f'description: "{made.description}"', f"language: {made.language}"],
        [f"published: {made.published}"] if made.published else [],
        map("author: {}".format, [", ".join(authors)] if authors else []),
        ["tags:"] if made.tags else [],
        map("  - topic {}".format, made.tags),
    )
    header = "\n".join(fields)
    paragraphs = made.text.replace("\n", "\n\n")
    return f"---\n{header}\n---\n\n{paragraphs}\n"
