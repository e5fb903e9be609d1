"""What the Web Annotation Data Model requires of an annotation (https://www.w3.org/TR/annotation-model/)."""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model

from archive.anchoring import PictureSelector, Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Motivation, Status
from archive.exporting.jsonld import annotation_jsonld, collection_jsonld
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. 潮が満ちる 🌊 “always”."
HTML = f'<p>{TEXT} <img alt="Map" src="/attachments/m.png"> <img alt="" data-remote-src="https://e.example/&quot;m.png"></p>'


def absolute(path):
    return path if path.startswith("http") else f"https://archive.example{path}"


def is_iri(text):
    return bool(urlsplit(text).scheme) and not re.search(r'[\s<>"{}|\\^`]', text)


def is_moment(text):
    return datetime.fromisoformat(text).tzinfo is not None


def check_annotation(data):
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert is_iri(data["id"]) and data["type"] == "Annotation"
    assert data["motivation"] in Motivation.values
    assert is_moment(data["created"]) and is_moment(data["modified"])
    check_person(data["creator"])
    assert data.get("body") != []
    for body in data.get("body", []):
        check_body(body)
    targets = data["target"] if isinstance(data["target"], list) else [data["target"]]
    assert targets
    for target in targets:
        check_target(target, "stylesheet" in data)
    if "stylesheet" in data:
        assert data["stylesheet"]["type"] == "CssStylesheet" and isinstance(data["stylesheet"]["value"], str)


def check_person(person):
    assert is_iri(person["id"]) and person["type"] == "Person" and isinstance(person["nickname"], str)


def check_body(body):
    assert body["type"] == "TextualBody" and isinstance(body["value"], str)
    assert body["purpose"] in ("commenting", "replying", "tagging") and body["format"].startswith("text/")
    assert "created" not in body or is_moment(body["created"])
    assert "creator" not in body or is_iri(body["creator"])


def check_target(target, has_stylesheet):
    if isinstance(target, str):
        assert is_iri(target)
        return
    assert isinstance(target["source"], str) and is_iri(target["source"])
    assert "scope" not in target or is_iri(target["scope"])
    assert "styleClass" not in target or has_stylesheet
    assert "selector" not in target or target["selector"]
    for selector in target.get("selector", []):
        match selector["type"]:
            case "TextQuoteSelector":
                assert isinstance(selector["exact"], str) and selector["exact"]
                assert all(isinstance(selector.get(name, ""), str) for name in ("prefix", "suffix"))
            case "TextPositionSelector":
                assert 0 <= selector["start"] < selector["end"]
                assert target["source"].startswith("https://archive.example/")
            case "CssSelector":
                assert selector["value"].startswith('img[src="')
            case other:
                raise AssertionError(other)


@pytest.fixture
def person():
    return get_user_model().objects.create_user("ann é&?=", first_name="Ann", last_name="Brook")


def kinds(person):
    """Twenty annotations that differ in target, content and status."""
    article = make_article(text=TEXT, html=HTML, source_url="https://e.example/a b?x=“1”&utm_source=y", language="ja")
    bare = make_article(text=TEXT, html=HTML, source_url="")

    def on(words, where=article, **fields):
        return writing.annotate(person, where, Selector(words) if words else None, **fields)

    note = on("comes in", note="Why?", visibility="shared")
    made = [
        note,
        on("The tide"),
        on("twice", colour="grey"),
        on("a day", tags=["sea", "a/b", "two words"]),
        on("潮が満ちる", note="*Notes*\n\n- x", tags=["海"]),
        on("🌊"),
        on("“always”", note='"quoted" \\ </script>'),
        on(TEXT),
        on("", note="on the whole"),
        on("", where=bare, note="on the whole, without an address"),
        on("The tide", where=bare),
        on("comes", where=bare, note="n", tags=["t"]),
        writing.annotate(person, article, PictureSelector("/attachments/m.png", start=len(TEXT) + 1)),
        writing.annotate(person, article, PictureSelector('https://e.example/"m.png', start=len(TEXT) + 2), note="n"),
        writing.reply(person, note, "Because."),
        on("The", visibility="shared"),
    ]
    for status in (Status.ORPHAN, Status.AMBIGUOUS, Status.CHANGED, Status.MOVED):
        lost = on("in twice a", note="n")
        Annotation.objects.filter(pk=lost.pk).update(status=status)
        made.append(lost)
    return made


def test_every_kind_of_annotation_has_what_it_must_have(person):
    made = kinds(person)
    assert len(made) == 20
    for annotation in Annotation.objects.with_noted_at().select_related("article", "parent", "owner"):
        check_annotation(annotation_jsonld(annotation, absolute))


def test_a_collection_has_what_it_must_have(person):
    kinds(person)
    chosen = Annotation.objects.in_reading_order()
    pieces = collection_jsonld(chosen, absolute, id="https://archive.example/c", label="All", total=20)
    data = json.loads("".join(pieces))
    assert (data["type"], data["total"]) == ("AnnotationCollection", 20) and is_iri(data["id"])
    page = data["first"]
    assert page["type"] == "AnnotationPage" and is_iri(page["id"]) and page["partOf"] == data["id"]
    assert page["startIndex"] == 0 and len(page["items"]) == 20
    for item in page["items"]:
        check_annotation({"@context": data["@context"]} | item)
