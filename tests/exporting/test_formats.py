"""The same annotations in every format; formats for programs are parsed again here."""

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
from archive.exporting.recipient import Recipient
from archive.text import render
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db

TEXT = "The tide comes in twice a day. The keeper writes it down. The tide goes out again."


def absolute(path: str) -> str:
    return f"https://archive.example{path}"


def reader_of(annotation):
    return Recipient(annotation.owner_id, absolute, {"blue": "key point"})


def table_of(annotation):
    text = "".join(annotations_csv([annotation], reader_of(annotation)))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


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
    person = "https://archive.example/notebook/?person=reader"
    assert data["creator"] == {"id": person, "type": "Person", "name": "reader", "nickname": "reader"}
    assert data["body"] == [
        {
            "type": "TextualBody", "purpose": "commenting", "value": "Why?\n\n*Twice*", "format": "text/markdown",
            "creator": person, "created": data["created"],
        },
        {"type": "TextualBody", "purpose": "tagging", "value": "sea/tides", "format": "text/plain"},
    ]  # fmt: skip
    here, there = data["target"]
    quote, position = here["selector"]
    assert here["source"] == there["scope"] == absolute(annotation.article.get_absolute_url())
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "The keeper writes it down.")
    assert TEXT[position["start"] : position["end"]] == quote["exact"]
    assert (there["source"], there["selector"]) == ("https://harbourpost.example/tides", [quote])
    assert here["styleClass"] == there["styleClass"] == "blue"
    assert data["stylesheet"] == {"type": "CssStylesheet", "value": ".blue { background-color: blue }"}


def test_a_body_is_as_old_as_its_note(annotation):
    highlight = writing.annotate(annotation.owner, annotation.article, Selector("The tide goes out again."))
    assert "body" not in annotation_jsonld(highlight, absolute)
    writing.edit(annotation.owner, highlight, version=highlight.version, note="Later.")
    data = annotation_jsonld(Annotation.objects.with_noted_at().get(pk=highlight.pk), absolute)
    assert data["body"][0]["created"] > data["created"]


def test_addresses_are_escaped_and_tell_nobody_how_one_came_there(annotation):
    annotation.article.source_url = "https://harbourpost.example:443/a b/“t”?utm_source=x&id=1&fbclid=2#part"
    address = "https://harbourpost.example/a%20b/%E2%80%9Ct%E2%80%9D?id=1#part"
    assert annotation_jsonld(annotation, absolute)["target"][1]["source"] == address
    assert citation(annotation.article).endswith(f" {address}")
    assert f"<{address}>" in "".join(annotations_markdown([annotation], reader_of(annotation)))
    assert address in "".join(annotations_csv([annotation], reader_of(annotation)))


def test_a_reply_targets_what_it_answers(annotation):
    answer = writing.reply(annotation.owner, annotation, "Because.")
    data = annotation_jsonld(answer, absolute)
    assert data["target"] == annotation_jsonld(annotation, absolute)["id"]
    assert data["body"][0]["purpose"] == "replying"


def test_a_lost_passage_is_exported_without_a_position(annotation):
    annotation.status = Status.ORPHAN
    here, there = annotation_jsonld(annotation, absolute)["target"]
    assert [selector["type"] for selector in here["selector"]] == ["TextQuoteSelector"]
    assert here["selector"] == there["selector"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_collection_is_one_json_document(annotation, count):
    items = [annotation] * count
    pieces = collection_jsonld(items, absolute, id="https://archive.example/c", label="“All”", total=count)
    collection = json.loads("".join(pieces))
    assert (collection["type"], collection["total"], collection["label"]) == ("AnnotationCollection", count, "“All”")
    assert len(collection["first"]["items"]) == count


def test_csv_is_read_back_whole(annotation):
    rows = list(
        csv.DictReader(
            io.StringIO("".join(annotations_csv([annotation], reader_of(annotation))).removeprefix("\ufeff"))
        )
    )
    assert rows[0]["quote"] == "The keeper writes it down."
    assert rows[0]["note"] == "Why?\n\n*Twice*"
    assert rows[0]["tags"] == "sea/tides"
    assert (rows[0]["meaning"], rows[0]["in reply to"]) == ("key point", "")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_are_no_formulas(annotation, sign):
    annotation.note = f'{sign}HYPERLINK("https://evil.example")'
    text = "".join(annotations_csv([annotation], reader_of(annotation)))
    assert f'"\'{sign}HYPERLINK(""https://evil.example"")"' in text


def test_markdown_groups_by_article(annotation):
    writing.annotate(annotation.owner, annotation.article, Selector("The tide goes out again."))
    text = "".join(annotations_markdown(Annotation.objects.in_reading_order(), reader_of(annotation)))
    assert text.count("## Tides, Twice") == 1
    assert "> The keeper writes it down.\n\nWhy?\n\n*Twice*\n\nBlue: key point · #sea/tides · [" in text
    assert text.index("> The keeper") < text.index("> The tide goes out")


class TestThreads:
    @pytest.fixture
    def other(self, annotation):
        writing.edit(annotation.owner, annotation, version=annotation.version, visibility="shared")
        return get_user_model().objects.create_user("_other_")

    def written(self, annotation, person, **conditions):
        chosen = Annotation.objects.visible_to(person).filter(**conditions).in_reading_order()
        return "".join(annotations_markdown(chosen, Recipient(person.pk, absolute)))

    def test_replies_are_named_and_stand_indented_below_what_they_answer(self, annotation, other):
        writing.reply(other, annotation, "First\n\nsecond")
        writing.annotate(annotation.owner, annotation.article, Selector("The tide goes out again."))
        text = self.written(annotation, annotation.owner)
        reply, day = text.index("- **\\_other\\_** · ["), f"{annotation.created_at:%Y-%m-%d}"
        assert text.index("> The keeper") < reply < text.index("> The tide goes out")
        assert "\n\n  First\n\n  second\n\n" in text[reply:]
        assert f"Blue · shared · #sea/tides · [{day}]" in text

    def test_others_are_named_and_oneself_is_not(self, annotation, other):
        assert "Blue · **reader** · #sea/tides" in self.written(annotation, other)

    def test_a_reply_alone_tells_what_it_answers(self, annotation, other):
        writing.reply(other, annotation, "Because.")
        text = self.written(annotation, other, owner=other)
        assert "In reply to:\n\n> The keeper writes it down.\n\n- **" in text
        assert "Twice*" not in text

    def test_what_became_private_is_not_told_to_who_answered_it(self, annotation, other):
        writing.reply(other, annotation, "Because.")
        annotation.refresh_from_db()
        writing.edit(annotation.owner, annotation, version=annotation.version, visibility="private")
        text = self.written(annotation, other, owner=other)
        assert "In reply to another note:" in text and "keeper" not in text and "Because." in text


@pytest.mark.parametrize("note", ["```\nnever closed", "<!-- never closed", "~~~~", "a\n\n<script>\nx"])
def test_a_note_takes_in_nothing_that_follows(annotation, note):
    annotation.note = note
    text = "".join(annotations_markdown([annotation], reader_of(annotation)))
    assert render(text).text.count("Blue: key point") == 1
    assert "<code" not in render(text).html.split("Blue: key point")[1]
    assert render(text).html.endswith("</p>\n") and "\n- " in text


def test_an_old_quote_with_the_lines_of_its_source_is_one_line(annotation):
    Annotation.objects.update(exact="The keeper\nwrites it down.")
    annotation.refresh_from_db()
    assert "> The keeper writes it down.\n" in "".join(annotations_markdown([annotation], reader_of(annotation)))
    rows = table_of(annotation)
    assert rows[0]["quote"] == "The keeper writes it down."
