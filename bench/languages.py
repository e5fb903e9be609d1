"""Whether the language of a text is told rightly: `python -m bench.languages`.

Its texts are Django's own translations, cut into pieces of several lengths. Where an answer is given it is to be right
in 99 of 100 pieces, at each length. A language that answers "unknown" is not wrong.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django

from archive.formats.language_detection import detect_language
from archive.text.names import names

LENGTHS = (100, 150, 200, 400, 1000)  # letters
MOST_PIECES = 40  # of a language at each length
BAR = 0.99
LANGUAGES = names(
    "af ar be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk mn ms "
    "nb ne nl nn pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh_Hans zh_Hant"
)
_ALIKE = {"nb": {"nb", "no"}, "zh_Hans": {"zh", "zh-Hans"}, "zh_Hant": {"zh", "zh-Hant"}}
_MESSAGE = re.compile(r'^msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_SOURCE = re.compile(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_MARKUP = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]*>|\\[nt\"]|&\w+;")


def messages(language: str) -> Iterator[str]:
    """The messages of a language that are as long as sentences; English is what all others are translated from."""
    folder, pattern = ("de", _SOURCE) if language == "en" else (language, _MESSAGE)
    for path in sorted(Path(django.__path__[0]).rglob(f"locale/{folder}/**/django.po")):
        for match in pattern.finditer(path.read_text()):
            text = _MARKUP.sub(" ", "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])))
            text = " ".join(text.split())
            if len(text) > 40 and "POT-Creation" not in text and "Plural-Forms" not in text:
                yield text


def pieces(sentences: list[str], length: int) -> Iterator[str]:
    """Texts of at least so many letters, of sentences that follow each other."""
    taken: list[str] = []
    for sentence in sentences:
        taken.append(sentence)
        if sum(map(str.isalpha, "".join(taken))) >= length:
            yield "\n".join(taken)
            taken = []


def main() -> None:
    texts = {language: list(dict.fromkeys(messages(language))) for language in sorted(LANGUAGES)}
    is_held = True
    for length in LENGTHS:
        right, silent, wrong = 0, 0, Counter[tuple[str, str]]()
        for language, sentences in texts.items():
            for piece in list(pieces(sentences, length))[:MOST_PIECES]:
                told = detect_language(piece)
                if told is None:
                    silent += 1
                elif told in _ALIKE.get(language, {language}):
                    right += 1
                else:
                    wrong[language, told] += 1
        answered = right + wrong.total()
        share = right / answered
        is_held &= share >= BAR
        counts = f"{answered + silent:5} pieces, right in {share:.2%} of {answered}, silent in {silent}"
        print(f"{length:5} letters: {counts}")
        print("      " + ", ".join(f"{a} for {b}: {n}" for (b, a), n in wrong.most_common(12)))
    print("held" if is_held else "NOT HELD")
    sys.exit(0 if is_held else 1)


if __name__ == "__main__":
    main()
