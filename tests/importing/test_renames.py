"""Files renamed and edited at the same time keep their article."""

import random
from datetime import date

import pytest

from archive.articles.models import Article
from tests.importing.texts import clip

pytestmark = pytest.mark.django_db
HAN = [chr(code) for code in range(0x4E00, 0x5200)]


def words(seed, count=3000):
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(count)]


VOCABULARY = words(0)


def text(seed, sentences=40):
    """Paragraphs of made-up sentences from one vocabulary."""
    chance = random.Random(seed)
    made = [f"{' '.join(chance.choices(VOCABULARY, k=chance.randint(8, 20)))}." for _ in range(sentences)]
    return "\n\n".join(" ".join(made[start : start + 4]) for start in range(0, sentences, 4))


def chinese(seed, sentences=40):
    chance = random.Random(seed)
    return "\n\n".join("".join(chance.choices(HAN, k=25)) + "。" for _ in range(sentences))


def edited(original, other, keep, seed):
    """The text with some of its sentences replaced by others."""
    chance = random.Random(seed)
    sep = "。" if "。" in original else "."
    mine, theirs = original.split(sep), other.split(sep)
    kept = set(chance.sample(range(len(mine)), round(len(mine) * keep)))
    return sep.join(one if number in kept else theirs[number % len(theirs)] for number, one in enumerate(mine))


@pytest.mark.parametrize("write", [text, chinese], ids=["words", "Chinese"])
@pytest.mark.parametrize("keep", [0.5, 0.7, 0.95])
def test_renamed_and_edited_files_are_followed_and_no_other_is(clippings, write, keep):
    texts = {f"old/{number}.md": write(number) for number in range(20)}
    for name, content in texts.items():
        clippings.write(name, content)
    clippings.write("old/stays.md", write(999))
    clippings.run()
    before = {article.revision.path: article.pk for article in Article.objects.select_related("revision")}
    for number, (name, content) in enumerate(texts.items()):
        clippings.remove(name)
        if number < 12:
            clippings.write(f"new/renamed {number}.md", edited(content, write(1000 + number), keep, number))
        else:
            clippings.write(f"new/other {number}.md", write(2000 + number))
    run = clippings.run()
    after = {article.revision.path: article.pk for article in Article.objects.select_related("revision")}
    followed = {number for number in range(12) if after[f"new/renamed {number}.md"] == before[f"old/{number}.md"]}
    assert len(followed) == 12
    assert (run.updated, run.created, run.missing, run.done) == (12, 8, 8, run.total)
    assert clippings.codes().count("renamed") == 12
    assert clippings.run().unchanged == 21


def test_a_text_of_which_little_is_left_is_another_article(clippings, counts):
    clippings.write("a.md", text(1))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", edited(text(1), text(2), 0.1, 1))
    assert counts(clippings.run()) == {"created": 1, "missing": 1}


def test_an_exact_copy_comes_before_one_that_is_alike(clippings, counts):
    clippings.write("a.md", text(1))
    clippings.run()
    first = Article.objects.get()
    clippings.move("a.md", "z.md")
    clippings.write("b.md", edited(text(1), text(2), 0.8, 1))
    assert counts(clippings.run()) == {"moved": 1, "created": 1}
    assert first.source_files.get().path == "z.md"


def test_a_form_that_is_filled_in_every_day_makes_no_two_days_one(clippings, counts):
    form = text("form", 30)
    for day in range(1, 6):
        clippings.write(f"days/{date(2026, 1, day)}.md", f"{form}\n\n{text(day, 10)}")
    clippings.run()
    clippings.remove("days/2026-01-05.md")
    clippings.write("days/2026-01-06.md", f"{form}\n\n{text(6, 10)}")
    assert counts(clippings.run()) == {"created": 1, "missing": 1, "unchanged": 4}


def test_which_of_two_equals_it_was_is_not_guessed(clippings, counts):
    clippings.write("a.md", text(1))
    clippings.write("b.md", f"{text(1)} And this.")
    clippings.run()
    clippings.remove("a.md")
    clippings.remove("b.md")
    clippings.write("c.md", edited(text(1), text(2), 0.8, 1))
    assert counts(clippings.run()) == {"created": 1, "missing": 2}


def test_a_file_with_another_address_is_another_article(clippings, counts):
    clippings.write("a.md", clip("https://a.example/1", body=text(1)))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", clip("https://a.example/2", "Other", body=text(1)))
    assert counts(clippings.run()) == {"created": 1, "missing": 1}


def test_an_address_that_is_added_while_renaming(clippings, counts):
    clippings.write("a.md", text(1))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", clip("https://a.example/2", body=text(1)))
    assert counts(clippings.run()) == {"updated": 1}
    assert Article.objects.get().source_url == "https://a.example/2"


def test_a_run_that_was_killed_and_begun_again_follows_them_too(clippings, counts, monkeypatch):
    from archive.importing import running

    clippings.write("a.md", text(1))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", edited(text(1), text(2), 0.6, 1))

    class Killed(Exception):
        pass

    def die(*arguments):
        raise Killed

    monkeypatch.setattr(running, "Writer", die)
    with pytest.raises(Killed):
        clippings.run()
    monkeypatch.undo()
    assert counts(clippings.run()) == {"updated": 1}


def test_a_dry_run_tells_the_same(clippings, counts):
    clippings.write("a.md", text(1))
    clippings.run()
    clippings.remove("a.md")
    clippings.write("b.md", edited(text(1), text(2), 0.6, 1))
    assert counts(clippings.run(dry_run=True)) == {"updated": 1}
    assert counts(clippings.run()) == {"updated": 1}
