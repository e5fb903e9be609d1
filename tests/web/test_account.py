"""The account page: one's own name, password, sessions and links, and nobody else's."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from archive.accounts import tokens
from archive.accounts.models import Device, Token

PASSWORD = "a long password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria(django_user_model):
    return django_user_model.objects.create_user("maria", "maria@example.org", PASSWORD)


def browser_of(name, user_agent, address="198.51.100.1", password=PASSWORD):
    client = Client(headers={"User-Agent": user_agent}, REMOTE_ADDR=address)
    assert client.post("/sign-in/", {"username": name, "password": password}).status_code == 302
    return client


def account(client):
    response = client.get(reverse("account"))
    return response.content.decode() if response.status_code == 200 else None


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_strangers_sign_in_first(client):
    assert client.get(reverse("account"))["Location"].startswith("/sign-in/?next=/account/")


def test_the_frame_leads_to_it(client, reader):
    assert f'href="{reverse("account")}"' in client.get("/").content.decode()


class TestSessions:
    def test_one_sees_where_one_is_signed_in(self, maria, neighbour):
        here, phone = browser_of("maria", FIREFOX), browser_of("maria", SAFARI, "2001:db8::7")
        Client().force_login(neighbour)
        page = account(here)
        assert "Firefox on Windows" in page and "198.51.100.1" in page
        assert "Safari on iPhone" in page and "2001:db8::7" in page
        assert page.count('id="session-') == 2
        assert page.count("(this browser)") == account(phone).count("(this browser)") == 1
        assert here.session.session_key not in page and phone.session.session_key not in page

    def test_ending_one_really_signs_it_out(self, maria):
        here, phone = browser_of("maria", FIREFOX), browser_of("maria", SAFARI)
        other = Device.objects.get(session_id=phone.session.session_key)
        response = here.post(reverse("end-session", args=[other.uuid]), follow=True)
        assert said(response) == ["That session has been signed out."]
        assert account(phone) is None
        assert "Safari" not in account(here)
        response = here.post(reverse("end-session", args=[other.uuid]), follow=True)
        assert said(response) == ["That session had already ended."], "sent twice"

    def test_nobody_ends_the_sessions_of_others(self, maria, client, keeper):
        theirs = browser_of("maria", FIREFOX)
        device = Device.objects.get(owner=maria)
        response = client.post(reverse("end-session", args=[device.uuid]), follow=True)
        assert said(response) == ["That session had already ended."]
        assert account(theirs) is not None

    def test_a_session_from_before_the_list_comes_onto_it(self, client, reader):
        Device.objects.all().delete()
        session = client.session
        del session["device"]
        session.save()
        assert account(client).count('id="session-') == 1

    def test_a_session_that_ran_out_is_not_listed(self, maria):
        here, phone = browser_of("maria", FIREFOX), browser_of("maria", SAFARI)
        Session.objects.filter(pk=phone.session.session_key).update(expire_date="2020-01-01T00:00Z")
        assert account(here).count('id="session-') == 1

    def test_signing_out_takes_it_off_the_list(self, maria):
        here, phone = browser_of("maria", FIREFOX), browser_of("maria", SAFARI)
        phone.post("/sign-out/")
        assert account(here).count('id="session-') == 1

    def test_signing_in_once_more_in_a_browser_replaces_its_line(self, maria):
        here = browser_of("maria", FIREFOX)
        link = re.search(r"/sign-in/link/[^\"]+", here.post(reverse("make-link")).content.decode())[0]
        here.post(link)
        assert account(here).count('id="session-') == 1

    def test_a_header_of_any_kind_is_shown_as_text(self, maria):
        assert "<script>" not in account(browser_of("maria", "<script>alert(1)</script>\0" + "x" * 900))


class TestPassword:
    def send(self, client, old, new, again=None):
        form = {"current_password": old, "new_password1": new, "new_password2": again or new}
        return client.post(reverse("change-password"), form, follow=True)

    def test_changing_it_signs_out_everywhere_else(self, maria):
        here, phone = browser_of("maria", FIREFOX), browser_of("maria", SAFARI)
        response = self.send(here, PASSWORD, "another long one")
        assert said(response) == ["Password changed. You are signed out everywhere else."]
        assert account(here).count('id="session-') == 1
        assert account(phone) is None
        browser_of("maria", SAFARI, password="another long one")

    @pytest.mark.parametrize(
        ("old", "new", "again", "why"),
        [
            ("wrong", "another long one", None, "not your current password"),
            (PASSWORD, "elevenchars", None, "at least 12 characters"),
            (PASSWORD, "another long one", "another one", "didn’t match"),
            (PASSWORD, "maria@example.org", None, "too similar"),
            (PASSWORD, "123456123456", None, "entirely numeric|too common"),
        ],
    )
    def test_what_is_refused_changes_nothing_and_says_why(self, maria, old, new, again, why):
        here = browser_of("maria", FIREFOX)
        response = self.send(here, old, new, again)
        assert response.status_code == 400
        assert re.search(why, response.content.decode())
        maria.refresh_from_db()
        assert maria.check_password(PASSWORD)

    def test_guessing_the_current_one_is_limited(self, maria):
        here = browser_of("maria", FIREFOX)
        assert [self.send(here, f"guess {n}", "another long one").status_code for n in range(11)][-1] == 429

    def test_who_has_none_sets_one_without(self, client, django_user_model):
        person = django_user_model.objects.create_user("ana")
        client.force_login(person)
        assert "Current password" not in account(client)
        response = client.post(
            reverse("change-password"), {"new_password1": "another long one", "new_password2": "another long one"}
        )
        assert response.status_code == 302
        person.refresh_from_db()
        assert person.check_password("another long one")
        assert account(client) is not None


class TestDetails:
    def send(self, client, **form):
        given = {"username": "maria", "email": "maria@example.org", "current_password": PASSWORD}
        return client.post(reverse("change-details"), given | form)

    def test_name_and_address_are_changed(self, maria):
        here = browser_of("maria", FIREFOX)
        assert self.send(here, username="mária", email="m@example.org").status_code == 302
        maria.refresh_from_db()
        assert (maria.username, maria.email) == ("mária", "m@example.org")

    @pytest.mark.parametrize(
        "form",
        [
            {"username": "Neighbour"},
            {"username": ""},
            {"username": "a b"},
            {"email": "nonsense"},
            {"current_password": "wrong"},
            {"current_password": ""},
        ],
    )
    def test_what_is_refused_changes_nothing(self, maria, neighbour, form):
        here = browser_of("maria", FIREFOX)
        response = self.send(here, **({"email": "new@example.org"} | form))
        assert response.status_code == 400
        assert "Nothing was changed." in response.content.decode()
        assert "maria: your account" in response.content.decode(), "the header has the name that holds"
        maria.refresh_from_db()
        assert (maria.username, maria.email) == ("maria", "maria@example.org")

    def test_rights_are_not_given_by_a_form(self, maria):
        here = browser_of("maria", FIREFOX)
        self.send(here, is_staff="on", is_superuser="on")
        maria.refresh_from_db()
        assert not maria.is_staff and not maria.is_superuser


def test_a_link_signs_the_same_person_in_elsewhere_once(maria):
    here, elsewhere = browser_of("maria", FIREFOX), Client()
    page = here.post(reverse("make-link")).content.decode()
    link = re.search(r'value="http://testserver(/sign-in/link/\?sesame=[^"]+)"', page)[1]
    assert "sesame" not in account(here), "it is shown once"
    assert "maria" in elsewhere.get(link).content.decode()
    assert elsewhere.post(link).status_code == 302
    assert "maria: your account" in account(elsewhere)
    assert Client().post(link).status_code == 403
    assert account(here) is not None


@pytest.mark.parametrize("name", ["change-details", "change-password", "make-link", "make-token"])
def test_coming_back_from_signing_in_leads_to_the_page(client, reader, name):
    assert client.get(reverse(name))["Location"] == reverse("account")


class TestForgottenPassword:
    @pytest.fixture(autouse=True)
    def post_office(self, settings):
        settings.CAN_SEND_MAIL = True

    def ask(self, client, address):
        return client.post(reverse("forgotten-password"), {"email": address}, follow=True).content.decode()

    def test_a_mail_leads_to_a_new_password_and_signs_out_elsewhere(self, client, maria):
        thief = browser_of("maria", FIREFOX)
        for _ in range(11):
            client.post("/sign-in/", {"username": "maria", "password": "guess"})
        assert "Check your email" in self.ask(client, "Maria@Example.org")
        (sent,) = mail.outbox
        assert sent.to == ["maria@example.org"]
        link = re.search(r"http://testserver(/sign-in/new-password/\S+)", sent.body)[1]
        form = client.get(link, follow=True)
        chosen = {"new_password1": "another long one", "new_password2": "another long one"}
        response = client.post(form.redirect_chain[-1][0], chosen, follow=True)
        assert said(response) == ["Password changed. Sign in with it now."]
        assert account(thief) is None
        browser_of("maria", FIREFOX, "127.0.0.1", "another long one")
        assert "no longer works" in Client().get(link, follow=True).content.decode()

    def test_who_had_only_links_may_choose_one(self, client, django_user_model):
        django_user_model.objects.create_user("ana", "ana@example.org")
        self.ask(client, "ana@example.org")
        assert len(mail.outbox) == 1

    def test_the_page_does_not_tell_who_is_there(self, client, maria):
        known, unknown = self.ask(client, "maria@example.org"), self.ask(client, "nobody@example.org")
        token = r'(?<=name="csrfmiddlewaretoken" value=")[^"]+'
        assert re.sub(token, "", known) == re.sub(token, "", unknown)

    def test_nobody_fills_a_mailbox(self, client, maria, settings):
        for _ in range(5):
            self.ask(client, "maria@example.org")
        assert len(mail.outbox) == 1
        settings.MINUTES_BETWEEN_RESET_MAILS = 0
        self.ask(client, "maria@example.org")
        assert len(mail.outbox) == 2

    def test_neither_inactive_accounts_nor_those_without_an_address_get_one(self, client, django_user_model):
        django_user_model.objects.create_user("gone", "gone@example.org", is_active=False)
        django_user_model.objects.create_user("bare", "")
        self.ask(client, "gone@example.org")
        self.ask(client, "")
        assert mail.outbox == []

    def test_a_mail_server_that_is_down_breaks_no_page(self, client, maria, settings):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
            "django.core.mail.backends.smtp.EmailBackend",
            "127.0.0.1",
            1,
        )
        assert "Check your email" in self.ask(client, "maria@example.org")

    def test_without_mail_the_page_says_what_to_do(self, client, maria, settings):
        settings.CAN_SEND_MAIL = False
        page = self.ask(client, "maria@example.org")
        assert "cannot send email" in page and "sign_in_link --user NAME" in page
        assert mail.outbox == []


class TestTokens:
    FORM = {"name": "Kitchen reader", "scopes": ["read"], "days": "30"}

    def shown(self, response):
        return re.search(r'id="new-token" value="(cp_[^"]+)"', response.content.decode())[1]

    def test_one_is_shown_once_listed_and_revoked(self, client, reader):
        token = self.shown(client.post(reverse("make-token"), self.FORM))
        page = account(client)
        assert token not in page and "Kitchen reader" in page and "Never used" in page and "Expires" in page
        (made,) = Token.objects.all()
        assert tokens.find(token) == made and made.owner == reader
        for words in ("“Kitchen reader” was revoked.", "That token had already been revoked."):
            assert said(client.post(reverse("revoke-token", args=[made.uuid]), follow=True)) == [words]
        assert "Kitchen reader" not in account(client)

    def test_a_form_sent_twice_makes_one(self, client, reader):
        key = re.search(r'name="form_key" value="([^"]+)"', account(client))[1]
        shown = [self.shown(client.post(reverse("make-token"), self.FORM | {"form_key": key})) for _ in range(2)]
        assert shown[0] == shown[1] and Token.objects.count() == 1
        client.post(reverse("make-token"), self.FORM | {"form_key": key, "name": "Another"})
        assert Token.objects.count() == 2
        client.post(reverse("revoke-token", args=[Token.objects.get(name="Kitchen reader").uuid]))
        again = client.post(reverse("make-token"), self.FORM | {"form_key": key})
        assert again.status_code == 400 and "Create a new one" in again.content.decode()

    @pytest.mark.parametrize(
        "form", [{"name": ""}, {"scopes": []}, {"scopes": ["save"]}, {"scopes": ["rule"]}, {"days": "1"}]
    )
    def test_what_is_refused_makes_none(self, client, reader, form):
        response = client.post(reverse("make-token"), self.FORM | form)
        assert response.status_code == 400 and 'class="error"' in response.content.decode()
        assert not Token.objects.exists()

    def test_only_staff_may_let_a_program_save(self, client, keeper):
        assert self.shown(client.post(reverse("make-token"), self.FORM | {"scopes": ["save", "read"]}))

    def test_nobody_sees_or_revokes_what_is_anothers(self, client, reader, neighbour):
        tokens.make(neighbour, "Theirs", ["read"])
        assert "Theirs" not in account(client)
        client.post(reverse("revoke-token", args=[Token.objects.get().uuid]))
        assert Token.objects.get().revoked_at is None
