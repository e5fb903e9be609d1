"""Names are split if that is certain, and otherwise stay as written."""

import pytest

from archive.exporting.citations import Kind, Name, Work, split_name
from archive.exporting.citations.keys import free_key, proposed_key
from archive.exporting.citations.kinds import kind_of
from archive.exporting.citations.names import initials
from archive.exporting.citations.styles import STYLES
from tests.exporting.citations.works import WORKS


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Olena Harmash", Name("Harmash", "Olena")),
        ("Harmash,  Olena", Name("Harmash", "Olena")),
        ("George W. Bush", Name("Bush", "George W.")),
        ("J.R.R. Tolkien", Name("Tolkien", "J.R.R.")),
        ("Mary Ellen Smith", Name("Smith", "Mary Ellen")),
        ("Ursula von der Leyen", Name("Leyen", "Ursula", "von der")),
        ("van der Berg, Jan-Willem", Name("Berg", "Jan-Willem", "van der")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("Conan O’Brien", Name("O’Brien", "Conan")),
        ("Иван Петров", Name("Петров", "Иван")),
        ("山田 花子", Name("山田", "花子")),
        ("김 철수", Name("김", "철수")),
    ],
)
def test_a_sure_name_is_split(written, name):
    assert split_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "Reuters", "The Associated Press", "Port Authority of Genoa", "BBC News", "Staff Reporter", "Editorial Board",
        "@sea_captain", "sea_captain99", "Teller", "ADA OKAFOR", "ada okafor", "山田花子", "王小明", "نجيب محفوظ",
        "Ban Ki-moon", "Xi Jinping", "Nguyen Van An", "Gabriel García Márquez", "Smith, Okafor, Marsh, Brook",
        "Ada Okafor and Ben Marsh", "Ada Okafor (Genoa)", "example.org", "Procter & Gamble", "X", "", "Ada, ",
    ],
)  # fmt: skip
def test_what_is_not_sure_stays_as_written(written):
    assert split_name(written) == Name(literal=" ".join(written.split()))


def test_language_and_publication_tell_more():
    assert split_name("Nagy Anna", language="hu").literal == "Nagy Anna"
    assert split_name("Ana Maria Lopez", language="es-MX").literal == "Ana Maria Lopez"
    assert split_name("Jean Smith", publication="jean smith").literal == "Jean Smith"


@pytest.mark.parametrize(
    ("given", "written"), [("Jan-Willem Q.", "J.-W. Q."), ("J.R.R.", "J. R. R."), ("Änne", "Ä."), ("", "")]
)
def test_initials(given, written):
    assert initials(given) == written


@pytest.mark.parametrize(
    ("work", "key"),
    [
        (WORKS["two"], "okafor2023two"),
        (WORKS["particle"], "berg2023dikes"),
        (WORKS["organisation"], "port2021said"),
        (WORKS["Japanese"], "example2023"),
        (WORKS["German"], "muller2023uber"),
        (WORKS["article-newspaper"], "peace"),
        (WORKS["article-newspaper-in-on"], "harbour2023peace"),
        (Work("Łódź’s æther"), "lodzs"),
        (Work("山"), "article"),
        (Work("山", issued=(2023,)), "article2023"),
        (Work("Reuters reuters sails", authors=(Name(literal="Reuters"),)), "reuterssails"),
    ],
)
def test_cite_keys(work, key):
    assert proposed_key(work) == key


def test_a_taken_key_gets_a_number():
    assert [free_key("a1b", taken) for taken in ((), {"a1b"}, {"a1b", "a1b-2", "a1b-3"})] == ["a1b", "a1b-2", "a1b-4"]


@pytest.mark.parametrize(
    ("metadata", "publication", "url", "kind"),
    [
        ({}, "The Harbour Post", "https://harbourpost.example/a", Kind.NEWSPAPER),
        ({}, "The New York Times", "", Kind.NEWSPAPER),
        ({}, "Süddeutsche Zeitung", "", Kind.NEWSPAPER),
        ({}, "朝日新聞", "", Kind.NEWSPAPER),
        ({}, "The Atlantic", "", Kind.MAGAZINE),
        ({}, "London Review of Books", "", Kind.MAGAZINE),
        ({}, "Ada", "https://ada.substack.com/p/a", Kind.BLOG),
        ({}, "Overflow Blog", "", Kind.BLOG),
        ({}, "Company", "https://company.example/blog/a", Kind.BLOG),
        ({}, "harbourpost.example", "https://harbourpost.example/a", Kind.WEB_PAGE),
        ({}, "", "", Kind.WEB_PAGE),
        ({}, "Some site", "http://[bad", Kind.WEB_PAGE),
        ({"Item Type": "blogPost"}, "The New York Times", "", Kind.BLOG),
        ({"type": "article-newspaper"}, "", "", Kind.NEWSPAPER),
        ({"magazine": "Tides"}, "Tides", "", Kind.MAGAZINE),
        ({"type": "article", "category": ["news"]}, "", "", Kind.WEB_PAGE),
    ],
)
def test_kinds(metadata, publication, url, kind):
    assert kind_of(metadata, publication, url) == kind


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.slug)
def test_nothing_is_said_that_is_not_known(style):
    bare = str(style.write(Work("Tides")))
    assert "Tides" in bare
    assert not any(word in bare for word in ("Anonymous", "Unknown", "None", "Accessed", "Retrieved", "  ", ".."))
    assert str(style.write(Work("Tides", issued=(2021,)))).count("2021") == 1


# The style guides' own examples.
EXAMPLE = Work(
    "Ukraine and Russia end talks", Kind.NEWSPAPER, (Name("Harmash", "Olena"), Name("Berg", "Jan", "van der")),
    "The Harbour Post", (2026, 2, 5), (2026, 2, 6), "https://example.org/a", "en",
)  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("apa", "Harmash, O., & van der Berg, J. (2026, February 5). Ukraine and Russia end talks. *The Harbour Post*. "
                "https://example.org/a"),
        ("chicago-note", "Olena Harmash and Jan van der Berg, “Ukraine and Russia End Talks,” *The Harbour Post*, "
                         "February 5, 2026, https://example.org/a."),
        ("chicago-bibliography", "Harmash, Olena, and Jan van der Berg. “Ukraine and Russia End Talks.” "
                                 "*The Harbour Post*, February 5, 2026. https://example.org/a."),
        ("chicago-author-date", "Harmash, Olena, and Jan van der Berg. 2026. “Ukraine and Russia End Talks.” "
                                "*The Harbour Post*, February 5. https://example.org/a."),
        ("mla", "Harmash, Olena, and Jan van der Berg. “Ukraine and Russia End Talks.” *The Harbour Post*, "
                "5 Feb. 2026, https://example.org/a."),
    ],
)  # fmt: skip
def test_the_styles(slug, expected):
    (style,) = (style for style in STYLES if style.slug == slug)
    assert style.write(EXAMPLE).markdown == expected
