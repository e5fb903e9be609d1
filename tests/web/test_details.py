import time

import pytest
from django.urls import reverse

from archive.articles.models import Revision
from archive.importing.models import ImportRun, SourceFile
from tests.factories import article, new_revision

pytestmark = pytest.mark.usefixtures("public", "db")


def revise(made, original: bytes, encoding="utf-8") -> Revision:
    return new_revision(made, "", original=original, encoding=encoding)


def test_names_of_files_and_imports_are_for_staff(client, keeper, django_user_model):
    made = article(original=b"a")
    run = ImportRun.objects.create()
    made.revision.path = "secret folder/secret name.md"
    made.revision.save()
    SourceFile.objects.create(
        location="/a.md", path="a-file.md", content_hash="x", size=1, article=made, revision=made.revision, run=run
    )
    named = ("secret name", "secret folder", "a-file.md", f"/imports/{run.pk}/")
    page = client.get(reverse("details", args=[made.pk])).content.decode()
    assert all(name in page for name in named)
    client.force_login(django_user_model.objects.create_user("reader"))
    for leave in (lambda: None, client.logout):
        leave()
        page = client.get(reverse("details", args=[made.pk])).content.decode()
        assert not any(name in page for name in named)
    assert "secret" not in client.get(reverse("original", args=[made.pk]))["Content-Disposition"]


def test_every_key_of_the_file_is_shown_as_written(client, keeper):
    made = article(metadata={"Titel": "A: B", "list": ["a", "b"], "deep": {"x": [1, None]}, "<b>": "<i>", "empty": ""})
    page = client.get(reverse("details", args=[made.pk])).content.decode()
    for shown in (
        "Titel",
        "A: B",
        "a\nb",
        "&quot;x&quot;: [",
        "&lt;b&gt;",
        "&lt;i&gt;",
        made.revision.path,
        made.revision.content_hash,
    ):
        assert shown in page


@pytest.mark.parametrize(
    ("original", "encoding"),
    [
        (b"---\r\ntitle: a\r\n---\r\n<script>alert(1)</script>\r\n", "utf-8"),
        ("﻿Grüße".encode("utf-16"), "utf-16"),
        (b"caf\xe9", "windows-1252"),
        (bytes(range(1, 256)), "utf-8"),
    ],
)
def test_the_original_is_the_file_byte_for_byte_and_harmless(client, original, encoding):
    made = article(original=original)
    made.revision.encoding = encoding
    made.revision.path = 'folder/Grü "quoted"\r\nX-Header: 1.md'
    made.revision.save()
    response = client.get(f"/articles/{made.pk}/original")
    assert response.content == original
    assert response["Content-Type"] == f"text/plain; charset={encoding}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "X-Header" not in response
    assert "\n" not in response["Content-Disposition"]


def test_originals_of_earlier_revisions_stay_within_reach(client):
    made = article(original=b"one")
    first = made.revision
    revise(made, b"two!")
    assert client.get(f"/articles/{made.pk}/original").content == b"two!"
    assert client.get(f"/articles/{made.pk}/original/{first.pk}").content == b"one"
    other = article()
    assert client.get(f"/articles/{other.pk}/original/{first.pk}").status_code == 404


def test_what_changed_between_two_revisions(client):
    made = article(original=b"Same\r\nThe old bridge <b>\r\n")
    first = made.revision
    second = revise(made, "Same\nThe new bridge <b>\n".encode("utf-16"), "utf-16")
    assert (
        f"/articles/{made.pk}/revisions/{first.pk}..{second.pk}"
        in client.get(reverse("details", args=[made.pk])).content.decode()
    )
    page = client.get(reverse("revisions", args=[made.pk, first.pk, second.pk])).content.decode()
    assert "The <del>old</del> bridge &lt;b&gt;" in page
    assert "The <ins>new</ins> bridge &lt;b&gt;" in page


def test_only_revisions_of_the_article_are_compared(client):
    made, other = article(), article()
    assert client.get(reverse("revisions", args=[made.pk, made.revision.pk, 10**30])).status_code == 404
    page = reverse("revisions", args=[made.pk, made.revision.pk, other.revision.pk])
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "texts",
    [
        ("a\n" * 500_000, "b\n" * 500_000),
        ("x" * 1_000_000, "x" * 999_999 + "y"),
        ("".join(f"{n}\n" for n in range(120_000)), "".join(f"{n * 7}\n" for n in range(120_000))),
        (" ".join("ab"[n % 2] for n in range(400_000)), " ".join("ba"[n % 3 % 2] for n in range(400_000))),
    ],
    ids=["lines", "one line", "numbers", "words"],
)
def test_a_megabyte_is_compared_in_bounded_time_and_shown_in_part(client, texts):
    made = article(original=texts[0].encode())
    first = made.revision
    second = revise(made, texts[1].encode())
    started = time.process_time()
    response = client.get(reverse("revisions", args=[made.pk, first.pk, second.pk]))
    assert response.status_code == 200
    assert time.process_time() - started < 5
    assert len(response.content) < 2_000_000
