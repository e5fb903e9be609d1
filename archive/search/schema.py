"""The fields of the two indexes.

`all` decides what is found; the narrow fields beside it are for searches in one field, and weigh. Texts come as
`prepare` makes them, so a tokenizer has only to split at spaces.
"""

import tantivy

VERSION = 3  # to be counted up with any change of fields, or of what documents put into them

SPACES = "spaces"
STATE = "_state"  # the token of the one document that says how far an index has come: no article has it

# A title sorts by its first bytes, so many of them in each column: a number of eight could be too large for a cursor.
TITLE_BYTES, TITLE_COLUMNS = 7, ("title_1", "title_2", "title_3", "title_4")


def _articles() -> tantivy.Schema:
    """An article, found by its own words and labels alone. What readers keep of it stands elsewhere."""
    builder = tantivy.SchemaBuilder()
    _state(builder)
    for name in ("all", "title", "authors", "names", "description"):
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="position")
    for name in ("tag", "top", "author", "site"):  # the keys of labels, counted as facets; top: of tags below no other
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("label", tokenizer_name="raw", index_option="basic")  # see `query.label_terms`
    builder.add_bytes_field("labels", stored=True)  # the authors and tags that lists show, as JSON
    for name in ("position", "clipped", "words", "month", "digest", *TITLE_COLUMNS):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("recency", fast=True)
    return builder.build()


def _annotations() -> tantivy.Schema:
    """An annotation, with who may see it. No search of this index goes without that: see `notes`."""
    builder = tantivy.SchemaBuilder()
    _state(builder)
    for name in ("all", "note", "quote"):
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="position")
    for name in ("article", "digest"):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def _state(builder: tantivy.SchemaBuilder) -> None:
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_text_field("filter", tokenizer_name=SPACES, index_option="basic")
    builder.add_unsigned_field("number", fast=True)
    builder.add_unsigned_field("token", fast=True)


def add_tokenizers(index: tantivy.Index) -> tantivy.Index:
    """Give an index that was just opened what splits its texts: it is not kept with it."""
    index.register_tokenizer(SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


ARTICLES, ANNOTATIONS = _articles(), _annotations()
