"""Authors' names in parts, where one can be sure which part is which; otherwise as written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CJK = r"\u2e80-\u2fff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_CJK_NAME = re.compile(rf"[{_CJK}]{{1,4}}[ \u3000][{_CJK}]{{1,4}}")
_IS_CJK = re.compile(rf"[{_CJK}]+")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|VI{0,3}", re.IGNORECASE)
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+(?:-[^\W\d_]\.)?|[^\W\d_]")
_PARTICLES = frozenset(
    """af al am auf aus av bin da das dal de dei del della den der des di do dos du e el ibn la las le los op 't te ten
    ter tot van vom von y zu zum zur ’t""".split()  # noqa: SIM905
)
_KOREAN_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
# Commonly put first also where the rest of the text is in a language that puts them last.
_FAMILY_FIRST = frozenset(
    """bai ban cai cao chen cheng choi chung deng ding dong fan fang feng gao gong guo han he hu huang jiang jin kang
    kim lee li liang lin liu long lu luo ma mao moon ngo nguyen pan park peng pham phan qian shen shi song su sun tang
    tian tran tsai wang wei wen wu xi xia xiao xie xu yan yang yao ye yi yin yoon yu yuan zeng zhang zhao zheng zhong
    zhou zhu zou""".split()  # noqa: SIM905
)
_FAMILY_FIRST_LANGUAGES = frozenset(("hu", "ja", "ko", "vi", "zh"))
_TWO_FAMILY_NAMES = frozenset(("ca", "es", "eu", "gl", "pt"))
_ORGANISATION = re.compile(
    r"\b(?:academy|agence|agency|agentur|alliance|archives?|associated|association|authority|bank|blog|board|bureau"
    r"|cent(?:er|re)|club|coalition|college|commission|committee|company|consortium|contributors?|corp(?:oration)?"
    r"|correspondents?|council|court|daily|department|desk|editor(?:s|ial)?|federation|forum|foundation|fund|gmbh"
    r"|government|group|house|inc|initiative|institute?|international|journal|lab(?:oratory|s)?|league|library|llc|ltd"
    r"|magazine|media|ministry|museum|national|network|news(?:paper|room|letter)?|office|online|organi[sz]ation"
    r"|partners|party|police|press|project|publishing|radio|redaktion|report(?:s|ers?)?|research|reuters|review"
    r"|rédaction|redacción|redação|school|service|services|society|staff|studios?|symposium|team|television|the|times"
    r"|trust|tv|union|united|universit\w+|weekly|wires?|wikipedia|world|writers?|and|of|for|und|et)\b",
    re.IGNORECASE,
)
_UNLIKE_A_NAME = re.compile(r"[\d@&/\\|:;!?()\[\]{}<>_#+*=“”\"…]|\.\w{2,}$")


@dataclass(frozen=True)
class Name:
    """A person's name in parts; or `literal` alone: an organisation, a handle, or what nobody can split for sure."""

    family: str = ""
    given: str = ""
    particle: str = ""  # `van der`, before the family name
    suffix: str = ""
    literal: str = ""

    @property
    def is_cjk(self) -> bool:
        """Whether it is written family name first, without a space."""
        return bool(_IS_CJK.fullmatch(self.family) and _IS_CJK.fullmatch(self.given))

    @property
    def natural(self) -> str:
        """As it is said: `Jan van der Berg`, `Martin Luther King Jr.`"""
        if self.is_cjk:
            return self.family + self.given
        return self.literal or _joined(" ", self.given, self.full_family, self.suffix)

    @property
    def full_family(self) -> str:
        """The family name with its particle."""
        return _joined(" ", self.particle, self.family)

    @property
    def inverted(self) -> str:
        """As the Modern Language Association files it: `van der Berg, Jan`."""
        return self.natural if self.literal or self.is_cjk else _joined(", ", self.full_family, self.given, self.suffix)

    @property
    def demoted(self) -> str:
        """As Chicago files it: `Berg, Jan van der`."""
        if self.literal or self.is_cjk:
            return self.natural
        return _joined(", ", self.family, _joined(" ", self.given, self.particle), self.suffix)

    @property
    def with_initials(self) -> str:
        """As APA files it: `van der Berg, J.-W.`"""
        if self.literal or self.is_cjk:
            return self.natural
        return _joined(", ", self.full_family, initials(self.given), self.suffix)


@lru_cache(maxsize=10_000)  # those of a list come again on its next page
def split_name(written: str, *, language: str = "", publication: str = "") -> Name:
    """A name of a byline in an article of this language (BCP 47), which appeared in this publication."""
    text = " ".join(written.split())
    literal = Name(literal=text)
    if _CJK_NAME.fullmatch(text):
        family, given = text.split()
        return Name(family, given)
    if text.casefold() == publication.casefold() or _ORGANISATION.search(text) or _UNLIKE_A_NAME.search(text):
        return literal
    if "," in text:
        return _of_inverted([part.strip() for part in text.split(",")]) or literal
    words = text.split(" ")
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if language.partition("-")[0].lower() in _FAMILY_FIRST_LANGUAGES or not _begins_with_given_name(words):
        return literal
    has_two_family_names = language.partition("-")[0].lower() in _TWO_FAMILY_NAMES or not text.isascii()
    first_particle = next((place for place, word in enumerate(words) if word in _PARTICLES), len(words) - 1)
    given_names, rest = words[:first_particle], words[first_particle:]
    if not given_names or not _are_given_names(given_names, several=not has_two_family_names):
        return literal
    named = _of_family(rest)
    return Name(named.family, " ".join(given_names), named.particle, suffix) if named else literal


def initials(given: str) -> str:
    """`J.-W. Q.` of `Jan-Willem Q.`"""
    words = re.sub(r"\.(?=[^\W\d_])", ". ", given).split()
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in words)


def folded(text: str) -> str:
    """The ASCII letters and digits of a text, without accents, in lower case; empty where it has none."""
    plain = text.casefold().translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii() and c.isalnum())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def _of_inverted(parts: list[str]) -> Name | None:
    """A name written with its family name first: `King, Martin Luther, Jr.`"""
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        before = split_name(parts[0])
        return None if before.literal else Name(before.family, before.given, before.particle, parts[1])
    if len(parts) not in (2, 3) or not all(parts) or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[2])):
        return None
    family, given = parts[0].split(" "), parts[1].split(" ")
    particles = [word for word in family if word in _PARTICLES]
    named = _of_family(family) if particles else Name(" ".join(family))
    is_name = len(given) <= 4 and len(family) - len(particles) <= 3 and all(map(_is_capitalised, given))
    if named is None or not is_name:
        return None
    return Name(named.family, " ".join(given), named.particle, parts[2] if len(parts) == 3 else "")


def _of_family(words: list[str]) -> Name | None:
    """Particles and one family name."""
    *particles, family = words
    is_one = _is_capitalised(family) and not _INITIAL.fullmatch(family)
    return Name(family, particle=" ".join(particles)) if is_one and all(p in _PARTICLES for p in particles) else None


def _begins_with_given_name(words: list[str]) -> bool:
    """Whether these are two words or more, the first of which is not likely to be the family name."""
    if len(words) < 2 or _KOREAN_GIVEN.fullmatch(words[-1]):
        return False
    return words[0].casefold() not in _FAMILY_FIRST and _is_capitalised(words[0])


def _are_given_names(words: list[str], *, several: bool) -> bool:
    """Whether all before a last name are given names. Two full ones are, unless the second may be a family name."""
    full = [word for word in words if not _INITIAL.fullmatch(word)]
    return all(map(_is_capitalised, words)) and len(full) <= (2 if several else 1)


def _is_capitalised(word: str) -> bool:
    """Whether it is written as a name is; in capitals alone it might be an abbreviation."""
    if _INITIAL.fullmatch(word):
        return word[0].isupper()
    return word[0].isupper() and any(c.islower() for c in word) and all(c.isalpha() or c in "'’-." for c in word)


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)
