"""Decodes a file's bytes: nearly always UTF-8, otherwise older encodings."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from charset_normalizer import from_bytes

from archive.formats.frontmatter import Problem

# Encodings used on the web (WHATWG's Encoding Standard), by Python's names. Others, such as EBCDIC or DOS code pages,
# only match short files by chance.
LEGACY_ENCODINGS = (
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7"),
)
# Short samples of Western text are mistaken for these, which are far less common.
_OFTEN_WESTERN = frozenset({"cp1250", "cp1257", "cp1258", "iso8859_2"})

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh91AY&SY", "a compressed file"),
    (b"\xfd7zXZ\0", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "an image or a recording"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\v\f\x1b"] + ["\x7f"]
_CONTROL_BYTES = "".join(_CONTROLS).encode()
_CONTROL = re.compile(f"[{''.join(_CONTROLS)}]")
_SAMPLE = 200_000  # bytes or code points that are examined


class NotText(ValueError):
    """The bytes are not text. `reason` completes "The file " to a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with \\n as its only newline, and its encoding."""

    text: str
    encoding: str
    problems: list[Problem] = field(default_factory=list)


def kind_of_binary(data: bytes) -> str:
    """What a binary file is, by its first bytes (`a PDF document`); empty if they do not say."""
    return next((what for signature, what in _SIGNATURES if data.startswith(signature)), "")


def decode(data: bytes) -> Decoded:
    """The text of a file. Raises NotText if the bytes are not text, or contain many NUL characters."""
    if what := kind_of_binary(data):
        raise NotText(f"is {what}")
    text, encoding, problems = _decode(data)
    if "\0" in text:
        raise NotText("contains NUL characters")
    sample = text[:_SAMPLE]
    encoded = sample.encode("utf-8", "replace")
    controls = len(encoded) - len(encoded.translate(None, _CONTROL_BYTES))
    if controls > len(sample) // 100:
        kinds = sum(control in sample for control in _CONTROLS)
        if encoding != "utf-8" or problems or (kinds > 2 and controls > len(sample) // 3):
            raise NotText("is binary: it is full of control characters")
        text, problem = _without_controls(text)
        problems = [problem]
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, problems)


def _without_controls(text: str) -> tuple[str, Problem]:
    """The text without control characters: an input method may leave backspaces between letters."""
    first = _CONTROL.search(text)
    line = 1 + text.count("\n", 0, first.start()) if first else 1
    text, count = _CONTROL.subn("", text)
    return text, Problem(line, f"{count:,} control characters, which no text has, were left out.", "control-characters")


def _decode(data: bytes) -> tuple[str, str, list[Problem]]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name, []
            except UnicodeDecodeError:
                return data.decode(codec, "replace"), name, [_damaged(name)]
    if b"\0" in data:
        return _with_nul(data)
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    sound = sum(character > "\x7f" for character in text) - lost
    if sound >= 3 and 20 * (lost - 1) <= sound:  # truncated or damaged UTF-8, not another encoding
        return text, "utf-8", [_damaged("UTF-8")]
    return _legacy(data)


def _with_nul(data: bytes) -> tuple[str, str, list[Problem]]:
    """UTF-16 is recognised by the zero bytes of its ASCII characters, which are all at even or all at odd positions.

    Otherwise, a few in valid UTF-8, or a row of them at the end, were left by a program or disk.
    """
    even, odd = data[::2].count(0), data[1::2].count(0)
    if (text := _utf_8_without_nul(data)) is not None:
        kept = data.rstrip(b"\0")
        if kept.count(0) <= 1 + len(kept) // 100:
            message = "NUL characters were removed."
            return text, "utf-8", [Problem(1 + data[: data.index(0)].count(b"\n"), message, "nul")]
    elif len(data) % 2 == 0 and min(even, odd) <= max(even, odd) // 50:
        encoding = "utf-16-be" if even > odd else "utf-16-le"
        try:
            return data.decode(encoding), encoding, []
        except UnicodeDecodeError:
            pass
    raise NotText("contains NUL characters")


def _utf_8_without_nul(data: bytes) -> str | None:
    """The text without NUL characters, if the rest is UTF-8 and they are at most a quarter of it."""
    kept = data.rstrip(b"\0")
    if not kept or 4 * kept.count(0) > len(kept):
        return None
    try:
        return kept.replace(b"\0", b"").decode("utf-8")
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes) -> tuple[str, str, list[Problem]]:
    found = from_bytes(data[:_SAMPLE], cp_isolation=list(LEGACY_ENCODINGS), enable_fallback=False)
    best = found.best()
    if best is None:
        raise NotText("is not text in any known encoding")
    encoding = best.encoding
    if encoding in _OFTEN_WESTERN:
        western = next((match for match in found if "cp1252" in match.could_be_from_charset), None)
        if western is not None and western.chaos <= best.chaos + 0.08:
            encoding = "cp1252"
    name = f"windows-{encoding[2:]}" if encoding.startswith("cp125") else encoding.replace("_", "-")
    message = f"The file is not UTF-8; it was read as {name}, the likeliest encoding."
    return data.decode(encoding, "replace"), name, [Problem(1, message, "encoding")]


def _damaged(name: str) -> Problem:
    message = f"Some bytes are not valid {name}; the characters that are lost show as \ufffd."
    return Problem(1, message, "damaged-encoding")
