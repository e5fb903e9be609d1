import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.importing.brought import articles_of
from archive.importing.locking import only_import
from archive.importing.models import ImportedArticle, ImportProblem, ImportRun
from archive.importing.problems import Problem
from archive.importing.running import Options, import_paths
from archive.search import index
from archive.web import import_problems, imports
from tests.factories import article as make_article


@pytest.fixture
def run(db):
    made = ImportRun.objects.create(
        state=ImportRun.State.FINISHED,
        paths=["/home/maria/clippings"],
        total=3,
        done=3,
        created=2,
        failed=1,
        warnings=1,
    )
    ImportProblem.objects.create(
        run=made, path="a/<b>.md", line=7, severity="warning", code="x", message="It was <mended>."
    )
    return made


def test_the_runs_and_what_came_of_them(client, keeper, run):
    page = client.get("/imports/").content.decode()
    assert "2 new" in page
    assert "1 failed" in page
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "a/&lt;b&gt;.md</span>" in page and "line 7" in page
    assert "It was &lt;mended&gt;." in page
    assert "/home/maria/clippings" in page


def test_imports_are_for_staff(client, public, reader, run):
    addresses = ("/imports/", f"/imports/{run.pk}/")
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}):
            response = client.get(address, headers=headers)
            assert response.status_code == 403
            assert "maria" not in response.content.decode()
    assert "/imports/" not in client.get("/").content.decode()
    client.logout()
    for address in addresses:
        assert client.get(address)["Location"].startswith("/sign-in/")
    assert "/imports/" not in client.get("/").content.decode()


def test_a_running_import_is_asked_for_again_by_script_or_by_link(client, keeper, db):
    run = ImportRun.objects.create(total=10, done=4, last_path="b.md")
    with only_import():
        page = client.get(f"/imports/{run.pk}/").content.decode()
        part = client.get(f"/imports/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert 'max="10" value="4"' in page
    assert 'hx-trigger="every 1s"' in page
    assert "Refresh" in page
    assert "<html" not in part
    ImportRun.objects.update(state=ImportRun.State.FINISHED)
    assert "hx-trigger" not in client.get(f"/imports/{run.pk}/", headers={"HX-Request": "true"}).content.decode()


def test_an_import_that_waits_for_another_says_so(client, keeper, db):
    run = ImportRun.objects.create(state=ImportRun.State.WAITING)
    with only_import():
        page = client.get(f"/imports/{run.pk}/").content.decode()
        runs = client.get("/imports/").content.decode()
    assert "Another import is running. This one starts when it finishes." in page
    assert 'hx-trigger="every 1s"' in page
    assert "Refresh" in page
    assert "waiting for another import" in runs


def test_alike_problems_are_one_line_and_come_in_parts(client, keeper, run):
    ImportProblem.objects.bulk_create(
        ImportProblem.of(run, Problem(f"{n}.md", n, "notice", "x", f"“{n}” was mended on line {n}."))
        for n in range(250)
    )
    first = ImportProblem.objects.get(path="0.md").pk
    address = f"/imports/{run.pk}/"
    page = client.get(address).content.decode()
    assert page.count('class="severity') == 2
    assert "250 files:" in page and "… was mended on line …." in page
    assert f'href="{address}?alike={first}"' in page and "Show all 250" in page
    assert page.count('class="place"') == 1 + import_problems.FIRST_SHOWN
    parts, after = [], ""
    while after is not None and len(parts) < 5:
        part = client.get(f"{address}?alike={first}&after={after}").content.decode()
        parts.append(part.count('class="place"'))
        found = re.search(r'id="more" href="[^"]*;after=(\d+)"', part)
        after = found and found[1]
    assert parts == [import_problems.PROBLEMS_SHOWN, 50]
    assert "No problems" in client.get(f"{address}?alike=999999").content.decode()
    assert client.get(f"{address}?alike={2**70}&after=x").status_code == 200


class TestWhatARunBrought:
    """The page of a finished import."""

    @pytest.fixture
    def brought(self, keeper, tmp_path, data_dir):
        folder = tmp_path / "clippings"
        for name, text in {
            "a.md": '---\ntitle: "A "quoted" title"\n---\nSome words.',
            "b.md": '---\ntitle: "Another "quoted" one"\n---\nOther words.',
            "c.md": "---\ntags: x\ntags: y\n---\nMore words.",
            "empty.md": "",
            ".trash/gone.md": "Thrown away.",
            "page.webarchive": "x",
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        index.refresh()
        return import_paths([folder], options=Options(jobs=1), started_by=keeper)

    def test_it_begins_with_the_new_articles(self, client, brought):
        make_article(title="Not of this import")
        page = client.get(f"/imports/{brought.pk}/").content.decode()
        assert "<strong>3 new articles</strong>" in page
        found = client.get(f"/?q=import:{brought.pk}").content.decode()
        assert "3 articles" in found and "Not of this import" not in found
        assert "No articles" in client.get("/?q=import:999").content.decode()
        assert "Not of this import" in client.get(f"/?q=-import:{brought.pk}").content.decode()
        history = client.get("/imports/").content.decode()
        assert "<bdi>clippings</bdi>, 3 new" in history

    def test_what_came_first_with_another_import_is_not_of_this_one(self, client, brought, tmp_path):
        (tmp_path / "clippings" / "d.md").write_text("Later words.")
        (tmp_path / "clippings" / "c.md").write_text("Other words than before.")
        again = import_paths([tmp_path / "clippings"], options=Options(jobs=1))
        assert (again.created, again.updated) == (1, 1)
        assert "1 article" in client.get(f"/?q=import:{again.pk}").content.decode()
        assert "3 articles" in client.get(f"/?q=import:{brought.pk}").content.decode()

    def test_alike_warnings_are_one_line_with_a_link_for_each_file(self, client, brought):
        page = client.get(f"/imports/{brought.pk}/").content.decode()
        told = ImportProblem.objects.filter(path="a.md").get()
        assert "2 files:" in page
        assert f'<a class="place" href="/articles/{told.article_id}/">a.md</a>' in page
        assert "“title”" in page  # which key it was matters
        assert '<span class="place">empty.md</span>' in page

    def test_what_was_not_read_is_named_with_the_reason(self, client, brought):
        page = client.get(f"/imports/{brought.pk}/").content.decode()
        unread = page[page.index('id="unread"') :]
        assert "Hidden: the name begins with a dot: 1 file" in unread and ".trash/" in unread
        assert "Unsupported file type: 1 file" in unread and "page.webarchive" in unread

    def test_a_link_to_an_article_in_the_trash_is_none(self, client, brought):
        told = ImportProblem.objects.filter(path="a.md").get()
        Article.objects.filter(pk=told.article_id).trash()
        assert f"/articles/{told.article_id}/" not in client.get(f"/imports/{brought.pk}/").content.decode()


@pytest.mark.parametrize(
    ("message", "gist"),
    [
        ("The value of “title” is not valid YAML; read.", "The value of “title” is not valid YAML; read."),
        ("“tag soup” appears twice, first on line 1,204; both.", "… appears twice, first on line …; both."),
        ("Row 12: The row has no web address.", "The row has no web address."),
        ("Not found in the text of “A”: “b c”; “d” and 3 more. Kept.", "Not found in the text of …: …. Kept."),
        ("There is no image at img/a%20b.png", "There is no image at …"),
        ("The image https://a.example/b.png is larger than 20 MB.", "The image … is larger than … MB."),
    ],
)
def test_what_messages_of_one_kind_have_in_common(message, gist):
    assert Problem("a.md", 1, "warning", "x", message).gist == gist


def test_a_million_new_articles_are_one_range(db):
    run = ImportRun.objects.create()
    made = [make_article(title=str(number)) for number in range(5)]
    ImportedArticle.objects.bulk_create(ImportedArticle(run=run, article=each) for each in made)
    first = made[0].pk
    assert articles_of(run.pk) == [(first, first + 4)]
    ImportedArticle.objects.filter(article=made[2]).delete()
    assert articles_of(run.pk) == [(first, first + 1), (first + 3, first + 4)]
    assert articles_of(10**17) == []


class TestUpload:
    @pytest.fixture
    def taken_in(self, monkeypatch):
        """What would have been imported; importing itself has its own tests."""
        taken = {}

        def import_uploads(files, user):
            taken.update({file.name: file.read() for file in files})
            return ImportRun.objects.create(started_by=user)

        monkeypatch.setattr(imports, "import_uploads", import_uploads)
        return taken

    def test_staff_send_files(self, client, keeper, taken_in):
        files = [SimpleUploadedFile("a.md", b"# A"), SimpleUploadedFile("b.zip", b"PK")]
        response = client.post(reverse("upload"), {"files": files})
        assert response["Location"] == f"/imports/{ImportRun.objects.get().pk}/"
        assert taken_in == {"a.md": b"# A", "b.zip": b"PK"}

    def test_others_do_not(self, client, reader, taken_in):
        assert "multipart/form-data" not in client.get("/imports/").content.decode()
        assert client.post(reverse("upload"), {"files": [SimpleUploadedFile("a.md", b"# A")]}).status_code == 403
        assert taken_in == {}

    def test_no_other_site_can_send_them(self, keeper, taken_in):
        client = Client(enforce_csrf_checks=True)
        client.force_login(keeper)
        response = client.post(reverse("upload"), {"files": [SimpleUploadedFile("a.md", b"# A")]})
        assert response.status_code == 403
        assert taken_in == {}

    def test_nothing_chosen(self, client, keeper, taken_in):
        response = client.post(reverse("upload"))
        assert response.status_code == 400
        assert "Choose at least one file" in response.content.decode()

    def test_too_much_is_refused_before_it_is_read(self, client, keeper, taken_in, monkeypatch):
        monkeypatch.setattr(imports, "MOST_BYTES", 100)
        response = client.post(reverse("upload"), {"files": [SimpleUploadedFile("a.md", b"x" * 200)]})
        assert response.status_code == 413
        assert taken_in == {}

    def test_too_many_files_are_told_of_the_zip(self, client, keeper, taken_in, settings):
        settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
        files = [SimpleUploadedFile(f"{n}.md", b"x") for n in range(3)]
        response = client.post(reverse("upload"), {"files": files})
        assert response.status_code == 413
        assert "a zip can hold any number" in response.content.decode()

    def test_where_nothing_can_be_written(self, client, keeper, monkeypatch):
        def fail(files, user):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(imports, "import_uploads", fail)
        response = client.post(reverse("upload"), {"files": [SimpleUploadedFile("a.md", b"# A")]})
        assert response.status_code == 400
        assert "could not be stored: No space left on device" in response.content.decode()
