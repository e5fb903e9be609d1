"""Every component in every state, from the same partials and styles as the pages. For developers."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.annotations.models import Colour, Visibility
from archive.text import Span, paint
from archive.text import render as render_text
from archive.web.colours import Swatch
from archive.web.passages import Note

SOURCE = """
Words with a [link](https://elsewhere.example/), *stress*, **weight**, `code`, ~~what is out~~ and a note.[^1]

> A quotation.

> [!note] A callout
> With words in it.

- one
- [x] done

```python
def speak(words: str) -> int:  # aloud
    return len(f"{words}")
```

| place | count |
|---|---:|
| here | 12 |

[^1]: The note.
"""
SWATCHES = [Swatch(colour.value, colour.label, "key point" if colour == Colour.YELLOW else "") for colour in Colour]


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page; only available if ARCHIVE_DEBUG is on."""
    if not settings.DEBUG:
        raise Http404
    document = render_text(SOURCE)
    spans = [Span(place, place + 5, (f"{number}",), (colour,)) for number, (place, colour) in enumerate(_places())]
    reply = _note(note="A reply.", is_own=False)
    context = {
        "swatches": SWATCHES,
        "visibilities": Visibility.choices,
        "html": paint(document.html, spans),
        "notes": {
            "with a note": [_note(note="What I think of it.", tags=("sea", "sea/boats"))],
            "shared, with a reply": [_note(note="For all to see.", visibility=Visibility.SHARED, replies=[reply])],
            "someone else’s": [_note(colour=Colour.PINK, note="Theirs.", is_own=False)],
            "of an edited passage": [_note(colour=Colour.GREEN, note="Still true.", status="changed")],
            "a highlight alone": [_note(colour=Colour.BLUE)],
        },
    }
    return render(request, "styleguide.html", context)


def _places() -> list[tuple[int, str]]:
    """One highlight in every colour, and two that overlap."""
    return [(number * 6, colour) for number, colour in enumerate(Colour.values)] + [(3, Colour.BLUE.value)]


def _note(
    *, colour: str = Colour.YELLOW, note: str = "", tags: tuple[str, ...] = (), is_own: bool = True, **fields: Any
) -> Note:
    """A note that is not stored."""
    annotation: Any = SimpleNamespace(
        uuid=uuid4(),
        exact="the words of a passage",
        image="",
        has_passage=True,
        is_lost=False,
        version=1,
        note=note,
        colour=colour,
        visibility=fields.get("visibility", Visibility.PRIVATE),
        status=fields.get("status", "anchored"),
        motivation="commenting",
        created_at=datetime(2026, 2, 5, tzinfo=UTC),
        owner=SimpleNamespace(get_username=lambda: "ida"),
    )
    swatch = next(each for each in SWATCHES if each.colour == colour)
    return Note(annotation, swatch, is_own, tags, fields.get("replies", ()))
