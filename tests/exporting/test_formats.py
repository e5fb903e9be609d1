"""The same annotations in every format; what a program reads is parsed again here."""

import csv
import io
import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Status
from archive.exporting.citation import citation
from archive.exporting.csv import annotations_csv
from archive.exporting.jsonld import annotation_jsonld, collection_jsonld
from archive.exporting.markdown import annotations_markdown
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. The keeper writes it down. The tide goes out again."


def absolute(path: str) -> str:
    return f"https://archive.example{path}"


@pytest.fixture
def annotation():
    reader = get_user_model().objects.create_user("reader")
    article = make_article(
        text=TEXT,
        title="Tides, Twice",
        authors=("Ada Brook", "Ben Marsh"),
        publication="The Harbour Post",
        published=date(2024, 3, 1),
        source_url="https://harbourpost.example/tides",
    )
    return writing.annotate(
        reader,
        article,
        Selector("The keeper writes it down."),
        note="Why?\n\n*Twice*",
        tags=["sea/tides"],
        colour="blue",
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Ada Brook, Ben Marsh. “Tides, Twice”. The Harbour Post, 1 March 2024. https://harbourpost.example/tides"),
        ({"published_precision": "year"}, "The Harbour Post, 2024."),
        ({"published": None, "publication": None, "source_url": ""}, "Ada Brook, Ben Marsh. “Tides, Twice”."),
    ],
)
def test_a_citation_says_what_is_known(annotation, fields, expected):
    for name, value in fields.items():
        setattr(annotation.article, name, value)
    assert expected in citation(annotation.article)


def test_jsonld_follows_the_web_annotation_model(annotation):
    data = annotation_jsonld(annotation, absolute)
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (data["type"], data["motivation"]) == ("Annotation", "commenting")
    assert data["id"] == f"https://archive.example/annotations/{annotation.uuid}/"
    assert data["body"][0] == {
        "type": "TextualBody", "purpose": "commenting", "value": "Why?\n\n*Twice*", "format": "text/markdown"
    }  # fmt: skip
    assert data["body"][1] == {"type": "TextualBody", "purpose": "tagging", "value": "sea/tides"}
    quote, position = data["target"]["selector"]
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "The keeper writes it down.")
    assert TEXT[position["start"] : position["end"]] == quote["exact"]
    assert data["target"]["source"] == "https://harbourpost.example/tides"


def test_a_reply_targets_what_it_answers(annotation):
    answer = writing.reply(annotation.owner, annotation, "Because.")
    data = annotation_jsonld(answer, absolute)
    assert data["target"] == annotation_jsonld(annotation, absolute)["id"]
    assert data["body"][0]["purpose"] == "replying"


def test_a_lost_passage_is_exported_without_a_position(annotation):
    annotation.status = Status.ORPHAN
    selectors = annotation_jsonld(annotation, absolute)["target"]["selector"]
    assert [selector["type"] for selector in selectors] == ["TextQuoteSelector"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_collection_is_one_json_document(annotation, count):
    items = [annotation] * count
    pieces = collection_jsonld(items, absolute, id="https://archive.example/c", label="“All”", total=count)
    collection = json.loads("".join(pieces))
    assert (collection["type"], collection["total"], collection["label"]) == ("AnnotationCollection", count, "“All”")
    assert len(collection["first"]["items"]) == count


def test_csv_is_read_back_whole(annotation):
    rows = list(csv.DictReader(io.StringIO("".join(annotations_csv([annotation], absolute)).removeprefix("\ufeff"))))
    assert rows[0]["quote"] == "The keeper writes it down."
    assert rows[0]["note"] == "Why?\n\n*Twice*"
    assert rows[0]["tags"] == "sea/tides"


def test_csv_cells_are_no_formulas(annotation):
    annotation.note = '=HYPERLINK("https://evil.example")'
    rows = list(csv.DictReader(io.StringIO("".join(annotations_csv([annotation], absolute)))))
    assert rows[0]["note"].startswith("'=")


def test_markdown_groups_by_article(annotation):
    writing.annotate(annotation.owner, annotation.article, Selector("The tide goes out again."))
    text = "".join(annotations_markdown(Annotation.objects.order_by("article", "start"), absolute))
    assert text.count("## Tides, Twice") == 1
    assert "> The keeper writes it down.\n\nWhy?\n\n*Twice*\n\n#sea/tides [" in text
    assert text.index("> The keeper") < text.index("> The tide goes out")
