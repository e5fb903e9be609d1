"""Link and image addresses."""

import pytest

from archive.text import Image, LocalImage, render
from archive.text.addresses import absolute

BASE = "https://site.example/dir/page?q=1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("HTTPS://x.example", "https://x.example"),
        ("http:/x.example/a", "http://x.example/a"),
        ("//x.example/a", "https://x.example/a"),
        ("/a", "https://site.example/a"),
        ("a b", "https://site.example/dir/a%20b"),
        ("?r=2", "https://site.example/dir/page?r=2"),
        ("#part", "#a-part"),
        ("#", None),
        ("", None),
        ("https://", None),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("tel:+1", "tel:+1"),
        ("https://x.example/p/</a/b>", "https://x.example/a/b"),
        ("https://x.example/p/%3C/a/b%3E", "https://x.example/a/b"),
        ("https://x.example/p/<https:/y.example/b?c=d>", "https://y.example/b?c=d"),
        ("</https:/y.example/b>", "https://y.example/b"),
        ("https://x.example/p/<//y.example/b>", "https://y.example/b"),
        ("https://x.example/p/<b>", "https://x.example/p/b"),
        ("https://x.example/?q=<b>", "https://x.example/?q=%3Cb%3E"),
        ("javascript:alert(1)", None),
        ("JaVa\tScRiPt:alert(1)", None),
        ("\x01 javascript:alert(1)", None),
        ("https://x.example/</javascript:alert(1)>", "https://x.example/javascript:alert(1)"),
        ("</javascript:alert(1)>", "https://site.example/javascript:alert(1)"),
        ("<javascript:alert(1)>", None),
        ("vbscript:x", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("obsidian://open", None),
        ("https://[broken", None),
    ],
)
def test_addresses_become_absolute_or_are_refused(address, expected):
    assert absolute(address, BASE) == expected


@pytest.mark.parametrize("address", ["a", "/a", "?a", "../a", ""])
def test_without_a_base_nothing_leads_into_this_site(address):
    assert absolute(address, None) is None


def test_images_by_where_they_are():
    asked: list[str] = []

    def resolve(source: str) -> LocalImage | None:
        asked.append(source)
        return None if "missing" in source or source.startswith("https:") else LocalImage(f"/attachments/{len(asked)}")

    document = render(
        "![a](pics/one.png) ![b](data:image/png;base64,AA) ![[two.png|wide]] ![[missing.png]] ![c](missing.png)\n"
        "![d](https://x.example/three.png) ![e](//x.example/four.png)",
        base_url=BASE,
        resolve_image=resolve,
    )
    assert asked == [
        *("pics/one.png", "data:image/png;base64,AA", "two.png", "missing.png", "missing.png"),
        *("https://site.example/dir/missing.png", "https://x.example/three.png", "https://x.example/four.png"),
    ]
    assert document.images == (
        Image("/attachments/1", "a"),
        Image("/attachments/2", "b"),
        Image("/attachments/3", "wide"),
        Image("https://site.example/dir/missing.png", "c"),
        Image("https://x.example/three.png", "d"),
        Image("https://x.example/four.png", "e"),
    )
    assert document.html.count(" src=") == 3
    assert document.html.count(' data-remote-src="https://') == 3
    assert "missing.png" in document.text


def test_an_image_from_elsewhere_that_is_kept_here_is_shown_from_here():
    source = "![d](https://x.example/three.png) [![e](/four)](https://x.example/page)"
    kept = {"https://x.example/three.png": "/attachments/3", "https://site.example/four": "/attachments/4"}
    document = render(
        source, base_url=BASE, resolve_image=lambda source: LocalImage(kept[source]) if source in kept else None
    )
    assert document.images == (Image("/attachments/3", "d"), Image("/attachments/4", "e"))
    assert "data-remote-src" not in document.html


@pytest.mark.parametrize("path", ["//x.example/a", "https://x.example/a", "javascript:x", ""])
def test_a_resolver_cannot_send_readers_elsewhere(path):
    assert " src=" not in render("![a](b.png)", resolve_image=lambda source: LocalImage(path)).html


@pytest.mark.parametrize(
    "image", ["![a view](b.png)", "![a view]()", "![a view](<>)", "<img alt='a view'>", "<img src='' alt='a view'>"]
)
def test_without_any_address_the_description_stays(image):
    document = render(f"{image} <img> <img src='' alt=' '>")
    assert document.text.strip() == "a view"
    assert document.images == ()


def test_an_embed_that_is_no_image_becomes_a_link():
    document = render("![](https://www.youtube.com/watch?v=1) ![Film](https://x.example/a.mp4)")
    assert document.images == ()
    assert [link.href for link in document.links] == ["https://www.youtube.com/watch?v=1", "https://x.example/a.mp4"]
    assert all(link.text for link in document.links)


@pytest.mark.parametrize(
    "source",
    [
        "<video controls><source src=/a.mp4><source src=/a.webm></video>",
        "<table><tr><td><audio controls>none <source src=/a.mp4></audio></table>",
        "<video src=/a.mp4><source src=/b.mp4></video>",
    ],
)
def test_what_would_have_played_is_linked_once(source):
    assert [link.href for link in render(source, base_url="https://x.example").links] == ["https://x.example/a.mp4"]


@pytest.mark.parametrize(
    "attributes",
    [
        "src=/a.png data-src=/b.png srcset=/c.png",
        "src=data:image/gif;base64,R0lGOD data-src=/a.png",
        "data-lazy-src=' /a.png '",
        "src=data:image/gif;base64,R0lGOD srcset='/small.png 1x, /a.png 2x'",
        "srcset='/a.png'",
    ],
)
def test_an_image_that_its_page_loads_later_is_where_it_would_be_loaded_from(attributes):
    document = render(f"<p><img {attributes} alt=A></p>", base_url="https://x.example")
    assert [image.src for image in document.images] == ["https://x.example/a.png"]


def image(source: str, picture: LocalImage) -> str:
    return render(source, resolve_image=lambda _: picture).html


@pytest.mark.parametrize(
    ("source", "sides"),
    [
        ("![a](b.png)", 'width="800" height="600"'),
        ('<img src="b.png" width="400">', 'width="400" height="300"'),
        ('<img src="b.png" height="300">', 'width="400" height="300"'),
        ('<img src="b.png" width="400" height="400">', 'width="400" height="400"'),
        ('<img src="b.png" width="100%">', 'width="800" height="600"'),
        ('<img src="b.png" width="0">', 'width="800" height="600"'),
        ("![a|400](b.png)", 'width="400" height="300"'),
        ("![|400x400](b.png)", 'width="400" height="400"'),
    ],
)
def test_a_page_knows_how_much_room_a_picture_takes(source, sides):
    assert f" {sides}>" in image(source, LocalImage("/attachments/1", 800, 600))


def test_the_size_of_a_picture_is_no_part_of_its_description():
    assert [
        it.alt
        for it in render("![a boat|100](b.png) ![|20x30](c.png) ![a|b](d.png)", base_url="https://x.example").images
    ] == ["a boat", "", "a|b"]


def test_a_picture_leads_to_itself_unless_it_is_small_or_leads_elsewhere():
    large = image("![A boat](b.png)", LocalImage("/attachments/1", 800, 600))
    assert '<a class="enlarge" href="/attachments/1"' in large
    assert 'aria-label="Open the picture: A boat"' in large
    assert 'class="enlarge"' in image("![](b.png)", LocalImage("/attachments/1"))
    assert 'class="enlarge"' not in image("![](b.png)", LocalImage("/attachments/1", 200, 20))
    assert 'class="enlarge"' not in image("[![](b.png)](https://x.example)", LocalImage("/attachments/1", 800, 600))
    assert render("![a](https://x.example/b.png)").links == ()
