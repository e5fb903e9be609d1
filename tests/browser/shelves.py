"""Articles that exercise every part of the pages: long names, many tags, several scripts, remote images."""

from pathlib import Path

from archive.articles.models import Article, Attachment
from archive.search import index
from archive.text import LocalImage
from tests.factories import rendered

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600"/></svg>'
SOURCE = """
Opening words with a [link](https://elsewhere.example/a) and `code`.

## The first part

- one
- two
    - deeper

> A quotation of some length.

## The second part

| place | count |
|---|---|
| here | 12 |

```
a line of code that is long enough to have to scroll sideways on any narrow screen, and then some more of it
```

### Below the second

- [ ] to do
- [x] done

![A picture](https://pictures.example/a.png)

A sentence with a note.[^1]

[^1]: The note.
"""


def with_picture(source: str, data_dir: Path, **fields) -> Article:
    """An article in which every imported image is a black rectangle."""
    file = data_dir / "attachments" / "square.svg"
    file.parent.mkdir()
    file.write_bytes(PICTURE)
    kept = Attachment.objects.create(sha256="5" * 64, media_type="image/svg+xml", size=len(PICTURE), file=str(file))
    picture = LocalImage(f"/attachments/{kept.sha256}", 900, 600)
    return rendered(source, resolve_image=lambda _: picture, **fields)


def fill() -> list[Article]:
    """The articles, in the index."""
    made = [
        rendered(
            SOURCE,
            title="The swing bridge",
            description="How it opens, and for whom.",
            authors=("Ana Miel", "Bo Ferry"),
            publication="The Harbour Post",
            tags=("sea/boats", "history"),
            published="2024-03-01",
            language="en",
            source_url="https://harbour.example/bridge",
            metadata={"title": "The swing bridge", "tags": ["sea/boats", "history"]},
        ),
        rendered(
            "## جزء\n\nكان جدي يعرف من النجوم سبعة.",
            title="نجوم",
            language="ar",
            authors=("ليلى",),
            published="2023-01-01",
            published_precision="year",
        ),
        rendered("一片叶子的路很长。", title="一片叶子的路", language="zh", published="2022-05-01", tags=("nature",)),
        rendered(
            "W" * 300, title="A long title that goes on and on " * 10, tags=tuple(f"subject {n}" for n in range(80))
        ),
        rendered("w" * 200, title="W" * 200, published=None, publication="P" * 200, authors=("N" * 200,)),
    ]
    index.refresh()
    return made
