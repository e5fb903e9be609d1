"""Which articles are found to be doubles of one another, and which are not."""

import random
from io import StringIO

import pytest
from django.core.management import call_command

from archive.articles.models import Article
from archive.curating.doubles import finding, sketch
from archive.curating.doubles.finding import look_for, look_through
from archive.curating.models import DoublePair, TextSketch
from bench.doubles_texts import CHANGES, Speaker, templated
from bench.vocabulary import languages
from tests.factories import article, new_revision

pytestmark = pytest.mark.django_db
LANGUAGES = {language.code: language for language in languages()}


def text(code="en", words=400, seed=1):
    return Speaker(LANGUAGES[code]).text(random.Random(seed), words)


def pairs():
    return set(DoublePair.objects.values_list("first", "second"))


def look(*articles):
    """The pairs among these, each looked at when it comes in, as by imports."""
    for each in articles:
        look_for([each.pk])
    return pairs()


@pytest.mark.parametrize("code", ["en", "de", "uk", "ar", "zh", "ja"])
@pytest.mark.parametrize("change", CHANGES)
def test_the_same_as_another_site_has_it_is_found(code, change):
    original, chance = text(code), random.Random(3)
    changed = CHANGES[change](original, Speaker(LANGUAGES[code]), chance)
    one, _, other = (article(text=each) for each in (original, text(code, seed=2), changed))
    look_through()
    assert pairs() == {(one.pk, other.pk)}
    assert DoublePair.objects.get().likeness > 0.3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.paper.example/a", "https://paper.example/a"),
        ("https://m.paper.example/a/", "https://paper.example/a?utm_source=x"),
        ("https://paper.example/a/amp", "https://paper.example/a"),
        ("https://amp.paper.example/a?x=1", "https://www.paper.example/a?amp=1&x=1"),
    ],
)
def test_one_page_at_two_addresses_is_found_where_little_of_the_text_is_the_same(one, other):
    half = text(words=100)
    first = article(source_url=one, text=f"{half} {text(words=200, seed=2)}")
    second = article(source_url=other, text=f"{text(words=200, seed=3)} {half}")
    assert look(first, second) == {(first.pk, second.pk)}


def test_the_same_title_needs_a_near_text():
    same = [article(title="Notes of the week", text=text(seed=seed)) for seed in (1, 2)]
    assert look(*same) == set()
    near = article(title="NOTES of the week!", text=CHANGES["cut"](text(), Speaker(LANGUAGES["en"]), random.Random(1)))
    assert look(near) == {(same[0].pk, near.pk)}


def test_short_texts_are_doubles_by_title_and_text_alone():
    made = [article(title=title, text="Closed on Monday.") for title in ("Library", "library", "Museum")]
    made.append(article(title="Library", text="Open on Monday."))
    assert look(*made) == {(made[0].pk, made[1].pk)}


def test_what_one_template_made_is_not_the_same():
    chance = random.Random(5)
    made = [
        article(title=title, text=body) for title, body in (templated(chance, LANGUAGES["en"].words) for _ in range(40))
    ]
    assert look(*made) == set()


def test_many_of_one_text_are_no_pairs():
    """Pages that ask to sign in, or to switch scripts on: a key that many have tells nothing."""
    made = [
        article(title=f"Page {number}", text="Please turn on scripts and sign in to read " * 3) for number in range(60)
    ]
    look_for([each.pk for each in made])
    assert pairs() == set()


def test_of_a_long_series_only_the_likeliest_are_compared(monkeypatch):
    made = [article(title=f"Part {number}", text=f"{text(words=200)} Part {number}.") for number in range(12)]
    look_for([each.pk for each in made[:11]])
    known = pairs()
    monkeypatch.setattr(finding, "MOST_COMPARED", 3)
    look_for([made[11].pk])
    assert len(pairs() - known) == 3


def test_an_article_is_looked_at_again_when_its_text_changes():
    one, other = article(text=text()), article(text=text(seed=2))
    assert look(one, other) == set()
    new_revision(other, text())
    assert look(other) == {(one.pk, other.pk)}
    new_revision(other, text(seed=4))
    assert look(other) == set()


def test_a_decision_stays(django_assert_num_queries):
    one, other = article(text=text()), article(text=text())
    look(one, other)
    DoublePair.objects.update(state=DoublePair.State.DIFFERENT)
    new_revision(other, text() + " And so on.")
    look(other)
    look_through(again=True)
    assert DoublePair.objects.get().state == DoublePair.State.DIFFERENT


def test_what_is_in_the_trash_waits_for_nobody():
    one, other = article(text=text()), article(text=text())
    Article.objects.filter(pk=other.pk).trash()
    look(one, other)
    assert not DoublePair.objects.waiting()
    Article.objects.restore()
    assert DoublePair.objects.waiting().count() == 1


def test_the_command_finds_what_came_in_before_and_goes_on_where_it_was(monkeypatch):
    article(text=text()), article(text=text())
    TextSketch.objects.all().delete()
    said = [StringIO(), StringIO()]
    for out in said:
        call_command("find_doubles", stdout=out)
    assert "1 new pairs may be one article; 1 wait" in said[0].getvalue()
    assert "0 new pairs may be one article; 1 wait" in said[1].getvalue()


def test_a_run_that_was_broken_off_before_it_compared_goes_on(monkeypatch):
    one, other = article(text=text()), article(text=text())
    look_for([one.pk])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("archive.curating.doubles.finding.may_be_one", _interrupt)
        look_for([other.pk])
    look_through()
    assert pairs() == {(one.pk, other.pk)}


def _interrupt(*_):
    raise KeyboardInterrupt


def test_texts_that_share_half_of_their_runs_have_a_band_in_common():
    chance, found = random.Random(7), 0
    for _ in range(200):
        shared, *own = ({chance.randrange(2**32) for _ in range(count)} for count in (400, 200, 200))
        one, other = (sketch.sketch(shared | mine) for mine in own)
        found += any(mine == its for mine, its in zip(one.bands, other.bands, strict=True))
        assert abs(sketch.estimate(one.minima, other.minima) - 0.5) < 0.4
    assert found > 190
