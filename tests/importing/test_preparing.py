"""What a worker makes of a file, including one that would break it."""

import time

import pytest

from archive import text
from archive.formats import frontmatter
from archive.importing import preparing
from archive.importing.preparing import Job, Prepared, Refused, prepare


def prepared(content: str | bytes, path: str = "notes/a.md", **options: bool) -> Prepared:
    data = content.encode() if isinstance(content, str) else content
    outcome = prepare(Job(path, original=data), **options)
    assert isinstance(outcome, Prepared)
    return outcome


def hang(*_: object, **__: object) -> None:
    while True:
        pass


def swallow_and_hang(*_: object, **__: object) -> None:
    while True:
        try:
            hang()
        except BaseException:  # what a careless library might do, once
            hang()


def fail(error: BaseException):
    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("---\ntitle: Stated\n---\n# Heading", "Stated"),
        ("# Heading\n\nwords", "Heading"),
        ("words", "a"),
        ("---\ntitle: 'Tides | Reuters'\nurl: https://www.reuters.com/x\n---\nwords", "Tides"),
    ],
)
def test_titles(content, title):
    assert prepared(content).title == title


@pytest.mark.parametrize(
    ("front", "publication", "host"),
    [
        ("site: The Post\nurl: https://www.post.example/1", "The Post", "post.example"),
        ("title: Tides | Reuters\nurl: https://www.reuters.com/1", "Reuters", "reuters.com"),
        ("url: https://www.post.example/1", "", "post.example"),
        ("site: www.post.example\nurl: https://post.example/1", "", "post.example"),
        ("title: none", "", ""),
    ],
)
def test_publication_and_host(front, publication, host):
    made = prepared(f"---\n{front}\n---\nwords")
    assert (made.publication, made.host) == (publication, host)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (hang, "longer than"),
        (swallow_and_hang, "longer than"),
        (fail(RecursionError()), "nested"),
        (fail(MemoryError()), "MemoryError"),
        (fail(ValueError("x")), "ValueError"),
    ],
)
def test_what_breaks_the_renderer_comes_in_as_plain_paragraphs(monkeypatch, broken, said):
    monkeypatch.setattr(preparing, "SECONDS_PER_FILE", 0.2)
    monkeypatch.setattr(text, "render", broken)
    made = prepared("---\ntitle: Stated\n---\nSome words.")
    assert made.title == "Stated"
    assert "Some words." in made.text
    (problem,) = made.problems
    assert (problem.severity, problem.code) == ("warning", "rendered-plainly")
    assert said in problem.message


@pytest.mark.parametrize("broken", [hang, fail(ValueError("x"))])
def test_what_breaks_the_parser_comes_in_with_its_front_matter_in_the_text(monkeypatch, broken):
    monkeypatch.setattr(preparing, "SECONDS_PER_FILE", 0.2)
    monkeypatch.setattr(frontmatter, "parse", broken)
    made = prepared("---\ntitle: Stated\n---\nSome words.")
    assert "Stated" in made.title + made.text
    assert [problem.code for problem in made.problems] == ["front-matter"]


def test_plainly_does_not_touch_the_renderer(monkeypatch):
    monkeypatch.setattr(text, "render", fail(AssertionError()))
    assert "words" in prepared("words", plainly=True).text


def test_no_alarm_is_left_behind(monkeypatch):
    monkeypatch.setattr(preparing, "SECONDS_PER_FILE", 0.1)
    prepared("words")
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass


def test_waiting_for_the_processor_is_not_counted(monkeypatch):
    monkeypatch.setattr(preparing, "SECONDS_PER_FILE", 0.2)
    parse = frontmatter.parse
    monkeypatch.setattr(frontmatter, "parse", lambda raw: (time.sleep(0.5), parse(raw))[1])
    assert prepared("---\ntitle: Stated\n---\nSome words.").problems == []


@pytest.mark.parametrize(("content", "severity"), [(b"", "warning"), (b"\0\1\2\xff" * 50, "error")])
def test_refusals(content, severity):
    outcome = prepare(Job("a.md", original=content))
    assert isinstance(outcome, Refused)
    assert outcome.problem.severity == severity
    assert outcome.is_failure == (severity == "error")


def test_a_file_that_cannot_be_opened_says_why(tmp_path):
    outcome = prepare(Job("a.md", full_path=str(tmp_path / "gone.md")))
    assert isinstance(outcome, Refused)
    assert "No such file" in outcome.problem.message


def test_a_picture_that_is_not_there_is_told_with_its_line(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n\nText ![](gone.png)\n")
    prepared = prepare(Job("a.md", str(tmp_path / "a.md"), str(tmp_path)))
    assert isinstance(prepared, Prepared)
    assert [(problem.line, problem.code) for problem in prepared.problems] == [(5, "picture")]


def test_an_article_does_not_come_in_without_a_picture_that_could_not_be_kept(tmp_path):
    (tmp_path / "a.md").write_text("![](a.gif)\n")
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    (tmp_path / "data").write_text("a file where the data folder should be")
    refused = prepare(Job("a.md", str(tmp_path / "a.md"), str(tmp_path), keep_in=tmp_path / "data"))
    assert isinstance(refused, Refused) and refused.is_failure
    assert "an image that cannot be kept" in refused.problem.message
