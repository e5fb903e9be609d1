"""Annotating an image: with the form, on the page, in the notebook and its downloads, and when it is lost."""

import csv
import html as html_escapes
import io
import json
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from archive.accounts.refusing import Refused
from archive.anchoring import PictureSelector
from archive.annotations import writing
from archive.annotations.history import last_change, undo
from archive.annotations.models import Annotation, Status
from archive.annotations.reanchoring import carry_over
from archive.text import LocalImage, render
from tests.factories import new_revision, rendered
from tests.web.pages import url

pytestmark = pytest.mark.django_db

HERE, AWAY = "/attachments/" + "ab" * 32, "https://pictures.example/stair.png"
SOURCE = f"The harbour was built in 1850.\n\n![The lamp](lamp.png)\n\nA keeper lived there.\n\n![The stair]({AWAY})\n"
NEW = "Everything was written anew here, and nothing of it was kept but a picture.\n\n![A map](map.png)\n\nThe end."


def where(source: str) -> LocalImage | None:
    """The addresses of the article's imported images."""
    return {"lamp.png": LocalImage(HERE), "map.png": LocalImage("/attachments/" + "cd" * 32)}.get(source)


@pytest.fixture
def article():
    return rendered(SOURCE, resolve_image=where, title="The lamp", source_url="https://a.example/lamp")


@pytest.fixture
def lamp(reader, article):
    return writing.annotate(reader, article, PictureSelector(HERE), note="Whale oil?", tags=["lamp"])


def import_anew(article, source):
    document = render(source, resolve_image=where)
    return carry_over(article, new_revision(article, document.text, html=document.html))


def test_the_form_offers_every_picture_and_marks_the_chosen_one(client, reader, article):
    address = reverse("annotate", args=[article.pk])
    offered = client.get(address).content.decode()
    assert "Annotate: image The lamp" in offered and "Annotate: image The stair" in offered
    assert offered.index("built in 1850") < offered.index("image The lamp") < offered.index("A keeper")
    link = html_escapes.unescape(re.findall(r'href="(\?[^"]*image=[^"]*)"', offered)[0])
    form = client.get(address + link).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(image|start)" value="([^"]*)"', form))
    response = client.post(address, {**fields, "colour": "blue", "note": "Oil?"}, follow=True)
    made = Annotation.objects.get()
    assert (made.image, made.image_alt, made.colour, made.exact, made.end) == (HERE, "The lamp", "blue", "", None)
    assert article.revision.text[: made.start].strip() == "The harbour was built in 1850."
    page = response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"#annotation-{made.uuid}")
    mark = rf'<mark data-annotations="{made.uuid}" [^>]* picture" id="annotation-{made.uuid}"><a class="enlarge"'
    assert re.search(mark, page)
    assert "Image: The lamp" in page


def test_the_text_is_the_same_with_a_picture_marked(client, reader, article, lamp):
    page = client.get(article.get_absolute_url()).content.decode()
    body = re.search(r'<div id="article-body"[^>]*>(.*?)</div>\n', page, re.DOTALL)[1]
    assert html_escapes.unescape(re.sub(r"<[^>]*>", "", body)) == article.revision.text
    assert page.count("Whale oil?") == 1


@pytest.mark.parametrize("image", ["", "/attachments/none", "javascript:alert(1)", "x" * 100_000, "\x00"])
def test_a_picture_that_is_not_there_is_refused(client, reader, article, image):
    response = client.post(reverse("annotate", args=[article.pk]), {"image": image, "start": "5", "note": "Kept"})
    assert response.status_code == 400
    assert "Kept" in response.content.decode()
    assert not Annotation.objects.exists()
    assert client.get(reverse("annotate", args=[article.pk]), {"image": image}).status_code == 200


@pytest.mark.parametrize(
    "nonsense", [{"image": ""}, {"image_now": ""}, {"start": None}, {"end": 99}, {"exact": "words"}]
)
def test_the_database_forbids_nonsense(lamp, nonsense):
    with pytest.raises(IntegrityError), transaction.atomic():
        Annotation.objects.update(**nonsense)


def test_an_import_carries_it_over_or_says_that_it_is_lost(client, reader, article, lamp):
    assert import_anew(article, "Before.\n\n" + SOURCE) == {Status.ANCHORED: 1}
    lamp.refresh_from_db()
    assert article.revision.text[: lamp.start].endswith("built in 1850.\n")
    assert import_anew(article, NEW) == {Status.ORPHAN: 1}
    lamp.refresh_from_db()
    assert (lamp.image, lamp.note) == (HERE, "Whale oil?")
    assert "1 lost passage" in client.get(article.get_absolute_url()).content.decode()
    assert import_anew(article, SOURCE) == {Status.ANCHORED: 1}, "it comes back with its picture"


def test_a_lost_picture_is_put_to_another_one(client, reader, article, lamp):
    import_anew(article, NEW)
    queue = client.get(reverse("lost-passages")).content.decode()
    assert "Attach here: image 1" in queue and "Whale oil?" in queue
    offered = client.get(url("attach-annotation", lamp)).content.decode()
    assert "Choose: image A map" in offered and "written anew" not in offered
    with pytest.raises(Refused):
        writing.attach(reader, lamp, 0, 5)
    fields = dict(re.findall(r'<input type="hidden" name="(image|start)" value="([^"]*)"', queue))
    assert client.post(url("attach-annotation", lamp), {"image": HERE, "start": 0}).status_code == 400
    assert client.post(url("attach-annotation", lamp), fields).status_code == 302
    attached = Annotation.objects.get()
    assert (attached.image, attached.image_now, attached.status) == (HERE, fields["image"], Status.CHANGED)
    assert 'picture" id="annotation-' in client.get(article.get_absolute_url()).content.decode()
    undo(reader, last_change(reader))
    assert Annotation.objects.lost().get().image_now == HERE


def test_the_notebook_shows_and_finds_it(client, reader, article, lamp):
    shown = client.get(reverse("notebook"), {"q": "lamp", "status": "anchored"}).content.decode()
    assert f'src="{HERE}"' in shown and "Go to passage" in shown
    writing.annotate(reader, article, PictureSelector(AWAY))
    shown = client.get(reverse("notebook"), {"q": "stair"}).content.decode()
    assert "Image: The stair" in shown and f'src="{AWAY}"' not in shown, "nothing is loaded from elsewhere"


def test_downloads_name_it(client, reader, article, lamp):
    writing.annotate(reader, article, PictureSelector(AWAY))
    read = {
        format: client.get(reverse("export-notebook", args=[format])).getvalue().decode()
        for format in ("md", "jsonld", "csv")
    }
    assert f"![The lamp](http://testserver{HERE})" in read["md"] and f"![The stair]({AWAY})" in read["md"]
    targets = [item["target"] for item in json.loads(read["jsonld"])["first"]["items"]]
    targets = [target[-1] if isinstance(target, list) else target for target in targets]
    assert [target["selector"] for target in targets] == [
        [{"type": "CssSelector", "value": f'img[src="{src}"]'}] for src in (HERE, AWAY)
    ]
    assert targets[0]["source"] == f"http://testserver{article.get_absolute_url()}"
    assert targets[1]["source"] == "https://a.example/lamp"
    rows = list(csv.DictReader(io.StringIO(read["csv"].lstrip("\ufeff"))))
    assert [row["picture"] for row in rows] == [f"http://testserver{HERE}", AWAY]
