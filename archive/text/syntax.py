"""Splits code into the pieces that a page colours: keywords, strings, comments and so on."""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from threading import Lock

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

LONGEST = 30_000  # code points; longer code stays plain, so that no import waits for it

# A lexer may keep state, so each piece of code gets its own. The first of a class compiles the class's rules, which two
# threads must not do at once.
_making_lexer = Lock()

_CLASSES: dict[_TokenType, str] = {
    Comment: "code-comment",
    Keyword: "code-keyword",
    Operator.Word: "code-keyword",
    Number: "code-number",
    String: "code-string",
    Name.Function: "code-name",
    Name.Class: "code-name",
    Name.Tag: "code-name",
    Name.Attribute: "code-attribute",
    Name.Decorator: "code-attribute",
    Name.Builtin: "code-attribute",
    Generic.Inserted: "code-inserted",
    Generic.Deleted: "code-deleted",
    Generic.Heading: "code-comment",
    Generic.Subheading: "code-comment",
    Generic.Prompt: "code-comment",
}


def parted(code: str, language: str) -> list[tuple[str, str]]:
    """The code as (class, text), in order; the class is empty if nothing is distinguished.

    The joined texts are the code. If the language is unknown, or its rules fail on the code, there is one piece.
    """
    lexer_class = _lexer_class(language)
    if lexer_class is None or len(code) > LONGEST:
        return [("", code)]
    with _making_lexer:
        lexer = lexer_class()
    try:
        tokens = [(_class(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(code)]
    except Exception:  # hundreds of languages with their own rules: none of them may cost an article
        return [("", code)]
    pieces = [(name, "".join(text for _, text in group)) for name, group in groupby(tokens, key=lambda each: each[0])]
    return pieces if "".join(text for _, text in pieces) == code else [("", code)]


@lru_cache(maxsize=256)
def _lexer_class(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


@cache
def _class(kind: _TokenType) -> str:
    return next((_CLASSES[each] for each in _with_parents(kind) if each in _CLASSES), "")


def _with_parents(kind: _TokenType | None) -> Iterator[_TokenType]:
    while kind is not None:
        yield kind
        kind = kind.parent
