"""Helpers to find things in a page's HTML."""

import re

from django.urls import reverse

QUOTE = "The keeper writes it down & sleeps."
SOURCE = f"The tide comes in **twice** a day.\n\n{QUOTE}\n\n- one\n- two\n"


def body(page: str) -> str:
    """The inner HTML of the article."""
    return re.search(r'<div id="article-body"[^>]*>(.*?)</div>\s*(?:<aside|<footer)', page, re.DOTALL)[1]


def library(client, address="/", **headers):
    """The page of the library at an address."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def titles(page: str) -> list[str]:
    """The titles in the library's list."""
    headings = re.findall(r"<h2 dir=\"auto\">(.*?)</h2>", page)
    return [re.sub(r"<[^>]+>", "", heading) for heading in headings]


def listed(client, query=""):
    """The ids of the notes on a page of the notebook, and the page."""
    response = client.get(reverse("notebook") + query)
    assert response.status_code == 200
    page = response.content.decode()
    return re.findall(r'<li class="entry[^"]*" id="note-([\w-]+)"', page), page


def names(client, notes, query):
    """The notes on a page of the notebook, by their names in `notes`."""
    by_uuid = {str(annotation.uuid): name for name, annotation in notes.items()}
    return [by_uuid[uuid] for uuid in listed(client, query)[0]]


def url(name, annotation):
    return reverse(name, args=[annotation.uuid])
