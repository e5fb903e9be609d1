"""Web addresses and the identity derived from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.formats.frontmatter import canonical_url, citable_url
from archive.formats.frontmatter.urls import host_of, is_host, read_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a"),
        ("HTTPS://EXAMPLE.org/A", "https://example.org/A"),
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("https://example.org/a/", "https://example.org/a"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org/a"),
        ("http://example.org:8080/a", "https://example.org:8080/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
        ("https://example.org/a?b=1&fbclid=x&c=2&gclid=y", "https://example.org/a?b=1&c=2"),
        ("https://example.org/watch?v=abc&t=476s", "https://example.org/watch?t=476s&v=abc"),
        ("https://a.example/?a=1&b=2", "https://a.example?a=1&b=2"),
        ("https://a.example/?b=2&a=1", "https://a.example?a=1&b=2"),
        ("https://a.example/?tag=b&tag=a", "https://a.example?tag=b&tag=a"),
        ("https://a.example/p?share_id=1&igsh=x&spm=a.b&id=7", "https://a.example/p?id=7"),
        ("https://www.reddit.com/r/x/?rdt=4711", "https://www.reddit.com/r/x"),
        ("https://youtu.be/abc?si=x", "https://youtu.be/abc"),
        ("https://www.bbc.co.uk/news/1?at_medium=RSS&at_campaign=K&ns_mchannel=social", "https://www.bbc.co.uk/news/1"),
        ("https://www.theguardian.com/a?CMP=share_btn_tw", "https://www.theguardian.com/a"),
        ("https://a.example/at_sea?cmp=1&at_sea=2", "https://a.example/at_sea?at_sea=2&cmp=1"),
        ("https://a.example/%7Eann/%61%2fb/%e4?q=%2d%26", "https://a.example/~ann/a%2Fb/%E4?q=-%26"),
        ("https://a.example/100%", "https://a.example/100%"),
        ("https://a.example/%2561", "https://a.example/%2561"),
        ("https://a.example/p?b=1&amp;c=2", "https://a.example/p?b=1&c=2"),
        ("https://music.youtube.com/watch?si=x&v=abc", "https://music.youtube.com/watch?v=abc"),
        ("https://a.example/units?si=metre", "https://a.example/units?si=metre"),
        ("https://m.a.example/x", "https://m.a.example/x"),
        ("https://a.example/amp/x", "https://a.example/amp/x"),
        ("https://a.example/bu\u0308cher", "https://a.example/b%C3%BCcher"),
        ("https://example.org/?q=a/", "https://example.org?q=a/"),
        ("https://example.org/käse", "https://example.org/k%C3%A4se"),
        ("https://example.org/k%C3%A4se", "https://example.org/k%C3%A4se"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://[::1]:8000/a", "https://[::1]:8000/a"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.org/a", None),
        ("obsidian://open?vault=x", None),
        ("https://", None),
        ("https://example.org:port/", None),
        ("https://[::1", None),
        ("networking", None),
        ("", None),
    ],
)
def test_canonical(url, canonical):
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://example.org/a ", "https://example.org/a"),
        ('"https://example.org/a"', "https://example.org/a"),
        ("[A page](https://example.org/a)", "https://example.org/a"),
        ("[A page](https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("[[https://example.org/a]]", "https://example.org/a"),
        ("“https://example.org/a”", "https://example.org/a"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("https://a.example/1, https://b.example/2", "https://a.example/1"),
        ("https://a.example/1 https://b.example/2", "https://a.example/1"),
        ("https://a.example/1\nhttps://b.example/2", "https://a.example/1"),
        ("https://a.example/save/https://b.example/2", "https://a.example/save/https://b.example/2"),
        ("https://a.example/x,y;z", "https://a.example/x,y;z"),
        ("example.org/a/b", "https://example.org/a/b"),
        ("example.org", None),
        ("and/or", None),
        ("The Guardian", None),
        ("see https://example.org/a", None),
        ('https://www.t"\tx@/y', None),
    ],
)
def test_what_is_an_address(text, url):
    assert read_url(text) == url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("example.org", True),
        ("developer.example.com", True),
        ("bücher.example", True),
        ("networking", False),
        ("802.11", False),
        ("Some Title", False),
        ("a..b", False),
        ("x" * 300 + ".org", False),
    ],
)
def test_what_is_a_host(text, expected):
    assert is_host(text) is expected


def test_the_host_of_an_address():
    assert host_of("https://WWW.Example.org:8080/a") == "example.org"
    assert host_of("nothing") is None


@given(st.text() | st.text().map("https://example.org/{}".format) | st.text().map("https://{}".format))
def test_the_canonical_address_is_its_own(text):
    canonical = canonical_url(text)
    if canonical is not None:
        assert canonical.startswith("https://")
        assert canonical_url(canonical) == canonical
        assert canonical.isascii()


@pytest.mark.parametrize(
    ("url", "cited"),
    [
        ("https://e.example:443/a?utm_source=x&id=1&fbclid=2", "https://e.example/a?id=1"),
        ("http://E.example:80/A/#part", "http://e.example/A/#part"),
        ("http://e.example:8080/?utm_medium=x", "http://e.example:8080/"),
        ("https://bücher.example/ü ä", "https://xn--bcher-kva.example/%C3%BC%20%C3%A4"),
        ("https://e.example/%E2%80%9C?q=a%26b", "https://e.example/%E2%80%9C?q=a%26b"),
        ("urn:isbn:123", "urn:isbn:123"),
        ("https://[broken/<x>", "https://[broken/%3Cx%3E"),
        ("", ""),
    ],
)
def test_an_address_as_it_is_cited(url, cited):
    assert citable_url(url) == cited
