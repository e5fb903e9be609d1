"""What the index on PostgreSQL is: a table with the prepared texts of each document, and a GIN index over their
lexemes, which a function makes of a row.
"""

import hashlib
from itertools import pairwise

INDEX = "search_index"
NEXT_INDEX = "search_index_next"
COLUMNS = ("position", "word_count", "is_long", "title", "authors", "words", "filters", "personal")
# The documents of eight days have a lexeme in common, those of 64, of 512 and of 4,096, so that the newest of a search
# can be asked for. The bits are those of a position that do not count: of the article, and the last of the day.
BAND = "_band"
BAND_BITS = (35, 38, 41, 44)
LONG = "_long"  # the lexeme of texts with too many others; they are looked through instead
LONGEST_LEXEME = 100  # characters that count of a token
TITLE_MARK, AUTHOR_MARK = "=", "@"  # before lexemes of one column: prepared text has neither
PAIR_MARK = "+"  # before the lexeme of two short tokens that stand side by side
SHORT = 5  # characters; the commonest words of most languages are no longer
_PAIR_DIGITS = 4  # hexadecimal
LENGTH = "_length"
LEXEMES = "search_lexemes(position, word_count, title, authors, words, filters, personal, is_long)"

# Texts stand in the row itself, so that looking at one costs no look-up, and packed so that unpacking costs little.
_TEXTS = ("title", "authors", "words", "filters", "personal")
TABLE = f"""
CREATE TABLE {{name}} (
    position bigint PRIMARY KEY, word_count integer NOT NULL, is_long boolean NOT NULL,
    {", ".join(f"{text} text NOT NULL" for text in _TEXTS)}
) WITH (toast_tuple_target = 256);
ALTER TABLE {{name}} {", ".join(f"ALTER {text} SET STORAGE MAIN, ALTER {text} SET STATISTICS 0" for text in _TEXTS)};
DO $$ BEGIN
    ALTER TABLE {{name}} {", ".join(f"ALTER {text} SET COMPRESSION lz4" for text in _TEXTS)};
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
"""
# Filled all at once, each of its pages would stay half empty; in portions of so much memory, two thirds are full.
GIN = f"""
SET LOCAL maintenance_work_mem = '16MB';
CREATE INDEX {{name}}_lexemes ON {{name}} USING gin ({LEXEMES}) WITH (gin_pending_list_limit = 1024);
ALTER INDEX {{name}}_lexemes ALTER COLUMN 1 SET STATISTICS 0;
"""
# Two short tokens that stand side by side are a lexeme, too: by it are found words of scripts without spaces, whose
# letters are tokens, and phrases of the commonest words. Pairs share their lexemes with others, as half of them occur
# but once, and a lexeme of its own takes ten times the room of one more place where it stands.
LEXEMES_BODY = f"""
DECLARE
    lexemes text[] := ARRAY[{", ".join(f"'{BAND}{bits}_' || (place >> {bits})" for bits in BAND_BITS)},
        '{LENGTH}' || length(word_count::text) || '_' || left(word_count::text, 1)];
    mark text;
    column_text text;
    tokens text[];
BEGIN
    FOR mark, column_text IN
        SELECT * FROM (VALUES ('', filters || personal), ('', title || authors || words), ('{TITLE_MARK}', title),
            ('{AUTHOR_MARK}', authors)) AS columns LIMIT CASE WHEN is_long THEN 1 END
    LOOP
        tokens := string_to_array(column_text, ' ');
        lexemes := lexemes
            || CASE WHEN mark = '' AND column_text !~ '[^ ]{{{LONGEST_LEXEME + 1}}}' THEN tokens ELSE ARRAY(
                SELECT mark || left(token, {LONGEST_LEXEME}) FROM unnest(tokens) AS token WHERE token <> ''
            ) END || ARRAY(
                SELECT mark || '{PAIR_MARK}' || left(md5(first || ' ' || second), {_PAIR_DIGITS})
                FROM unnest(tokens, tokens[2:]) AS pair (first, second)
                WHERE length(first) BETWEEN 1 AND {SHORT} AND length(second) BETWEEN 1 AND {SHORT}
            );
    END LOOP;
    lexemes := array_remove(array_remove(lexemes, '_'), '');
    RETURN array_to_tsvector(CASE WHEN is_long THEN lexemes || '{LONG}'::text ELSE lexemes END);
END """
# The index that the function makes has to be gone.
LEXEMES_FUNCTION = f"""
DROP FUNCTION IF EXISTS search_lexemes;
CREATE FUNCTION search_lexemes(
    place bigint, word_count integer, title text, authors text, words text, filters text, personal text, is_long boolean
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $${LEXEMES_BODY}$$;
"""


def is_pair(first: str, second: str) -> bool:
    """Whether these two tokens side by side are a lexeme together."""
    return 0 < len(first) <= SHORT and 0 < len(second) <= SHORT


def pair_lexeme(first: str, second: str) -> str:
    """The lexeme of two tokens, which they share with other pairs."""
    digest = hashlib.md5(f"{first} {second}".encode(), usedforsecurity=False)
    return f"{PAIR_MARK}{digest.hexdigest()[:_PAIR_DIGITS]}"


def length_lexemes(at_least: int, at_most: int) -> list[str]:
    """The lexemes of documents with so many words: by the number of digits and the first of them."""
    starts = [0, *(digit * 10**zeros for zeros in range(10) for digit in range(1, 10)), 10**10]
    return [
        f"{LENGTH}{len(str(start))}_{str(start)[0]}"
        for start, following in pairwise(starts)
        if start <= at_most and following > at_least
    ]
