"""How much an edit changes the meaning of a passage, which is not proportional to the number of letters changed."""

import re

from rapidfuzz.distance import Levenshtein

from archive.anchoring.alignment import UNSPACED

WEIGHS = 4  # extra letters that a number, a name or a negation counts for

# These are single words: 17.99, 12:05, request.get_timeout. In scripts without spaces, each character is one.
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:[.,:'/_][^\W{UNSPACED}]+)*")
DIGITS = re.compile(r"\d+")

_SPELT = 4  # from this many letters on, a word with one different letter is the same word misspelt
_PREFIX = 3  # the longest prefix, in letters, that reverses a word's meaning: un-, de-, in-, non-
_SENTENCE_ENDS = re.compile(r"[.!?:;\"()\[\]]\s*$")
# Negations in many languages; those attached to a verb or noun are found as prefixes.
_NEGATION_WORDS = (
    "no not nor non none never neither nobody nothing without cannot can't don't doesn't didn't won't isn't aren't "
    "wasn't weren't nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch nein ne n pas jamais "
    "rien sans aucun aucune nada nunca sin ni ningún ninguno ninguna não nem nenhum nenhuma sem mai nessuno nessuna "
    "senza né niet geen nooit zonder inte ingen inget aldrig ikke aldri uden uten utan nigdy bez żaden не нет ни "
    "без никогда ні немає لا لم لن ليس غير بدون بلا नहीं मत न לא אין בלי değil yok hiç không chưa chẳng tidak bukan "
    "tanpa jangan 不 没 沒 無 无 非 未 否 ない ไม่ 안 못 않"
)
_NEGATIONS = frozenset(_NEGATION_WORDS.split())


def meaning_lost(old: str, new: str) -> int:
    """The weight of the edit from one text to the other beyond the letters it changes.

    A name is a capitalised word within a sentence. A name with one letter misspelt is the same name.
    """
    before, after = list(WORD.finditer(old)), list(WORD.finditer(new))
    lost = 0
    for step in Levenshtein.opcodes([word[0].lower() for word in before], [word[0].lower() for word in after]):
        if step.tag == "equal":
            continue
        gone = [word for word in before[step.src_start : step.src_end] if _is_telling(old, word)]
        come = [word for word in after[step.dest_start : step.dest_end] if _is_telling(new, word)]
        pairs = zip(before[step.src_start : step.src_end], after[step.dest_start : step.dest_end], strict=False)
        same = sum(_is_telling(old, one) and misspelt(one[0].lower(), other[0].lower()) for one, other in pairs)
        pairs = zip(before[step.src_start : step.src_end], after[step.dest_start : step.dest_end], strict=False)
        turned = sum(_is_opposite(one[0].lower(), other[0].lower()) for one, other in pairs)
        lost += max(len(gone), len(come)) - min(same, len(gone)) + turned
    return lost * WEIGHS


def misspelt(one: str, other: str) -> bool:
    """Whether two words differ only by one letter. Numbers, and words whose prefix reverses the meaning, do not
    count."""
    shorter, _longer = sorted((one, other), key=len)
    return (
        len(shorter) >= _SPELT
        and not DIGITS.search(one + other)
        and not _is_opposite(one, other)
        and Levenshtein.distance(one, other, score_cutoff=1) == 1
    )


def _is_opposite(one: str, other: str) -> bool:
    """Whether one of the words is the other with a short prefix."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SPELT and 0 < len(longer) - len(shorter) <= _PREFIX and longer.endswith(shorter)


def _is_telling(text: str, word: re.Match[str]) -> bool:
    if DIGITS.search(word[0]) or word[0].lower() in _NEGATIONS:
        return True
    if any(letter.isupper() for letter in word[0][1:]):
        return True
    return word[0][0].isupper() and word.start() > 0 and not _SENTENCE_ENDS.search(text, 0, word.start())
