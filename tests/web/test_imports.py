import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.importing.locking import only_import
from archive.importing.models import ImportProblem, ImportRun
from archive.web import imports


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
    assert "a/&lt;b&gt;.md, line 7" in page
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


def test_many_problems_come_in_parts(client, keeper, run):
    ImportProblem.objects.bulk_create(
        ImportProblem(run=run, path=f"{n}.md", severity="notice", code="x", message="m") for n in range(250)
    )
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert page.count('class="severity') == imports.PROBLEMS_SHOWN
    following = client.get(
        f"/imports/{run.pk}/", {"after": ImportProblem.objects.order_by("pk")[199].pk}
    ).content.decode()
    assert following.count('class="severity') == 51


class TestUpload:
    @pytest.fixture
    def taken_in(self, monkeypatch):
        """What would have been imported; the importing itself has its own tests."""
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
