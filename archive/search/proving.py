"""Checks that an index contains each object as the database has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import tantivy

from archive.search.kinds import Kind, Snapshot


def disagreements(kind: Kind, found: Snapshot) -> Iterator[str]:
    """The differences between an index and the database, as sentences."""
    last = 0
    while ids := kind.ids(last):
        indexed = _digests(found, last + 1, ids[-1])
        wanted = {object_id: [document.get_first("digest")] for object_id, document in kind.documents(ids)}
        for object_id in sorted(wanted.keys() | indexed.keys()):
            if wanted.get(object_id) != indexed.get(object_id):
                yield f"The search index does not have {kind.name} {object_id} as the database has it."
        last = ids[-1]
    for object_id in sorted(_digests(found, last + 1, (1 << 63) - 1)):
        yield f"The search index has {kind.name} {object_id}, which the database does not have."


def _digests(found: Snapshot, first: int, last: int) -> dict[int, list[int]]:
    """The digests of the documents with these ids; several for duplicates."""
    wanted = tantivy.Query.range_query(found.schema, "id", tantivy.FieldType.Unsigned, first, last)
    digests: defaultdict[int, list[int]] = defaultdict(list)
    for object_id, digest in found.values(wanted, "id", "digest"):
        digests[object_id].append(digest)
    return digests
