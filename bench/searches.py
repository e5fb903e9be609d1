"""Two hundred searches as people make them, from rare words to the commonest: the same for every engine and size.

They are made from the vocabulary of the generated archives (`bench.archive`) alone, so they need no database.
"""

import random
from collections.abc import Iterator

from bench.archive import PUBLICATIONS
from bench.vocabulary import Language, languages, zipf

COUNT = 200


def mix(seed: int = 1) -> list[str]:
    """The searches, in arbitrary order."""
    chance = random.Random(seed)
    spoken = {language.code: language for language in languages(seed)}
    parts = (_words, _phrases, _fields, _unspaced)
    searches = dict.fromkeys(text for part in parts for text in part(chance, spoken))
    while len(searches) < COUNT:  # some came twice
        searches[f"{_word(chance, spoken['en'])} {_text(chance, spoken['en'])}"] = None
    found = list(searches)
    chance.shuffle(found)
    return found


def _word(chance: random.Random, language: Language) -> str:
    """A word of any rarity: as likely one of the first ten as one between the thousandth and the ten-thousandth."""
    return language.words[min(len(language.words) - 1, int(10 ** chance.uniform(0, 4.4)))]


def _text(chance: random.Random, language: Language) -> str:
    """A word as a text has it: mostly a common one."""
    return chance.choices(language.words, cum_weights=language.cumulative)[0]


def _words(chance: random.Random, spoken: dict[str, Language]) -> Iterator[str]:
    english, german, ukrainian, arabic = (spoken[code] for code in ("en", "de", "uk", "ar"))
    yield from ("the", "of", "der", "і", "the of and", "to OR in OR is", "the -of", "of the -in -is")
    yield from ("-the", "all -what")
    for _ in range(30):
        yield _word(chance, english)
    for language in (german, ukrainian, arabic):
        for _ in range(4):
            yield _word(chance, language)
    for _ in range(20):
        yield f"{_word(chance, english)} {_word(chance, english)}"
    for _ in range(8):
        yield f"the {_word(chance, english)} {_word(chance, english)}"
    for _ in range(8):
        yield f"{_word(chance, english)} OR {_word(chance, english)}"
    for _ in range(8):
        yield f"{_word(chance, english)} -{_word(chance, english)}"
    for _ in range(4):
        yield f"({_word(chance, english)} OR {_word(chance, german)}) {_word(chance, english)}"


def _phrases(chance: random.Random, spoken: dict[str, Language]) -> Iterator[str]:
    english, german = spoken["en"], spoken["de"]
    yield from ('"of the"', '"the of and"', '"in der"', '"to be" the', '"the of" -and', '"is that it was"')
    for _ in range(14):
        yield f'"{_text(chance, english)} {_text(chance, english)}"'
    for _ in range(6):
        yield f'"{_text(chance, english)} {_word(chance, english)}" {_text(chance, english)}'
    for letters in (2, 3, 4, 4, 5, 5, 6, 6):
        yield f"{_word(chance, english)[:letters]}*"
    for letters in (3, 4, 5):
        yield f"{_word(chance, german)[:letters]}* {_text(chance, german)}"
    yield from ("st*", "pr* the", "tr* OR pl*")


def _fields(chance: random.Random, spoken: dict[str, Language]) -> Iterator[str]:
    english = spoken["en"]
    tags, sites = zipf(60), zipf(PUBLICATIONS)

    def tag() -> str:
        return f'tag:"topic {chance.choices(range(60), cum_weights=tags)[0]}"'

    def site() -> str:
        number = chance.choices(range(PUBLICATIONS), cum_weights=sites)[0]
        return f'site:"Publication {number}"' if chance.random() < 0.5 else f"site:p{number}.example.org"

    yield from ('tag:"topic 0"', 'tag:"topic 0" the', '-tag:"topic 0"', "lang:zh", "lang:en", "site:example.org")
    yield from ("words:>400", "the words:<40", "year:2015", "after:2024", "before:2008 the", "path:folder-7")
    yield from ("lang:de the", "lang:zh the", 'author:"Author Name0"', "author:name1", "title:the")
    for year in (2008, 2013, 2020, 2024):
        yield f"{_word(chance, english)} year:{year}"
    for _ in range(5):
        yield f"{tag()} {_word(chance, english)}"
    for _ in range(5):
        yield f"{site()} {_text(chance, english)}"
    for _ in range(4):
        yield f"title:{_word(chance, english)}"
    for _ in range(3):
        yield f"{_text(chance, english)} author:name{chance.randrange(300)}"
    yield f"{tag()} {site()} after:2015 -of"
    yield from ("the sort:title", "of sort:clipped", "lang:uk sort:length", f"{_word(chance, english)} sort:-published")


def _unspaced(chance: random.Random, spoken: dict[str, Language]) -> Iterator[str]:
    chinese, japanese = spoken["zh"], spoken["ja"]
    yield chinese.words[0]
    yield chinese.words[0] + chinese.words[1]
    for length in (1, 2, 2, 2, 3):
        yield "".join(_text(chance, chinese) for _ in range(length))
    for length in (1, 2, 3):
        yield "".join(_text(chance, japanese) for _ in range(length))
    for _ in range(3):
        yield f"{_text(chance, chinese)}{_text(chance, chinese)} {_word(chance, chinese)}"
