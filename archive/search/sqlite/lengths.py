"""What keeps the notes of one reader out of the ranking for another.

bm25 compares the length of a document with the average, and FTS5 counts all columns: somebody's long note would lower
the article for everybody. With k1 = 1.2 and b = 0.75, as FTS5 has them, a hit of weight w is worth

    2.2 w / (w + 1.2 K), K = 0.25 + 0.75 length / average

so weights that are multiplied by K / K' rank with K', the same without the last column, which is what readers keep.
The lengths are those that FTS5 keeps: numbers of tokens by column, as variable-length integers.
"""

from django.db import connection


def averages(index: str) -> tuple[float, float]:
    """The average length of documents, and the average without what readers keep, in tokens."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT block FROM {index}_data WHERE id = 1")
        row = cursor.fetchone()
    rows, *totals = _numbers(row[0]) if row and row[0] else [0]
    if not rows or not totals:
        return 1, 1
    return sum(totals) / rows, sum(totals[:-1]) / rows


def scale(lengths: bytes, average: float, average_without: float) -> float:
    """By what to multiply the weights of a document with these lengths."""
    tokens = _numbers(lengths)
    length = sum(tokens)
    return (0.25 + 0.75 * length / average) / (0.25 + 0.75 * (length - tokens[-1]) / average_without)


def _numbers(encoded: bytes) -> list[int]:
    numbers: list[int] = []
    number = 0
    for byte in encoded:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    return numbers
