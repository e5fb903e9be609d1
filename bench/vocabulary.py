"""Made-up words of several languages that occur as often as words do (Zipf's law), the same for the same seed."""

import itertools
import random
from dataclasses import dataclass

_ENGLISH = (
    "the of and to in a is that for it was on are as with his they at be this have from or had by but not what all"
)
_GERMAN = (
    "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat"
)
_UKRAINIAN = "і в на що не з до у та за як це від про або його для але був який також після через під час якщо вони її"
_ARABIC = "في من على إلى أن عن مع هذا كان التي الذي ما لا بعد قد بين كل هو هي حيث وقد ذلك كما منذ حتى عند لم ثم أو"


@dataclass(frozen=True)
class Language:
    """A language of the bench: its words, the commonest first, and what stands between two of them."""

    code: str
    words: list[str]
    cumulative: list[float]
    space: str
    stop: str
    share: float

    def text(self, chance: random.Random, count: int) -> str:
        """So many words in sentences and paragraphs."""
        words = chance.choices(self.words, cum_weights=self.cumulative, k=count)
        sentences = []
        while words:
            length = chance.randrange(6, 28)
            sentence = self.space.join(words[:length])
            sentences.append(sentence[:1].upper() + sentence[1:] + self.stop)
            del words[:length]
        paragraphs = []
        while sentences:
            length = chance.randrange(2, 7)
            paragraphs.append(" ".join(sentences[:length]))
            del sentences[:length]
        return "\n".join(paragraphs)

    def phrase(self, chance: random.Random, count: int) -> str:
        """So many words in a line, as for a title."""
        return self.space.join(chance.choices(self.words, cum_weights=self.cumulative, k=count)).capitalize()


def languages(seed: int = 1) -> list[Language]:
    """The languages of the bench."""
    chance = random.Random(seed)
    english = _built(
        chance, _ENGLISH, "b c d f g l m n p r s t st tr pl br", "a e i o u ea", ["", "s", "ed", "ing", "ation", "er"]
    )
    german = _built(
        chance, _GERMAN, "b d f g k l m n r s sch st t w z", "a e i o u ä ö ü ei au", ["", "e", "en", "ung", "lich"]
    )
    ukrainian = _built(
        chance, _UKRAINIAN, "б в г д з к л м н п р с т х ч", "а е и і о у я ю ї", ["", "а", "и", "ів", "ння"]
    )
    arabic = _built(chance, _ARABIC, "ب ت ج ح د ر س ع ف ق ك ل م ن ه", "ا و ي", ["", "ة", "ات", "ين"])
    chinese = [chr(code) for code in chance.sample(range(0x4E00, 0x4E00 + 6000), 3000)]
    japanese = [*map(chr, range(0x3041, 0x3094)), *map(chr, range(0x30A1, 0x30F4)), *chinese[:1500]]
    return [
        _language("en", english, " ", ".", 0.60),
        _language("de", german, " ", ".", 0.12),
        _language("uk", ukrainian, " ", ".", 0.10),
        _language("zh", chinese, "", "。", 0.08),
        _language("ar", arabic, " ", ".", 0.05),
        _language("ja", japanese, "", "。", 0.05),
    ]


def zipf(count: int) -> list[float]:
    """Cumulative weights for things that are used as words are: the second half as often as the first, and so on."""
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(count)))


def _language(code: str, words: list[str], space: str, stop: str, share: float) -> Language:
    return Language(code, words, zipf(len(words)), space, stop, share)


def _built(chance: random.Random, common: str, consonants: str, vowels: str, endings: list[str]) -> list[str]:
    """The common words of a language, then made-up ones in families of one stem."""
    onsets, nuclei = consonants.split(), vowels.split()
    words: dict[str, None] = {}
    while len(words) < 30_000:
        syllables = chance.choice((1, 2, 2, 2, 3, 3, 4))
        stem = "".join(chance.choice(onsets) + chance.choice(nuclei) for _ in range(syllables)) + chance.choice(onsets)
        words.update(dict.fromkeys(stem + ending for ending in endings))
    shuffled = list(words)
    chance.shuffle(shuffled)
    return list(dict.fromkeys([*common.split(), *shuffled]))
