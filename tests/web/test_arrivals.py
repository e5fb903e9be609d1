"""New articles that arrive while a list is open."""

import re

from archive.search import index
from tests.factories import article as make_article


def test_the_list_tells_what_has_come_in_since(client, public, db):
    make_article(title="Old")
    index.refresh()
    page = client.get("/").content.decode()
    (address,) = re.findall(r'hx-get="(/arrivals\?[^"]*)"', page)
    assert 'hx-trigger="every 10s"' in page
    assert client.get(address).status_code == 204
    make_article(title="Tides", tags=("sea",))
    make_article(title="Bread")
    index.refresh()
    part = client.get(address).content.decode()
    assert '2 new articles – <a href="?sort=added"' in part
    assert "show them" in part
    again = re.search(r'hx-get="([^"]*)"', part)[1].replace("&amp;", "&")
    assert client.get(again).status_code == 204  # nobody hears it twice
    sea = client.get(f"{address}&tag=sea").content.decode()
    assert "1 new article – " in sea and "show it" in sea
    assert client.get("/arrivals?since=x").status_code == client.get("/arrivals").status_code == 204


def test_it_is_for_those_who_may_read(client, db):
    assert client.get("/arrivals?since=0").status_code == 302
