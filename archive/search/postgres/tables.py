"""What the index on PostgreSQL is: a table with the prepared texts of each document, and a GIN index over their
lexemes, which a function makes of a row.
"""

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
PAIR_MARK = "+"  # before the bucket of two letters that stand side by side
PAIR_BUCKETS = 1 << 16
_BUCKET_FACTOR = 1021  # a prime, and so small that the product fits an integer of PostgreSQL
LEXEMES = "search_lexemes(position, title, authors, words, filters, personal, is_long)"

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
# Two letters that are tokens and stand side by side are a lexeme, too: words of scripts without spaces are found by it.
# Pairs share their lexemes with others, as half of them occur but once, and a lexeme of its own takes ten times the
# room of one more place where it stands.
LEXEMES_BODY = f"""
DECLARE
    lexemes text[] := ARRAY[{", ".join(f"'{BAND}{bits}_' || (place >> {bits})" for bits in BAND_BITS)}];
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
            || ARRAY(SELECT mark || left(token, {LONGEST_LEXEME}) FROM unnest(tokens) AS token WHERE token <> '')
            || ARRAY(
                SELECT mark || '{PAIR_MARK}' || (ascii(first) * {_BUCKET_FACTOR} + ascii(second)) % {PAIR_BUCKETS}
                FROM unnest(tokens, tokens[2:]) AS pair (first, second)
                WHERE octet_length(first) > 1 AND char_length(first) = 1
                AND octet_length(second) > 1 AND char_length(second) = 1
            );
    END LOOP;
    RETURN array_to_tsvector(array_remove(CASE WHEN is_long THEN lexemes || '{LONG}'::text ELSE lexemes END, '_'));
END """
LEXEMES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION search_lexemes(
    place bigint, title text, authors text, words text, filters text, personal text, is_long boolean
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000 AS $${LEXEMES_BODY}$$;
"""


def is_pair(first: str, second: str) -> bool:
    """Whether these two tokens side by side are a lexeme together."""
    return len(first) == len(second) == 1 and not first.isascii() and not second.isascii()


def pair_lexeme(first: str, second: str) -> str:
    """The lexeme of two letters, which they share with other pairs."""
    return f"{PAIR_MARK}{(ord(first) * _BUCKET_FACTOR + ord(second)) % PAIR_BUCKETS}"
