"""Importing and annotations: they are carried over, reported if lost, and never dropped."""

import random

import pytest
from django.contrib.auth import get_user_model

from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation
from archive.articles.models import Article, Revision
from archive.importing.rerendering import rerender

pytestmark = pytest.mark.django_db

WORDS = [
    *("harbour", "lamp", "keeper", "oil", "winter", "stair", "window", "storm"),
    *("log", "engine", "rope", "anchor", "paint", "salt", "brass", "wick"),
]


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 16))).capitalize() + f" {chance.randint(1000, 9999)}."


@pytest.fixture
def reader():
    return get_user_model().objects.create_user("reader")


def mark(reader, passage: str) -> Annotation:
    return writing.annotate(reader, Article.objects.select_related("revision").get(), Selector(passage))


def test_a_passage_is_carried_to_the_new_revision(clippings, reader):
    passage = "The keeper wrote it down every evening."
    clippings.write("a.md", f"First of all. {passage} Then he slept.")
    clippings.run()
    made = mark(reader, passage)
    clippings.write("a.md", f"A new beginning, longer than before. First of all. {passage} Then he slept.")
    assert clippings.run().annotations == {"anchored": 1}
    made.refresh_from_db()
    assert Article.objects.get().revision.text[made.start : made.end] == passage


def test_a_lost_passage_is_told_by_name_and_kept(clippings, reader):
    passage = "The keeper wrote it down every evening."
    clippings.write("a.md", f"First of all. {passage} Then he slept.")
    clippings.run()
    mark(reader, passage)
    clippings.write("a.md", "Something else altogether stands here now, about rope and paint.")
    assert clippings.run().annotations == {"orphan": 1}
    assert clippings.codes() == ["passage-lost"]
    assert Annotation.objects.lost().get().exact == passage


def test_an_unchanged_article_is_left_alone(clippings, reader):
    clippings.write("a.md", "The keeper wrote it down every evening.")
    clippings.run()
    before = mark(reader, "wrote it down every evening").modified_at
    assert clippings.run().annotations == {}
    assert Annotation.objects.get().modified_at == before


def test_a_text_made_anew_by_another_renderer_takes_its_passages_along(clippings, reader):
    passage = "The keeper wrote it down every evening."
    clippings.write("a.md", f"First of all. {passage} Then he slept.")
    clippings.run()
    made = mark(reader, passage)
    # As if an older renderer had put more text before the passage.
    Revision.objects.update(text="Older words that no longer come. " + made.revision.text)
    Annotation.objects.update(start=made.start + 33, end=made.end + 33)
    rerender(everything=True, jobs=1)
    made.refresh_from_db()
    assert Article.objects.get().revision.text[made.start : made.end] == passage


def test_a_hundred_imports_of_an_edited_renamed_removed_file_lose_no_annotation(clippings, reader):
    chance = random.Random(7)
    sentences = [sentence(chance) for _ in range(40)]
    name = "a.md"

    def write() -> None:
        text = "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))
        clippings.write(name, f"---\nsource: https://a.example/log\ntitle: Log\n---\n\n{text}\n")

    write()
    clippings.run()
    quotes = {mark(reader, passage).pk: passage for passage in chance.sample(sentences, 12)}

    for _ in range(100):
        deed = chance.random()
        place = chance.randrange(len(sentences))
        if deed < 0.35:
            sentences.insert(place, sentence(chance))
        elif deed < 0.6 and len(sentences) > 20:
            del sentences[place]
        elif deed < 0.8:
            words = sentences[place].split()
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            sentences[place] = " ".join(words)
        elif deed < 0.9:
            clippings.move(name, renamed := f"{chance.randrange(1000)}.md")
            name = renamed
        else:
            clippings.remove(name)
            clippings.run(prune=True)
        write()
        clippings.run()

        text = Article.objects.get().revision.text
        annotations = {annotation.pk: annotation for annotation in Annotation.objects.all()}
        assert {pk: annotation.exact for pk, annotation in annotations.items()} == quotes
        for annotation in annotations.values():
            if annotation.status == "anchored":
                assert text[annotation.start : annotation.end] == annotation.exact
            elif not annotation.is_lost:
                # An edit may have changed it; a wrong place has different words.
                place = text[annotation.start : annotation.end]
                shared = set(place.split()) & set(annotation.exact.split())
                assert len(shared) >= len(set(annotation.exact.split())) / 2, (annotation.exact, place)
    assert Article.objects.get().trashed_at is None
