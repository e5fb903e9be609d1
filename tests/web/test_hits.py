"""Search hits on the reading page: marked, counted and linked to each other."""

import re

import pytest

from archive.search import index
from archive.text.text_content import text_content
from archive.web import hits
from tests.factories import annotation, rendered
from tests.web.pages import body

pytestmark = pytest.mark.django_db
SOURCE = """
The swap of [prisoners and a *swap*](https://a.example/) was late & `swap` <b>swa</b>p.

- 停火谈判在阿布扎比 swaps

```
no swap here
```
"""


@pytest.fixture
def talks(db):
    made = rendered(SOURCE, title="Talks")
    index.refresh()
    return made


def page(client, made, **asked) -> str:
    return client.get(made.get_absolute_url(), asked).content.decode()


def marked(page: str) -> list[tuple[int, str]]:
    found: dict[int, str] = {}
    for number, text in re.findall(r'<mark data-hits="(\d+)" class="hit">(.*?)</mark>', body(page)):
        found[int(number)] = found.get(int(number), "") + re.sub("<.*?>", "", text)
    return list(found.items())


HITS = {
    "swap": ["swap", "swap", "swap", "swap", "swaps", "swap"],
    "swa*": ["swap", "swap", "swap", "swap", "swaps", "swap"],
    '"swap of prisoners"': ["swap of prisoners"],
    "火谈": ["火谈"],
    "late -swap": ["late"],
    "late OR here": ["late", "here"],
    "tag:none": [],
    "title:talks": [],
    "": [],
}


@pytest.mark.parametrize("text", HITS)
def test_hits_are_marked_and_the_text_stays(client, reader, talks, text):
    found = page(client, talks, q=text)
    assert marked(found) == list(enumerate(HITS[text], 1))
    assert text_content(body(found)) == talks.revision.text
    targets = re.findall(r'<span class="hit-links" id="hit-(\d+)"', body(found))
    assert targets == [str(n) for n in range(1, len(HITS[text]) + 1)]
    assert ("for your search" in found) == bool(HITS[text])


def test_each_hit_leads_to_its_neighbours_and_no_link_stands_in_a_link(client, reader, talks):
    found = body(page(client, talks, q="swap"))
    assert 'id="hit-1" data-at="1 of 6"><a rel="next" href="#hit-2" aria-label="Next hit, 2 of 6"></a></span>' in found
    assert '<a rel="prev" href="#hit-5" aria-label="Previous hit, 5 of 6"></a></span>' in found
    depth = 0
    for tag in re.findall(r"<a\b|</a>", found):
        depth += 1 if tag == "<a" else -1
        assert depth in (0, 1)


def test_hits_lie_in_highlights_and_highlights_stay_whole(client, reader, talks):
    kept = annotation(talks, reader, quote="prisoners and a swap was late")
    found = page(client, talks, q="swap late")
    assert text_content(body(found)) == talks.revision.text
    assert [text for _, text in marked(found)] == ["swap", "swap", "late", "swap", "swap", "swaps", "swap"]
    assert f'<mark data-annotations="{kept.uuid}"' in found
    answer = client.post(
        f"/articles/{talks.pk}/annotate?q=swap",
        {"exact": "no swap here"},
        headers={"Accept": "text/vnd.fragment+html"},
    )
    assert len(re.findall('id="hit-', answer.content.decode())) == 6


def test_they_can_be_switched_off_and_on(client, reader, talks):
    found = page(client, talks, q="swap", tag="x")
    off = re.search(r'href="([^"]*)">Hide search highlights', found)[1].replace("&amp;", "&")
    plain = client.get(talks.get_absolute_url() + off).content.decode()
    assert "data-hits" not in plain and "6 matches are not highlighted" in plain
    again = re.search(r'href="([^"]*)">Show search highlights', plain)[1].replace("&amp;", "&")
    assert len(marked(client.get(talks.get_absolute_url() + again).content.decode())) == 6


def test_strangers_see_them_too(client, public, talks):
    assert len(marked(page(client, talks, q="swap"))) == 6


def test_no_more_are_marked_than_one_can_look_at(client, reader, monkeypatch):
    monkeypatch.setattr(hits, "MOST_MARKED", 3)
    made = rendered("swap " * 5)
    index.refresh()
    found = page(client, made, q="swap")
    assert len(marked(found)) == 3 and "The first 3 matches" in found
    assert 'rel="next" href="#hit-4"' not in found


def test_a_search_without_hits_in_the_text_says_nothing(client, reader, talks):
    annotation(talks, reader, note="October")
    index.refresh()
    found = page(client, talks, q="october")
    assert "hits-line" not in found and "data-hits" not in found
