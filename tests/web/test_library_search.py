"""Clicked and typed filters are the same: which are active, where clicks lead, and what is shown."""

from urllib.parse import unquote_plus

import pytest
from django.http import QueryDict

from archive.articles.models import Publication
from archive.query import parse
from archive.web import library_search
from archive.web.library_search import LibrarySearch


def search(address: str) -> LibrarySearch:
    return LibrarySearch.read(QueryDict(address))


@pytest.mark.parametrize(
    ("address", "name", "value", "is_on", "leads_to"),
    [
        ("", "tag", "ai", False, "?tag=ai"),
        ("tag=ai", "tag", "ai", True, "?"),
        ("tag=AI", "tag", "ai", True, "?"),
        ("q=tag:ai", "tag", "ai", True, "?"),
        ("q=TAG:Ai+robots&sort=title", "tag", "ai", True, "?q=robots&sort=title"),
        ("q=robots+tag:ai+sort:title", "tag", "ai", True, "?q=robots sort:title"),
        ('q=tag:"ai / agents"', "tag", "ai/agents", True, "?"),
        ("q=tag:ai", "tag", "ai/agents", False, "?q=tag:ai&tag=ai/agents"),
        ("q=tag:ai+tag:ai&tag=ai", "tag", "ai", True, "?"),
        ("q=-tag:ai", "tag", "ai", False, "?q=-tag:ai&tag=ai"),
        ("q=tag:ai+OR+robots", "tag", "ai", False, "?q=tag:ai OR robots&tag=ai"),
        ("q=(tag:ai+robots)+OR+x+tag:b", "tag", "b", False, "?q=(tag:ai robots) OR x tag:b&tag=b"),
        ("q=(a+OR+b)+tag:ai", "tag", "ai", True, "?q=a OR b"),
        ('q=site:"The+Hearth"', "site", "The Hearth", True, "?"),
        ("q=site:hearth", "site", "The Hearth", False, "?q=site:hearth&site=The Hearth"),
        ('q=author:"Ana+Miel"', "author", "Ana Miel", True, "?"),
        ("q=author:ana", "author", "Ana", True, "?"),
        ("q=author:ana", "author", "Ana Miel", False, "?q=author:ana&author=Ana Miel"),
        ("q=year:2022", "year", "2022", True, "?"),
        ("on=2022", "year", "2022", True, "?"),
        ("q=on:2022-01-01..2022-12-31+x", "year", "2022", True, "?q=x"),
        ("q=year:2021..2022", "year", "2022", False, "?q=year:2021..2022&year=2022"),
        ("q=is:starred", "is", "starred", True, "?"),
        ("q=has:notes", "is", "noted", False, "?q=has:notes&is=noted"),
        ("q=lang:en&tag=a", "lang", "en", True, "?tag=a"),
        ("q=a+++b&tag=ai", "tag", "ai", True, "?q=a   b"),
    ],
)
def test_a_click_adds_what_does_not_hold_and_takes_away_what_does(address, name, value, is_on, leads_to):
    asked = search(address)
    assert asked.has(name, value) is is_on
    assert unquote_plus(asked.toggled(name, value)) == leads_to


@pytest.mark.parametrize(
    ("address", "chips"),
    [
        ("q=tag:ai&tag=ai", {"tag: ai": "?"}),
        ("tag=AI&tag=ai", {"tag: AI": "?"}),
        ("q=on:2022&year=2022&on=2022", {"2022": "?"}),
        ("q=a+tag:x+a&site=S", {"a": "?q=tag:x&site=S", "tag: x": "?q=a a&site=S", "publication: s": "?q=a tag:x a"}),
        ("q=author:ana&author=Ana&is=read", {"author: ana": "?is=read", "read": "?q=author:ana"}),
        ("year=nonsense&tag=b", {"tag: b": "?year=nonsense"}),
    ],
)
def test_what_holds_is_one_chip_however_often_it_was_said(address, chips):
    assert {chip.label: unquote_plus(chip.href) for chip in search(address).chips} == chips


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("publications", "site", "chips"),
    [
        ({"The Hearth": "hearth.example"}, "hearth.example", ["publication: the hearth"]),
        ({"The Hearth": "news.hearth.example"}, "hearth.example", ["publication: the hearth"]),
        (
            {"The Hearth": "hearth.example", "News": "news.hearth.example"},
            "hearth.example",
            ["publication: hearth.example", "publication: the hearth"],
        ),
        (
            {"The Hearth": "hearth.example", "hearth.example": ""},
            "hearth.example",
            ["publication: hearth.example", "publication: the hearth"],
        ),
        ({"The Hearth": ""}, "hearth.example", ["publication: hearth.example", "publication: the hearth"]),
    ],
)
def test_a_host_and_the_only_publication_there_are_one_filter(publications, site, chips):
    for name, host in publications.items():
        Publication.objects.create(name=name, host=host)
    asked = search(f"q=site:{site}+peace&site=The+Hearth")
    assert sorted(chip.label for chip in asked.chips) == sorted([*chips, "peace"])
    alone = search(f"q=site:{site}+peace")
    assert alone.has("site", "The Hearth") is (len(chips) == 1)
    if len(chips) == 1:
        assert unquote_plus(alone.toggled("site", "The Hearth")) == "?q=peace"
        assert search(f"site={site}&site=The+Hearth").encoded == f"site={site}"


def test_of_many_conditions_the_last_are_chips_and_the_search_is_read_once(monkeypatch):
    texts = []
    monkeypatch.setattr(library_search, "parsed", lambda text: texts.append(text) or parse(text))
    chips = search("q=" + "+".join(f"word{n}" for n in range(200)) + "&tag=energy&tag=war").chips
    assert [chip.label for chip in chips[:1] + chips[-3:]] == ["word162", "word199", "tag: energy", "tag: war"]
    assert "word161 word163" in unquote_plus(chips[0].href)
    assert len(texts) == 2


def test_what_is_said_twice_stands_once_in_the_address():
    assert search("q=tag:ai&tag=AI&tag=b&tag=B").encoded == "q=tag%3Aai&tag=b"
