"""Articles imported before the rule for canonical addresses changed are found by importing the same page."""

import hashlib
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from archive.articles.models import Article

pytestmark = pytest.mark.django_db

WORDS = "# The harbour\n\nWords about the harbour that stay the same.\n"


def digest(url: str) -> str:
    return hashlib.sha256(f"url:{url}".encode()).hexdigest()


def migrate() -> None:
    module = import_module("archive.importing.migrations.0006_canonical_addresses")
    module.follow_the_rule(apps, SimpleNamespace(connection=connection))


@pytest.mark.parametrize(
    ("url", "formerly", "again"),
    [
        ("https://a.example/p?b=2&a=1", "https://a.example/p?b=2&a=1", "https://a.example/p?a=1&b=2"),
        ("http://A.example/p/?id=7&spm=x.1", "https://a.example/p?id=7&spm=x.1", "https://a.example/p?id=7"),
        ("https://youtu.be/p?utm_source=a&si=q", "https://youtu.be/p?si=q", "https://youtu.be/p"),
    ],
)
def test_a_page_imported_before_is_found(clippings, url, formerly, again):
    clippings.write("a.md", f"---\nurl: {url}\n---\n{WORDS}")
    clippings.run()
    Article.objects.update(identity=digest(formerly))
    migrate()
    clippings.write("b.md", f"---\nurl: {again}\n---\n{WORDS}More.\n")
    clippings.run()
    assert Article.objects.count() == 1


def test_of_two_that_are_one_now_the_earlier_gets_the_identity_and_none_is_lost(clippings):
    for name, url in (("a.md", "https://a.example/p?b=2&a=1"), ("b.md", "https://a.example/q")):
        clippings.write(name, f"---\nurl: {url}\n---\n{WORDS}{name}\n")
    clippings.run()
    first, second = Article.objects.order_by("pk")
    Article.objects.filter(pk=first.pk).update(identity=digest(first.source_url))
    other = "https://a.example/p?a=1&b=2&spm=x"
    Article.objects.filter(pk=second.pk).update(source_url=other, identity=digest(other))
    migrate()
    migrate()
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.identity == digest("https://a.example/p?a=1&b=2")
    assert second.identity == digest(other)
