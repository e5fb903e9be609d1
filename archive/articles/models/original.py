"""Original files, compressed in the database. Only this field and its migration deal with the compression."""

import zlib
from typing import Any

from django.db import models

# No text file begins like this. In a database that is being migrated, anything else is uncompressed.
_MAGIC = b"\0zlib\xff\n"
_LEVEL = 1  # higher levels take twice as long to save another 5 %


def pack(original: bytes) -> bytes:
    """Compress an original for the database."""
    return _MAGIC + zlib.compress(original, _LEVEL)


def unpack(kept: bytes) -> bytes:
    """Decompress an original. Damaged data is returned as it is: its hash will not match."""
    if not kept.startswith(_MAGIC):
        return kept
    try:
        return zlib.decompress(kept[len(_MAGIC) :])
    except zlib.error:
        return kept


class OriginalField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes of any length, compressed in the database and transparent to code."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        kept = None if value is None else pack(bytes(value))
        return super().get_db_prep_value(kept, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else unpack(bytes(value))
