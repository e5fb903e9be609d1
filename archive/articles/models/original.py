"""Original files, compressed in the database. Only the field and its migration see them that way."""

import zlib
from typing import Any

from django.db import models

# No file of text begins so. What does not begin so, in a database that is being migrated, is as it came.
_MAGIC = b"\0zlib\xff\n"
_LEVEL = 1  # the next ones take twice as long, for a twentieth less


def pack(original: bytes) -> bytes:
    """An original as the database keeps it."""
    return _MAGIC + zlib.compress(original, _LEVEL)


def unpack(kept: bytes) -> bytes:
    """The original, byte for byte. What is damaged is given back as it is: its hash tells."""
    if not kept.startswith(_MAGIC):
        return kept
    try:
        return zlib.decompress(kept[len(_MAGIC) :])
    except zlib.error:
        return kept


class OriginalField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes of any length, compressed in the database, and as they were to whoever writes and reads them."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        kept = None if value is None else pack(bytes(value))
        return super().get_db_prep_value(kept, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else unpack(bytes(value))
