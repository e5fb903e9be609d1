"""An archive with everything that an export has to hold."""

from pathlib import Path

from django.contrib.auth import get_user_model

from archive.annotations import writing
from archive.articles.models import Article, ArticleEdit
from archive.curating import saved_searches
from archive.curating.models import Collection, CollectionItem
from archive.exporting.works import cite_keys
from archive.importing.running import Options, import_paths
from archive.reading import marking
from tests.factories import annotation

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003860180"
    "5a343d7c0000000049454e44ae426082"
)
FILES = {
    "a.md": """---
title: 'Peace: talks/end?'
author: [Ada Brook, Ben]
source: https://e.org/a?utm_source=x
tags: [sea, a b/c]
published: 2026-02
custom: [1, {x: y}]
---
The lamp burned all night. ![One](img/one%20two.png) Nobody slept.
""",
    "山/b.md": "---\ntitle: 山の話\nlang: ja\n---\n本文です。\n",
    "no front matter.md": "# Heading\n\nJust text with ==marked words== in it.\n",
    "latin1.md": "---\ntitle: Café\n---\nDéjà vu".encode("latin-1"),
    "crlf.md": b"---\r\ntitle: CRLF\r\n---\r\nLine\r\nother\r\n",
    "CON.md": "---\ntitle: '...'\n---\ntext",
    "same1.md": "---\ntitle: Same\n---\none",
    "same2.md": "---\ntitle: Same\n---\ntwo",
}


def write_sources(folder: Path) -> None:
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "img").mkdir()
    (folder / "img" / "one two.png").write_bytes(PNG)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(tmp_path: Path) -> None:
    """Everything that an export has to hold."""
    write_sources(tmp_path / "sources")
    people = get_user_model().objects
    ada, ben = people.create_superuser("ada", email="a@e.org"), people.create_user("ben", first_name="Ben")
    import_paths([tmp_path / "sources"], started_by=ada, options=Options(jobs=1))
    first = Article.objects.get(title="Peace: talks/end?")
    noted = annotation(first, ada, quote="lamp burned", note="Why *so*?", tags=("oil", "a/b"))
    writing.edit(ada, noted, version=1, note="Later", colour="red", tags=["oil"])
    shared = annotation(first, ben, quote="Nobody slept", note="Shared", shared=True)
    writing.reply(ada, shared, "Reply")
    writing.trash(ada, annotation(first, ada, note="Whole", tags=("gone",)))
    (tmp_path / "sources" / "a.md").write_text(FILES["a.md"].replace("all night", "all day"))
    import_paths([tmp_path / "sources"], options=Options(jobs=1))
    writing.name_colours(ada, {"red": "key point"})
    marking.star(ben, [first.pk])
    marking.mark_read(ada, [Article.objects.get(title="CRLF").pk])
    saved_searches.keep(ben, "Sea", "tag=sea")
    collection = Collection.objects.create(owner=ben, name="Shelf", note="*Mine*")
    for position, each in enumerate(Article.objects.order_by("-pk")[:2]):
        CollectionItem.objects.create(collection=collection, article=each, position=position)
    first.refresh_from_db()
    first.edit(title="Edited title", tags=["sea", "new"])
    ArticleEdit.objects.create(article=first, person=ada, before={"title": "x"}, after={"title": "y"})
    Article.objects.filter(title="Café").trash()
    cite_keys([first.pk])
