"""What two texts that are nearly the same have in common, so that one is found by the other among a million.

MinHash by one permutation (Li, Owen and Zhang): the hashes of a text's runs of words are parted into bins by their
first bits, and the least of each bin is kept. Two texts have the same least hash in a bin as often as they share runs.
Two bins make a band; of texts that share half of their runs, 99 in 100 have one of 16 bands in common.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from urllib.parse import urlsplit
from zlib import crc32

from archive.articles.agreement import bare_words, title_key
from archive.formats.frontmatter import canonical_url

VERSION = 1  # of the sketches: those of another are made anew
COMPARED = 200_000  # code points from the start of a text
RUN_OF_LETTERS = 5  # in scripts that put no spaces between words
LEAST_RUNS = 12  # in a text, or it says too little
BINS = 32
BANDS = BINS // 2
_BITS = 32
_MASK = (1 << _BITS) - 1
_WIDTH = (1 << _BITS) // BINS
_ODD = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)  # factors that spread the bits (xxHash's primes)
_HOSTS = ("www.", "m.", "mobile.", "amp.")
_AMP = ("/amp", ".amp", "/amp.html")


@dataclass(frozen=True, slots=True)
class Sketch:
    """`bands` are numbers of 32 bits with a sign; `minima` has a byte for each bin."""

    bands: tuple[int, ...]
    minima: bytes


def sketch_of(text: str) -> Sketch | None:
    """The sketch of a text; None where it is too short to say anything."""
    return sketch(runs_of(text))


def sketch(runs: set[int]) -> Sketch | None:
    """The same by the text's `runs`."""
    if len(runs) < LEAST_RUNS:
        return None
    ordered = sorted(runs)
    least = [_least(ordered, number * _WIDTH) for number in range(BINS)]
    full = [_borrowed(least, number) if value is None else value for number, value in enumerate(least)]
    bands = tuple(
        _signed((one * _ODD[0] + other * _ODD[1]) & _MASK) for one, other in zip(full[::2], full[1::2], strict=True)
    )
    return Sketch(bands, bytes(value & 0xFF for value in full))


def estimate(one: bytes, other: bytes) -> float:
    """The share of all runs that two texts have in common, by their `minima`: give or take 0.09."""
    return sum(mine == its for mine, its in zip(one, other, strict=True)) / BINS


def runs_of(text: str) -> set[int]:
    """The hashes of all runs of three words, or of five letters where most of them are letters of an unspaced script.

    Case and punctuation, which two sites set differently, make no difference.
    """
    compared = text[:COMPARED].casefold()
    words = bare_words(compared)
    coded = [word.encode("utf-8", "surrogatepass") for word in words]
    if not compared.isascii() and len(words) * 2 > len(compared):  # most words are a letter
        windows = zip(*(coded[start:] for start in range(RUN_OF_LETTERS)), strict=False)
        return {crc32(b"".join(window)) for window in windows}
    return {
        crc32(third, crc32(second, crc32(first)))
        for first, second, third in zip(coded, coded[1:], coded[2:], strict=False)
    }


def key_of_title(title: str) -> int | None:
    """The same for titles that differ in case, punctuation and spaces alone; None for one without letters."""
    letters = title_key(title)
    return _signed(crc32(letters.encode("utf-8", "surrogatepass"))) if letters else None


def key_of_address(url: str) -> int | None:
    """The same for a page and its forms for telephones: `www.`, `m.`, `amp`. None where there is no address."""
    canonical = canonical_url(url) if url else None
    if canonical is None:
        return None
    parts = urlsplit(canonical)
    host, path = parts.netloc, parts.path
    for start in _HOSTS:
        host = host.removeprefix(start)
    for end in _AMP:
        path = path.removesuffix(end)
    query = "&".join(pair for pair in parts.query.split("&") if pair not in ("amp", "amp=1", "outputType=amp"))
    return _signed(crc32(f"{host}{path.rstrip('/')}?{query}".encode("utf-8", "surrogatepass")))


def _least(ordered: list[int], start: int) -> int | None:
    place = bisect_left(ordered, start)
    return ordered[place] if place < len(ordered) and ordered[place] < start + _WIDTH else None


def _borrowed(least: list[int | None], number: int) -> int:
    """What an empty bin takes from the next one that is not, changed by how far that is (Shrivastava and Li)."""
    for step in range(1, BINS):
        value = least[(number + step) % BINS]
        if value is not None:
            return (value + step * _ODD[2]) & _MASK
    raise AssertionError("a text without runs has no sketch")


def _signed(value: int) -> int:
    """As a database's integer of 32 bits has it."""
    return value - (1 << _BITS) if value >= 1 << (_BITS - 1) else value
