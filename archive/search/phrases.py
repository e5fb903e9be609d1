"""A term of a search as the tokens that the index has."""

from dataclasses import dataclass

from archive import query
from archive.query.preparing import is_unspaced, prepare
from archive.search.engine import Forms


@dataclass(frozen=True)
class Phrases:
    """The token sequences any of which a term finds: none if it has no tokens, several only of one token each.
    `is_prefix`: the last token may go on.
    """

    tokens: list[list[str]]
    is_prefix: bool

    def beginning_with(self, beginning: str) -> "Phrases":
        """The same, each token after this."""
        return Phrases([[f"{beginning}{token}" for token in phrase] for phrase in self.tokens], self.is_prefix)


def phrases_of(term: query.Term, forms: Forms) -> Phrases:
    """What a term finds. `forms`: the forms of single words, as prepared."""
    tokens = prepare(term.text).split()
    if not tokens:
        return Phrases([], False)
    if isinstance(term, query.Word) and len(tokens) == 1:
        return Phrases([[form] for form in forms.get(tokens[0], tokens)], False)
    return Phrases([tokens], isinstance(term, query.Prefix) and not is_unspaced(tokens[-1]))
