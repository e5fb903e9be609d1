"""Write clippings as people have them, for measuring: `python -m bench.files 2000 FOLDER`.

Bodies are around 6 KB: paragraphs with links and emphasis, headings, lists, quotes, now and then code or a table, in
several languages. The same number always makes the same files.
"""

import argparse
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.vocabulary import Language, languages

FIRST_DAY = date(2006, 1, 1)
DAYS = 7_300
HOSTS = ["harbourpost", "northwind", "tidewater", "quietpress", "fieldnotes", "lanternweekly", "saltmarsh"]
TAGS = ["craft/bread", "craft/paper", "sea", "sea/tides", "history", "history/maps", "cities", "energy", "law", "sleep"]
NAMES = [
    "Ida Brandt",
    "Marek Nowak",
    "Olena Koval",
    "Jun Tanaka",
    "Amal Haddad",
    "Rosa Vidal",
    "Tom Ashby",
    "Lena Vogt",
]

OBSIDIAN = """\
title: "{title}"
source: "{url}"
author:
  - "[[{author}]]"
published: {day}
created: {day}
tags:
  - "clippings"
{tag_lines}"""
HUGO = """\
title: {title}
link: {url}
author: {author}
date: {day} 09:00:00 -0400
tags: [{tags}]
"""
OMNIVORE = """\
id: {number}
title: |
  {title}
author: |
  {author}
date_published: {day} 00:00:00
original_url: {url}
"""
NEWS = """\
title: {title}: more | {name}
site: {name}
url: {url}
date: {day}
"""  # the colon in its title is no YAML


class Clipper:
    """Makes clippings, one after the other."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._languages = languages(seed)
        self._shares = [language.share for language in self._languages]

    def file(self, number: int) -> tuple[str, str]:
        """A file's path and its text."""
        chance = self._chance
        language = chance.choices(self._languages, self._shares)[0]
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        tags = chance.sample(TAGS, k=chance.randint(0, 3))
        host = chance.choice(HOSTS)
        front = chance.choice((OBSIDIAN, HUGO, OMNIVORE, NEWS)).format(
            number=number,
            title=language.phrase(chance, chance.randint(4, 11)),
            url=f"https://www.{host}.example/{day.year}/{number}",
            author=chance.choice(NAMES),
            name=host.capitalize(),
            day=day,
            tags=", ".join(tags),
            tag_lines="".join(f'  - "{tag}"\n' for tag in tags),
        )
        return f"{day.year}/{number:06}.md", f"---\n{front}---\n\n{self._body(language)}\n"

    def _body(self, language: Language) -> str:
        """Blocks up to a length as articles have: 6 KB on average, some short, a few long."""
        length = self._chance.lognormvariate(8.5, 0.6) / (1 if language.space else 3)
        blocks: list[str] = []
        for block in self._blocks(language):
            blocks.append(block)
            length -= len(block)
            if length < 0:
                break
        return "\n\n".join(blocks)

    def _blocks(self, language: Language) -> Iterator[str]:
        chance = self._chance
        while True:
            kind = chance.random()
            if kind < 0.72:
                yield " ".join(self._sentence(language) for _ in range(chance.randint(2, 6)))
            elif kind < 0.82:
                yield f"## {language.phrase(chance, 6)}"
            elif kind < 0.90:
                yield "\n".join(f"- {self._sentence(language)}" for _ in range(chance.randint(2, 6)))
            elif kind < 0.94:
                yield f"> {self._sentence(language)} {self._sentence(language)}"
            elif kind < 0.96:
                yield f"![{language.phrase(chance, 3)}](https://img.example/{chance.randrange(9999)}.jpg)"
            elif kind < 0.98:
                code = "\n".join(f"total_{line} = count[{line}] + 1" for line in range(chance.randint(3, 9)))
                yield f"```python\n{code}\n```"
            else:
                rows = "\n".join(f"| {language.phrase(chance, 2)} | {row} |" for row in range(4))
                yield f"| what | how many |\n| --- | --- |\n{rows}"

    def _sentence(self, language: Language) -> str:
        chance = self._chance
        words = chance.choices(language.words, cum_weights=language.cumulative, k=chance.randint(6, 24))
        words[0] = words[0].capitalize()
        place = chance.randrange(len(words))
        form = chance.choice(
            ("{}", "{}", "{}", "{}", "*{}*", "**{}**", "“{}”", "[{}](https://www.tidewater.example/{})")
        )
        words[place] = form.format(words[place], place)
        return language.space.join(words) + language.stop


def write_files(count: int, folder: Path, *, seed: int = 1) -> int:
    """Write so many files below a folder. Returns their size in bytes."""
    clipper = Clipper(seed)
    size = 0
    for number in range(count):
        path, text = clipper.file(number)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        size += target.write_bytes(text.encode())
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description="Write generated clippings into a folder.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    size = write_files(chosen.count, chosen.folder)
    print(f"{chosen.count:,} files of {size / chosen.count / 1024:.1f} KB on average")


if __name__ == "__main__":
    main()
