"""JSON is written as the standard library writes it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from archive.exporting.folder.indented_json import indented_json

TEXTS = st.text(st.characters())  # lone surrogates, too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner) | st.tuples(inner),
    max_leaves=20,
)


@given(VALUES)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    expected = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    assert indented_json(value) == expected.encode("utf-8", "surrogatepass")
