"""Images on other servers: boxes until the reader asks for one, or for all."""

import html as html_escapes
import re

import pytest

from archive.anchoring import PictureSelector
from archive.annotations import writing
from tests.factories import article, rendered
from tests.web.pages import body

pytestmark = pytest.mark.usefixtures("public", "db")

PICTURE = '<p>Before <img alt="a &gt; b" data-remote-src="https://pictures.example/a.png" loading="lazy"> after</p>'


def read(client, made, query="", **headers):
    response = client.get(made.get_absolute_url() + query, headers=headers)
    assert response.status_code == 200
    return response


def test_are_not_loaded_and_the_page_says_so(client):
    response = read(client, article(html=PICTURE))
    page = response.content.decode()
    assert not re.search(r"<img[^>]* src=", body(page))
    assert 'data-remote-src="https://pictures.example/a.png"' in body(page)
    assert "1 image is on other sites" in page
    assert re.search(r"img-src 'self'(;|$)", response["Content-Security-Policy"])


def test_are_loaded_on_this_page_alone_once_the_reader_says_so(client):
    made = article(html=PICTURE)
    response = read(client, made, "?images=1", **{"Sec-Fetch-Site": "same-origin"})
    page = body(response.content.decode())
    assert page == PICTURE.replace("data-remote-src", "src")
    assert "img-src 'self' https: http:" in response["Content-Security-Policy"]
    assert "https:" not in read(client, made)["Content-Security-Policy"]


def test_are_loaded_always_if_the_reader_wants_that(client):
    client.cookies["images"] = "always"
    response = read(client, article(html=PICTURE))
    assert ' src="https://pictures.example/a.png"' in response.content.decode()


def test_a_link_from_another_site_does_not_decide(client):
    response = read(client, article(html=PICTURE), "?images=1", **{"Sec-Fetch-Site": "cross-site"})
    assert "data-remote-src" in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "loads"),
    [
        ({"Sec-Fetch-Site": "none"}, True),  # typed
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"}, False),
        # Browsers send no Sec-Fetch-Site over plain HTTP.
        ({"Referer": "http://testserver/articles/1/a/"}, True),
        ({"Referer": "https://evil.example/"}, False),
        ({"Referer": "http://testserver.evil.example/"}, False),
        ({"Referer": "http://evil.example/http://testserver/"}, False),
        ({"Referer": "http://testserver:8000/"}, False),
        ({"Referer": "http://[testserver/"}, False),
        ({}, False),  # other sites can hide the referrer
    ],
)
def test_without_a_word_from_the_browser_the_page_before_must_be_ours(client, headers, loads):
    response = read(client, article(html=PICTURE), "?images=1", **headers)
    assert ("data-remote-src" not in response.content.decode()) == loads


def test_a_page_without_pictures_keeps_its_policy(client):
    assert "https:" not in read(client, article(), "?images=1", **{"Sec-Fetch-Site": "none"})["Content-Security-Policy"]


def test_text_that_looks_like_a_picture_stays_text(client):
    html = '<p>&lt;img data-remote-src="https://x.example/"&gt;</p><p title="&lt;img data-remote-src=y">z</p>'
    assert body(read(client, article(html=html), "?images=1", **{"Sec-Fetch-Site": "none"}).content.decode()) == html


BOXES = """![The harbour](https://one.example/a.png) and ![](https://two.example:8080/b.png?a=1&b=2)

[![Linked](https://three.example/c.png)](https://target.example/) words after

<img src="https://four.example/d.png" width="20" alt="smile"> ![](data:nothing)
"""


def boxes(page):
    """Each link that loads an image: its classes, the image's host, its address and its name."""
    found = re.findall(
        r'<a class="([^"]*)" data-host="([^"]*)" [^>]*href="([^"]*)" aria-label="Load this image from ([^"]*)">',
        page,
    )
    return [tuple(html_escapes.unescape(each) for each in link) for link in found]


def text_of(html):
    return html_escapes.unescape(re.sub(r"<[^>]*>", "", html))


def test_each_is_a_box_that_says_what_and_where_it_is_and_loads_it(client):
    made = rendered(BOXES)
    page = body(read(client, made, "?tag=sea&q=").content.decode())
    assert boxes(page) == [
        ("enlarge elsewhere", "one.example", "?tag=sea&q=&picture=1#picture-1", "one.example: The harbour"),
        ("enlarge elsewhere", "two.example", "?tag=sea&q=&picture=2#picture-2", "two.example"),
        ("load-picture", "three.example", "?tag=sea&q=&picture=3#picture-3", "three.example: Linked"),
        ("elsewhere small", "four.example", "?tag=sea&q=&picture=4#picture-4", "four.example: smile"),
    ]  # fmt: skip
    assert re.findall(r'<img[^>]* alt="([^"]*)"', page) == ["The harbour", "image", "Linked", "smile"]
    assert text_of(page) == made.revision.text
    assert re.search(r'href="https://target.example/"[^>]*><img[^>]*></a><a class="load-picture"', page), (
        "no link in a link"
    )


def test_one_is_loaded_and_then_another(client):
    made = rendered(BOXES)
    here = {"Sec-Fetch-Site": "same-origin"}
    response = read(client, made, "?picture=3", **here)
    page = response.content.decode()
    assert re.findall(r'<img id="picture-(\d)"[^>]* src="([^"]*)"', body(page)) == [
        ("3", "https://three.example/c.png")
    ]
    assert len(re.findall("data-remote-src", body(page))) == len(boxes(page)) == 3
    assert "3 images are on other sites" in page
    assert "img-src 'self' https: http:" in response["Content-Security-Policy"]
    follow = boxes(page)[0][2].partition("#")[0]
    assert follow == "?picture=3&picture=1"
    page = body(read(client, made, follow, **here).content.decode())
    assert re.findall(r'<img id="picture-(\d)"', page) == ["1", "3"]
    assert text_of(page) == made.revision.text
    assert '<a class="enlarge" href="https://one.example/a.png"' in page, "it opens large"


@pytest.mark.parametrize(
    "query", ["?picture=0", "?picture=5", "?picture=-1", "?picture=", "?picture=%D9%A1x", "?picture=" + "9" * 5000]
)
def test_a_number_of_no_picture_loads_none(client, query):
    response = read(client, rendered(BOXES), query, **{"Sec-Fetch-Site": "same-origin"})
    assert not re.search(r"<img[^>]* src=", body(response.content.decode()))
    assert "https:" not in response["Content-Security-Policy"]


def test_a_link_from_another_site_loads_no_single_one(client):
    response = read(client, rendered(BOXES), "?picture=1", **{"Sec-Fetch-Site": "cross-site"})
    assert len(boxes(response.content.decode())) == 4
    assert "https:" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["https://one.example/a.png", "https://three.example/c.png", "https://four.example/d.png"]
)
def test_a_box_keeps_the_mark_around_it(client, reader, address):
    made = rendered(BOXES)
    writing.annotate(reader, made, PictureSelector(address))
    for query in ("", "?picture=1&picture=3&picture=4"):
        page = body(read(client, made, query, **{"Sec-Fetch-Site": "same-origin"}).content.decode())
        marked = re.search(r'<mark data-annotations="[^"]*" class="[^"]*picture" id="[^"]*">(.*?)</mark>', page)[1]
        assert address in marked
        assert marked.count("<a ") == marked.count("</a>")
        assert text_of(page) == made.revision.text


def test_what_cannot_be_parsed_as_an_address_is_a_box_all_the_same(client):
    made = article(html='<p><img data-remote-src="http://[x/a.png" alt="A &quot;b&quot;"></p>')
    assert boxes(body(read(client, made).content.decode()))[0][3] == 'another site: A "b"'
