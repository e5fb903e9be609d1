"""Whether an index holds each object as the database has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tantivy

from archive.search.kinds import AT_ONCE, Kind, Snapshot


def disagreements(kind: Kind, found: Snapshot) -> Iterator[str]:
    """What of an index is not as in the database, in sentences."""
    last = 0
    while ids := kind.ids(last, AT_ONCE):
        indexed = _digests(found, last + 1, ids[-1])
        wanted = {object_id: _digest_of(document) for object_id, document in kind.documents(ids)}
        for object_id in sorted(wanted.keys() | indexed.keys()):
            if wanted.get(object_id) != indexed.get(object_id):
                yield f"The search index does not have {kind.name} {object_id} as the database has it."
        last = ids[-1]
    for object_id in sorted(_digests(found, last + 1, (1 << 63) - 1)):
        yield f"The search index has {kind.name} {object_id}, which the database has not."


def _digests(found: Snapshot, first: int, last: int) -> dict[int, Any]:
    """The digests of the documents with these ids; -1 for what is there twice."""
    query = tantivy.Query.range_query(found.schema, "id", tantivy.FieldType.Unsigned, first, last)
    addresses = [address for _, address in found.searcher.search(query, max(1, found.searcher.num_docs)).hits]
    ids, digests = (found.searcher.fast_field_values(name, addresses) for name in ("id", "digest"))
    found_digests: dict[int, Any] = {}
    for object_id, digest in zip(ids, digests, strict=True):
        found_digests[int(object_id or 0)] = -1 if object_id in found_digests else digest
    return found_digests


def _digest_of(document: tantivy.Document) -> Any:
    return document.get_first("digest")
