"""POST /api/articles: pages as programs send them."""

import json
import threading
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive.accounts import tokens
from archive.api import bodies
from archive.articles.models import Article
from archive.importing import sent_pages
from archive.importing.locking import only_import
from archive.importing.models import ImportRun

MARKDOWN = "---\ntitle: Tides\nurl: https://example.org/tides\ntags: [sea]\n---\n\nThe tide comes in twice a day.\n"
WORDS = "The lamp of the harbour burned all night, and nobody in the town slept until the boats were back."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Lamps</title></head><body><article><h1>Lamps</h1>
{f"<p>{WORDS}</p>" * 6}</article></body></html>"""
SINGLEFILE = PAGE.replace(
    "<head>", "<!--\n Page saved with SingleFile \n url: https://example.org/lamps \n saved date: "
    "Sat Apr 08 2023 11:15:30 GMT+0200 (x)\n--><head>",
)  # fmt: skip


def send(headers, body, kind, client=None, query="", **more):
    data = body.encode() if isinstance(body, str) else body
    return (client or Client()).generic("POST", f"/api/articles{query}", data, kind, headers=headers, **more)


def send_json(headers, **fields):
    return send(headers, json.dumps(fields), "application/json")


def send_form(headers, **fields):
    return Client().post("/api/articles", fields, headers=headers)


def file(content, name="page.html"):
    return SimpleUploadedFile(name, content.encode())


def test_markdown_is_stored_once_and_its_next_state_is_a_new_revision(saving, keeper):
    first = send(saving, MARKDOWN, "text/markdown; charset=utf-8")
    said = first.json()
    article = Article.objects.get()
    assert (first.status_code, said["status"], said["title"], said["words"]) == (201, "created", "Tides", 7)
    assert first["Location"] == said["url"] == f"http://testserver{article.get_absolute_url()}"
    assert [tag.name for tag in article.tags.all()] == ["sea"]
    assert bytes(article.revision.original) == MARKDOWN.encode()
    run = ImportRun.objects.get()
    assert said["import"].endswith(f"/imports/{run.pk}/") and run.started_by == keeper
    again = send(saving, MARKDOWN, "text/markdown")
    assert (again.status_code, again.json()["status"], again.json()["id"]) == (200, "unchanged", article.pk)
    assert Article.objects.get().revisions.count() == 1
    note = send(saving, "Words of a note.", "text/markdown", query="?name=todo.md").json()
    more = send(saving, "Words of a note. And more.", "text/markdown", query="?name=todo.md").json()
    assert (note["id"], note["title"], "updated") == (more["id"], "todo", more["status"])


@pytest.mark.parametrize("form", ["singlefile", "linkding", "form of a plain page", "json", "html"])
def test_a_page_is_sent_as_programs_do(saving, form):
    for status in (201, 200):
        match form:
            case "singlefile":  # whatever its fields are called
                response = send_form(saving, content=file(SINGLEFILE, "Lamps (4_8_2023).html"))
            case "linkding":
                response = send_form(saving, url="https://example.org/lamps", file=file(SINGLEFILE), tags="sea, night")
            case "form of a plain page":
                response = send_form(saving, url="https://example.org/lamps", file=file(PAGE))
            case "json":
                response = send_json(saving, url="https://example.org/lamps", html=PAGE, tags=["night"], title="Lamps")
            case "html":
                response = send(saving, PAGE, "text/html", query="?url=https://example.org/lamps")
        assert response.status_code == status, response.json()
    article = Article.objects.get()
    assert (article.title, article.source_url) == ("Lamps", "https://example.org/lamps")
    assert WORDS in article.revision.text and article.revision.kind == "page"
    assert bytes(article.revision.original).startswith(b"<!DOCTYPE html>")
    assert any(problem["code"] == "taken-for" for problem in response.json()["problems"]) or status == 200


def test_a_page_changed_comes_as_its_next_revision(saving):
    for words in ("low tide", "high tide"):
        response = send_json(saving, url="https://example.org/a", markdown=f"It is {words} now.", title="Tides")
    assert response.json()["status"] == "updated"
    assert Article.objects.get().revision.text.strip() == "It is high tide now."


def test_an_address_alone_waits_for_its_text(saving):
    said = send_json(saving, url="https://example.org/lamps").json()
    assert (said["status"], said["title"], said["words"]) == ("created", "example.org/lamps", 0)
    assert send_form(saving, file=file(SINGLEFILE)).json()["id"] == said["id"]
    assert WORDS in Article.objects.get().revision.text


def test_private_addresses_are_only_text(saving):
    for url in ("http://127.0.0.1:1/x", "http://169.254.169.254/latest", "http://[::1]/"):
        assert send_json(saving, url=url, html="<p>Words of it</p>").status_code == 201


DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("", "text/markdown", 400),
        (" \n ", "text/markdown", 400),
        ("x", "image/png", 415),
        ("x", "", 415),
        ("x", "application/x-www-form-urlencoded", 415),
        ("x", "text/markdown; charset=utf-16", 415),
        ("x", "text/markdown; charset=nonsense", 415),
        (b"\xff\xfe", "text/markdown; charset=utf-8", 400),
        (b"caf\xe9", "application/json", 400),
        (b"PK\x03\x04....", "text/markdown", 415),
        (b"PK\x03\x04....", "text/html", 415),
        ("no page", "text/html", 415),
        (DEEP, "application/json", 400),
        ('{"html": ' + DEEP, "application/json", 400),
        ('{"url": ' + "9" * 5000 + "}", "application/json", 400),
        ('{"url": 1}', "application/json", 400),
        ('{"url": "javascript:alert(1)"}', "application/json", 400),
        ('{"url": "file:///etc/passwd"}', "application/json", 400),
        ('{"html": "a", "markdown": "b"}', "application/json", 400),
        ('{"html": "<p>a", "tags": [1]}', "application/json", 400),
        ('{"title": "a"}', "application/json", 400),
        ("[]", "application/json", 400),
        ("{", "application/json", 400),
        ("nothing of a form", "multipart/form-data; boundary=x", 400),
        ("--x\r\n", "multipart/form-data", 400),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(saving, body, kind, status):
    response = send(saving, body, kind)
    assert response.status_code == status, response.content[:200]
    assert len(response.json()["error"]) > 15
    assert not Article.objects.exists()


def test_hostile_texts_are_text(saving):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><html><body>&b; words</body></html>'
    assert send(saving, bomb, "text/html").status_code == 201
    told = {"url": "https://example.org/x", "html": "<p>a\ud800b\0c</p>", "title": "\0T\ud800", "tags": ["\0a", ""]}
    assert send_json(saving, **told).status_code == 201
    assert (
        send_json(saving, file="../../secret_key", commonplace_page=1, kind="page", url="https://example.org/y").json()[
            "words"
        ]
        == 0
    )
    assert send(saving, MARKDOWN, "text/markdown", query="?name=../../../x/%00..%2F.sender").status_code == 201


def test_what_is_too_large_is_refused_before_it_is_read(saving, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST_BODY", 1000)
    response = send(saving, "x" * 1001, "text/markdown")
    assert response.status_code == 413 and "at most" in response.json()["error"]
    assert send_form(saving, file=file("<p>" * 500)).status_code == 413
    short = send(saving, "x", "text/markdown", CONTENT_LENGTH="20", **{"wsgi.input": BytesIO(b"x" * 10)})
    assert short.status_code == 400 and "cut off" in short.json()["error"]
    chunked = send(saving, "x", "text/markdown", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert chunked.status_code == 411
    monkeypatch.setattr(bodies, "LONGEST_FILE", 500)
    assert send(saving, "x" * 600, "text/markdown").status_code == 413


def test_many_at_once_are_each_stored_once_in_few_runs(saving, monkeypatch):
    monkeypatch.setattr(sent_pages, "MOST_WAITING", 6)
    answers = []

    def program(number):
        for _ in range(2):
            text = f"---\nurl: https://example.org/{number}\ntitle: Number {number}\n---\nWords of {number}."
            answers.append((number, send(saving, text, "text/markdown")))

    with only_import():
        threads = [threading.Thread(target=program, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        while len(list((sent_pages.settings.DATA_DIR / "sent").glob("*.parcel"))) < 6:
            threads[0].join(0.01)
    for thread in threads:
        thread.join()
    assert sorted(response.status_code for _, response in answers) == [200] * 6 + [201] * 6
    assert all(response.json()["title"] == f"Number {number}" for number, response in answers)
    assert Article.objects.count() == 6
    assert ImportRun.objects.count() < 9


def test_while_another_import_runs_it_is_kept_and_comes_in_after(saving, monkeypatch):
    monkeypatch.setattr(sent_pages.Parcel.send, "__defaults__", (0.2,))
    with only_import():
        response = send(saving, MARKDOWN, "text/markdown")
        assert response.status_code == 202 and "will be imported after it" in response.json()["message"]
    for thread in threading.enumerate():
        if thread.name == "import":
            thread.join(30)
    assert Article.objects.get().title == "Tides"


def test_where_many_wait_nobody_else_keeps_the_server_waiting(saving, monkeypatch):
    monkeypatch.setattr(sent_pages, "MOST_WAITING", 0)
    with only_import():
        assert send(saving, MARKDOWN, "text/markdown").status_code == 202


def test_what_a_dead_process_left_comes_in_with_the_next(saving, keeper, monkeypatch):
    monkeypatch.setattr(sent_pages, "import_waiting", lambda: None)  # it died
    with sent_pages.Parcel(keeper) as parcel:
        (parcel.folder / "a.md").write_text("Words that were left.")
        assert parcel.send("a.md", 0) is None
    monkeypatch.undo()
    send(saving, MARKDOWN, "text/markdown")
    assert set(Article.objects.values_list("title", flat=True)) == {"a", "Tides"}


def test_a_failing_database_is_told(saving, monkeypatch):
    def fail(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr(sent_pages, "import_paths", fail)
    response = send(saving, MARKDOWN, "text/markdown")
    assert response.status_code == 503 and "Try again" in response.json()["error"]


def test_only_staff_may_save(transactional_db, data_dir):
    person = get_user_model().objects.create_user("reader")
    headers = {"Authorization": f"Bearer {tokens.make(person, 'Clipper', ['save'])}"}
    response = send(headers, MARKDOWN, "text/markdown")
    assert response.status_code == 403 and "staff" in response.json()["error"]
    assert not Article.objects.exists()


def test_it_is_only_sent_to(saving):
    assert Client().get("/api/articles", headers=saving).status_code == 403
    assert Client().put("/api/articles", headers=saving).status_code == 405
