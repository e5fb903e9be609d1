"""The search language: parsing what a reader typed into a syntax tree. It depends on no model and no search engine.

`docs/searching.md` describes the language; `parse` parses it, `FIELDS` lists its fields. `preparing` normalises texts
and queries in the same way, so that they match.
"""

from archive.query.combine import conditions, conjoin, disjoin, leaves, negate, terms, without
from archive.query.completing import Unfinished, unfinished
from archive.query.fields import FIELDS, SORTS, FieldHelp
from archive.query.parser import DEEPEST, LONGEST_TEXT, MOST_TERMS, parse
from archive.query.syntax import (
    And,
    Collection,
    DateRange,
    Has,
    Import,
    Is,
    Lang,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Part,
    Path,
    Phrase,
    Prefix,
    Problem,
    Query,
    Site,
    Tag,
    Term,
    TextField,
    Word,
    WordCount,
)

__all__ = [
    "DEEPEST",
    "FIELDS",
    "LONGEST_TEXT",
    "MOST_TERMS",
    "SORTS",
    "And",
    "Collection",
    "DateRange",
    "FieldHelp",
    "Has",
    "Import",
    "Is",
    "Lang",
    "Leaf",
    "Near",
    "Node",
    "Not",
    "Or",
    "Part",
    "Path",
    "Phrase",
    "Prefix",
    "Problem",
    "Query",
    "Site",
    "Tag",
    "Term",
    "TextField",
    "Unfinished",
    "Word",
    "WordCount",
    "conditions",
    "conjoin",
    "disjoin",
    "leaves",
    "negate",
    "parse",
    "terms",
    "unfinished",
    "without",
]
