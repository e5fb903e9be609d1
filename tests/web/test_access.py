"""Who can see what: private and public archives, signing in and out."""

import pytest
from django.urls import reverse
from sesame.utils import get_query_string

from tests.factories import article

PAGES = ("/", "/filters/tag/", "/imports/", "/attachments/" + "0" * 64, "/articles/1/", "/trash/")


@pytest.mark.parametrize("page", PAGES)
def test_a_private_archive_asks_for_an_account(client, db, page):
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("page", ["/sign-in/", "/healthz", "/readyz", "/preferences/"])
def test_the_way_in_and_the_health_of_the_archive_need_no_account(client, db, page):
    assert client.get(page).status_code == 200


def test_a_private_archive_shows_strangers_neither_search_nor_navigation(client, db):
    page = client.get("/sign-in/").content.decode()
    assert "Search titles" not in page
    assert 'href="/imports/"' not in page


def test_with_public_reading_strangers_read_but_change_nothing(client, db, public):
    made = article(tags=("kept",))
    assert client.get(made.get_absolute_url()).status_code == 200
    for name in ("tags", "move-to-trash", "restore"):
        response = client.post(reverse(name, args=[made.pk]), {"tags": "other"})
        assert response.status_code == 401
        assert 'name="password"' in response.content.decode()
    assert [tag.name for tag in made.tags.all()] == ["kept"]


@pytest.mark.parametrize("name", ["tags", "move-to-trash", "restore"])
def test_people_who_are_not_staff_change_nothing(client, reader, name):
    response = client.post(reverse(name, args=[article().pk]), {"tags": "other"})
    assert response.status_code == 403
    assert "Go to the library" in response.content.decode()


def test_signing_in_with_a_password_and_out_again(client, django_user_model, db):
    django_user_model.objects.create_user("maria", password="a long password")
    response = client.post("/sign-in/", {"username": "maria", "password": "a long password", "next": "/imports/"})
    assert response["Location"] == "/imports/"
    assert client.get("/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_signing_in_does_not_lead_to_other_sites(client, django_user_model, db):
    django_user_model.objects.create_user("maria", password="a long password")
    form = {"username": "maria", "password": "a long password", "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", form)["Location"] == "/"


def test_a_wrong_password_is_told_and_too_many_lock_the_name_out(client, django_user_model, settings, db):
    django_user_model.objects.create_user("maria", password="a long password")
    wrong = {"username": "maria", "password": "a guess"}
    response = client.post("/sign-in/", wrong)
    assert 'role="alert"' in response.content.decode()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post("/sign-in/", wrong)
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert client.post("/sign-in/", wrong | {"password": "a long password"}).status_code == 429


class TestSignInLink:
    @pytest.fixture
    def link(self, django_user_model, db):
        person = django_user_model.objects.create_user("maria")
        return reverse("sign-in-by-link") + get_query_string(person)

    def test_looking_at_it_does_not_spend_it(self, client, link):
        for _ in range(2):
            page = client.get(link)
            assert page.status_code == 200
            assert "maria" in page.content.decode()
        assert client.get("/").status_code == 302

    def test_its_button_signs_in_once(self, client, link):
        assert client.post(link)["Location"] == "/"
        assert client.get("/").status_code == 200
        client.post("/sign-out/")
        assert client.post(link).status_code == 403
        assert client.get("/").status_code == 302

    def test_without_a_token_it_says_what_to_do(self, client, db):
        page = client.get(reverse("sign-in-by-link"))
        assert page.status_code == 403
        assert "sign_in_link" in page.content.decode()
