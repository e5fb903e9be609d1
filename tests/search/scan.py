"""A plain scan: what a search should find, by checking each article."""

from datetime import date
from typing import Any

import Stemmer

from archive import query
from archive.query.preparing import prepare
from archive.query.spellings import is_near, others, spellings, with_umlauts


def fits(node: query.Node, fields: dict[str, Any]) -> bool:
    """Whether an article matches a search, by checking it directly."""
    texts = [fields["title"], fields["text"], *fields["tags"], *fields.get("authors", ())]
    match node:
        case query.Word() | query.Prefix() | query.Part() | query.Near() | query.Phrase():
            return any(_contains(text, node) for text in texts)
        case query.TextField("title"):
            return _contains(fields["title"], node.term)
        case query.TextField("author"):
            return any(_contains(name, node.term) for name in fields["authors"])
        case query.Lang():
            return fields["language"] == node.code
        case query.Tag():
            return any(f"{tag}/".startswith(f"{node.path}/") for tag in fields["tags"])
        case query.DateRange():
            return bool(fields["published"]) and (node.since or date.min) <= fields["published"] <= (
                node.until or date.max
            )
        case query.WordCount():
            length = len(fields["text"].split())
            return (node.at_least or 0) <= length <= (length if node.at_most is None else node.at_most)
        case query.Not():
            return not fits(node.node, fields)
        case query.And():
            return all(fits(child, fields) for child in node.nodes)
        case query.Or():
            return any(fits(child, fields) for child in node.nodes)
    raise AssertionError(node)


def _contains(text: str, term: query.Term) -> bool:
    words = prepare(text).split()
    respelled = [spelling for spelling, _, _ in spellings(text)]
    if isinstance(term, query.Part | query.Near):
        [wanted] = prepare(term.text).split()
        return any(_fits_openly(word, wanted, term) for word in (*words, *respelled))
    for way in (prepare(way).split() for way in (term.text, *others(term.text))):
        if _stands(way, words, term) or any(_stands(way, [word], term) for word in respelled):
            return True
        # A phrase with spelled-out umlauts matches the same as with umlauts.
        plain = [with_umlauts(token) for token in way]
        is_there = all(token in (*words, *respelled) for token in way if token not in plain)
        if len(way) > 1 and not isinstance(term, query.Prefix) and is_there and _stands(plain, words, term):
            return True
    return False


def _fits_openly(word: str, wanted: str, term: query.Part | query.Near) -> bool:
    if isinstance(term, query.Near):
        return is_near(word, wanted)
    return word.endswith(wanted) if term.is_end else wanted in word


def _stands(wanted: list[str], words: list[str], term: query.Term) -> bool:
    stem = Stemmer.Stemmer("english").stemWord

    def same(want: str, word: str, is_last: bool) -> bool:
        if isinstance(term, query.Word) and len(wanted) == 1 and want.isascii():
            return stem(want) == stem(word)
        return word == want or (isinstance(term, query.Prefix) and is_last and word.startswith(want))

    return bool(wanted) and any(
        all(same(want, words[start + place], place == len(wanted) - 1) for place, want in enumerate(wanted))
        for start in range(len(words) - len(wanted) + 1)
    )
