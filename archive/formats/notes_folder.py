"""How to tell the files of a notes folder (docs/notes-folder.md) from articles."""

SECTION_MARK = b"<!-- commonplace:begin"  # at the begin of a line, before what Commonplace wrote into the file


def is_notes_file(data: bytes) -> bool:
    """Whether a file holds somebody's notes as `mirror_notes` writes them, and is no article."""
    return data.startswith(SECTION_MARK) or b"\n" + SECTION_MARK in data
