"""What a search finds: a table of cases, then agreement with a plain scan over the same texts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive import query
from archive.query import parse
from archive.search import index, listing
from archive.search.searching import Search
from tests.factories import article, articles_in
from tests.search.scan import fits

ALL = {"talks", "grid", "chinese", "old", "undated"}
CASES: list[tuple[str, set[str]]] = [
    ("", ALL),
    ("peace", {"talks", "grid"}),
    ("PEACE talks", {"talks", "grid"}),  # talked has the stem of talks
    ('"peace talks"', {"talks"}),
    ('"talks peace"', set()),
    ("negotiating", {"talks", "grid"}),
    ("negotiat*", {"talks", "grid"}),
    ("negotiated*", {"talks"}),
    ('"negotiate"', set()),  # a phrase is exactly what it says
    ("cafe", {"grid"}),
    ("CAFÉ", {"grid"}),
    ("strasse", {"old"}),
    ("lodz", {"old"}),
    ("uber", {"old"}),
    ("києва", {"old"}),
    ("经济", {"chinese"}),
    ("增长", {"chinese"}),
    ("刺激", {"chinese"}),
    ("长", {"chinese"}),
    ("济经", set()),
    ("python", {"chinese"}),
    ("pyth*", {"chinese"}),
    ("roads", {"old"}),
    ("reuters", {"talks"}),
    ("economies", {"chinese"}),  # tagged economy
    ("harmash", {"talks"}),
    ("harmash li", {"talks"}),
    ('"harmash li"', set()),  # no phrase runs from one name into the next
    ("*egotia*", {"talks", "grid"}),
    ("*egotiated", {"talks"}),
    ("*otiat", set()),
    ("title:*eace*", {"talks"}),
    ("*经济*", {"chinese"}),
    ("pirsoners~", {"talks"}),  # two letters swapped
    ("negoziatet~", {"talks"}),  # two other letters in a long word
    ("paece", set()),
    ("title:grid~", {"grid"}),
    ("author:mueller", {"old"}),
    ('author:"Anna Mueller"', {"old"}),
    ("ueber", {"old"}),
    ("fuehrte", {"old"}),
    ('"strasse fuehrte nach"', {"old"}),
    ('"die fuehrte"', set()),
    ("straße", {"old"}),
    ("peace -prisoners", {"grid"}),
    ("-peace", {"chinese", "old", "undated"}),
    ("-peace -words", {"chinese", "old"}),
    ("prisoners OR winter", {"talks", "grid"}),
    ("peace (prisoners OR python)", {"talks"}),
    ("-(peace OR python)", {"old", "undated"}),
    ("peace (tag:x OR tag:y)", set()),
    ("peace (tag:x OR winter)", {"grid"}),
    ("title:peace", {"talks"}),
    ("title:winter* -title:peace", {"grid"}),
    ("author:harmash", {"talks"}),
    ('author:"li na"', {"talks", "grid"}),
    ("author:müller", {"old"}),
    ("author:reuters", set()),
    ("before:2000 OR peace", {"old", "talks", "grid"}),
    ("(before:2000 OR peace OR on:2025-06) -prisoners", {"old", "chinese", "grid"}),
    ("-(on:2025 OR prisoners)", {"old", "undated"}),
    ("(before:2000 OR peace) (on:2026 OR strasse)", {"old", "talks"}),
    ("site:reuters", {"talks"}),
    ("site:reut", set()),
    ("tag:ukraine", {"talks", "grid"}),
    ("tag:UKRAINE", {"talks", "grid"}),
    ("tag:diplomacy", {"talks", "old"}),
    ("tag:diplomacy/talks", {"talks"}),
    ("tag:talks", set()),
    ("tag:energy -tag:ukraine", {"chinese"}),
    ("lang:en", {"talks", "grid"}),
    ("lang:en-gb", {"grid"}),
    ("year:2025", {"grid", "chinese"}),
    ("on:2026-02-05", {"talks"}),
    ("after:2025-12-31", {"talks", "grid"}),
    ("before:2000", {"old"}),
    ("-after:2025", {"old", "undated"}),
    ("year:2025 OR prisoners", {"grid", "chinese", "talks"}),
    ("words:>100", {"undated"}),
    ("words:24", {"chinese"}),
    ("-words:>100 tag:economy", {"chinese"}),
    ("words:>100 OR tag:economy", {"undated", "chinese"}),
    ("& -& +++", ALL),  # nothing to look for, so nothing is asked
    ("peace & prisoners", {"talks"}),
    ("has:notes", set()),
    ("is:read", set()),
    ("tags", set()),  # labels are no words
    ("_all", set()),
    ("mention:nothing", set()),
]


@pytest.mark.django_db
def test_found(found: Callable[[str], set[str]]) -> None:
    assert {text: found(text) for text, _ in CASES} == dict(CASES)


@pytest.mark.django_db
def test_paths_hosts_and_images() -> None:
    kept = article(publication="BBC News", html='<p><img data-remote-src="https://example.org/a.png"></p>')
    kept.publication.host = "news.bbc.co.uk"
    kept.publication.save()
    kept.revision.path = "clippings/2026/a file.md"
    kept.revision.save()
    article()
    index.refresh()
    for text in ("path:clippings", "path:clippings/2026", 'path:"clippings/2026/a file.md"', "site:bbc.co.uk",
                 "site:news.bbc.co.uk", 'site:"bbc news"', "has:images"):  # fmt: skip
        assert articles_in(listing.find(parse(text))) == [kept], text
    for text in ("path:2026", "path:clip", "site:bbc", "site:example.org"):
        assert not listing.find(parse(text)).rows, text


SPELLINGS = [
    ("An e-mail from the well-being office", ["email", "e-mail", "E-Mails", "emails", "wellbeing", "well-being"]),
    ("An email on wellbeing", ["email", "e-mail", "e‑mail", "well-being"]),
    ("A state-of-the-art grid", ["stateoftheart", "state-of-the-art", "*theart", "stateof*"]),
    ("Herr Müller-Lüdenscheidt", ["mueller", "müller", "muller", "luedenscheidt", "muellerluedenscheidt", "muell*"]),
    ("Herr Mu\u0308ller", ["mueller", "müller", '"herr mueller"', "mueler~"]),
    ("Herr Mueller", ["müller", "mueller", '"Herr Müller"', "mu\u0308ller", "Mül*"]),
    ("Die Straße", ["strasse", "straße", "STRASSE"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "searches"), SPELLINGS)
def test_words_are_found_in_other_spellings_and_marked(text: str, searches: list[str]) -> None:
    article(title="x", text=text)
    article(title="does", text="It does nothing")
    index.refresh()
    for search in searches:
        [row] = listing.find(parse(search)).rows
        is_phrase = search.startswith('"')
        assert is_phrase or (row.passage and any(is_hit for _, is_hit in row.passage)), search
    assert not listing.find(parse("dos")).rows


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["*lk*", "lk~", "*a-talk*", f"*{'a' * 61}", "a* *bcd", "*abc *bcd* cde~ def*"])
def test_parts_and_spellings_that_would_cost_too_much_are_taken_as_words(text: str) -> None:
    article(text="talk")
    index.refresh()
    page = listing.find(parse(text))
    assert page.total == 0
    assert any("taken as" in problem or "searched as a plain word" in problem for problem in page.problems)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["a* b", "b" + "".join(f" {letter}x*" for letter in "abcdef")])
def test_prefixes_that_would_cost_too_much_are_taken_as_words(text: str) -> None:
    article(text="a b " + " ".join(f"{letter}xy" for letter in "abcdef"))
    index.refresh()
    assert any("A word* needs 2 letters" in problem for problem in listing.find(parse(text)).problems)


WORDS = [
    "run",
    "running",
    "runs",
    "runner",
    "run-ner",
    "Läufe",
    "laufen",
    "the",
    "cafés",
    "cafe",
    "中国",
    "中",
    "国中",
    "東京都",
    "Київ",
]
PIECES = st.lists(st.sampled_from(WORDS), max_size=6)
TEXTS = st.builds(lambda words, joints: "".join(map("".join, zip(words, joints, strict=False))),
                  PIECES, st.lists(st.sampled_from([" ", ", ", " ", "\n", ""]), min_size=6, max_size=6))  # fmt: skip
TERMS = st.one_of(
    st.sampled_from(WORDS).map(query.Word),
    st.sampled_from(["ru", "runn", "caf", "中", "la", "ки"]).map(query.Prefix),
    st.builds(query.Part, st.sampled_from(["unn", "afé", "aufe", "иїв"]), st.booleans()),
    st.sampled_from(["runs", "laeufe", "caef", "Киї"]).map(query.Near),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join).map(query.Phrase),
)
LEAVES = st.one_of(
    TERMS,
    TERMS.map(lambda term: query.TextField("title", term)),
    st.sampled_from(["a", "a/b", "c"]).map(query.Tag),
    st.sampled_from([(2024, 2024), (2023, 2025)]).map(
        lambda years: query.DateRange(date(years[0], 1, 1), date(years[1], 6, 1))
    ),
    st.integers(0, 5).map(query.WordCount),
)
NODES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        nodes.map(query.negate),
        st.lists(nodes, min_size=2, max_size=3).map(lambda parts: query.conjoin(*parts)),
        st.lists(nodes, min_size=2, max_size=3).map(lambda parts: query.disjoin(*parts)),
    ),
    max_leaves=6,
)
ARTICLES = st.fixed_dictionaries(
    {
        "title": TEXTS.map(lambda text: text or "x"),
        "text": TEXTS,
        "tags": st.lists(st.sampled_from(["a", "a/b", "a/b/d", "c"]), unique=True, max_size=2).map(tuple),
        "published": st.sampled_from([None, date(2023, 3, 1), date(2024, 3, 1), date(2025, 6, 1)]),
    }
)


class AgreementWithAPlainScan(TestCase):
    @settings(max_examples=120, suppress_health_check=list(HealthCheck))
    @given(st.lists(ARTICLES, min_size=1, max_size=4), st.lists(NODES, min_size=1, max_size=4))
    def test_agreement(self, articles: list[dict[str, Any]], nodes: list[query.Node]) -> None:
        made = [(article(**fields).pk, fields) for fields in articles]
        index.refresh()
        for node in nodes:
            page = listing.find(query.Query(node))
            asked = Search(node).node  # which takes all but a few beginnings of words as words
            scanned = {pk for pk, fields in made if fits(asked, fields)}
            assert {row.article.pk for row in page.rows} == scanned, str(node)
            assert page.total == len(scanned)
        assert index.check() == []
