"""Words in a language other than the page's say so, for speech and typesetting (WCAG 3.1.2)."""

import re

import pytest
from django.urls import reverse

from archive.annotations.models import Annotation, Status
from archive.search import index
from tests.factories import annotation, article

pytestmark = pytest.mark.django_db

TITLE, WORDS = "Die Glocke", "zwei Schläge"


@pytest.fixture
def german(keeper):
    made = article(title=TITLE, text=f"Um sechs {WORDS} und Stille.", language="de", tags=("a",))
    article(title="Other", published=None, tags=("a",))
    annotation(made, keeper, quote=WORDS, note="Heard.")
    index.refresh()
    return made


def unspoken(html: str) -> list[str]:
    """The article's words outside elements in its language, except for filter values."""
    html = re.sub(r'<div class="filters".*?</div>', "", html, flags=re.DOTALL)
    found, languages = [], ["en"]
    for tag, attributes, text in re.findall(r"<(/?\w[\w-]*)([^>]*)>([^<]*)", html):
        if tag.startswith("/"):
            languages = languages[:-1]
        elif tag not in ("meta", "link", "input", "img", "br", "path", "circle", "hr"):
            spoken = re.search(r'\blang="(\w+)"', attributes)
            languages.append(spoken[1] if spoken else languages[-1])
        if tag not in ("title", "option") and (TITLE in text or WORDS in text) and languages[-1] != "de":
            found.append(text)
    return found


def test_titles_and_passages_say_their_language(client, german):
    note = Annotation.objects.get()
    pages = [german.get_absolute_url(), reverse("library"), reverse("notebook"), reverse("notebook") + "?view=stream"]
    pages.append(reverse("annotate", args=[german.pk]))
    pages += [reverse(name, args=[note.uuid]) for name in ("annotation-history", "edit-annotation")]
    pages += [reverse("reply-to-annotation", args=[note.uuid])]
    for page in pages:
        shown = client.get(page).content.decode()
        assert TITLE in shown and unspoken(shown) == [], page
    Annotation.objects.update(status=Status.ORPHAN)
    for page in (reverse("lost-passages"), reverse("attach-annotation", args=[note.uuid]), german.get_absolute_url()):
        assert unspoken(client.get(page).content.decode()) == [], page
    client.post(reverse("move-to-trash", args=[german.pk]), follow=True)  # where a message quotes it
    assert unspoken(client.get(reverse("trash")).content.decode()) == []
