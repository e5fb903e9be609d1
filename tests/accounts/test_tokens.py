"""API tokens: created once, stored as a digest, revoked, and what a request with one may do."""

import base64
import re
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from archive.accounts import tokens
from archive.accounts.models import Device, Scope, Token
from archive.accounts.refusing import Refused
from archive.accounts.token_requests import takes_token
from archive.urls import urlpatterns as addresses_of_the_archive

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "198.51.100.1", "203.0.113.7"


@takes_token(write=Scope.SAVE)
def probe(request):
    response = HttpResponse(request.user.get_username() or "a visitor")
    response["Cache-Control"] = "public, max-age=600"
    return response


urlpatterns = [*addresses_of_the_archive, path("probe", probe)]


@pytest.fixture
def maria():
    return get_user_model().objects.create_user("maria", password="a long password")


@pytest.fixture
def ana():
    return get_user_model().objects.create_user("ana", password="a long password")


def bearer(token, address=HERE, **headers):
    return {"REMOTE_ADDR": address, "headers": {"Authorization": f"Bearer {token}", **headers}}


def basic(password, name="maria"):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


class TestMaking:
    def test_only_a_digest_is_kept(self, maria):
        token = tokens.make(maria, "Reader", ["read"])
        assert re.fullmatch(r"cp_[\w-]{40,}", token)
        (kept,) = Token.objects.values()
        assert not [value for value in kept.values() if token.removeprefix("cp_") in str(value)]
        assert tokens.find(token).owner == maria
        assert tokens.make(maria, "Reader", ["read"]) != token

    @pytest.mark.parametrize(
        ("name", "scopes", "why"),
        [
            ("", ["read"], "Give the token a name"),
            ("n" * 101, ["read"], "at most 100"),
            ("\0 ", ["read"], "Give the token a name"),
            ("x", [], "at least one"),
            ("x", ["read", "rule"], "no scope “rule”"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, maria, name, scopes, why):
        with pytest.raises(Refused, match=why):
            tokens.make(maria, name, scopes)
        assert not Token.objects.exists()

    def test_nobody_revokes_what_is_anothers(self, maria, ana):
        token = tokens.make(maria, "Reader", ["read"])
        assert tokens.revoke(ana, Token.objects.get().uuid) is None
        assert tokens.find(token)
        assert tokens.revoke(maria, Token.objects.get().uuid) and not tokens.revoke(maria, Token.objects.get().uuid)
        with pytest.raises(Refused, match="revoked"):
            tokens.find(token)


class TestCommand:
    def run(self, **options):
        out, err = StringIO(), StringIO()
        call_command("create_token", **{"user": "maria", "scopes": "read, save", **options}, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    def test_it_prints_the_token_alone(self, maria):
        out, err = self.run(days=3)
        token = tokens.find(out.removesuffix("\n"))
        assert (token.owner, token.scopes) == (maria, ["read", "save"])
        assert timedelta(days=2) < token.expires_at - timezone.now() <= timedelta(days=3)
        assert "not staff" in err

    @pytest.mark.parametrize(
        "options", [{"user": "nobody"}, {"scopes": "rule"}, {"scopes": ","}, {"days": 0}, {"days": 10**9}, {"name": ""}]
    )
    def test_what_makes_no_sense_is_refused(self, maria, options):
        with pytest.raises(CommandError):
            self.run(**options)

    def test_an_inactive_account_gets_none(self, maria):
        get_user_model().objects.update(is_active=False)
        with pytest.raises(CommandError, match="not active"):
            self.run()


@pytest.mark.urls(__name__)
class TestRequests:
    @pytest.mark.parametrize("scheme", ["Bearer {}", "bearer  {} ", "Token {}", "TOKEN {}"])
    def test_a_token_is_taken_in_any_of_its_headers(self, client, maria, scheme):
        token = tokens.make(maria, "Reader", ["read"])
        assert client.get("/probe", headers={"Authorization": scheme.format(token)}).content == b"maria"
        for name in ("maria", "", "whoever"):  # e-readers require a user name as well
            assert client.get("/probe", headers={"Authorization": basic(token, name)}).content == b"maria"

    @pytest.mark.parametrize(
        ("scopes", "read", "write"),
        [("read", 200, 403), ("save", 403, 200), ("annotate", 403, 403), ("read,save,annotate", 200, 200)],
    )
    def test_scopes_limit_it(self, client, maria, scopes, read, write):
        token = tokens.make(maria, "Reader", scopes.split(","))
        answers = client.get("/probe", **bearer(token)), client.post("/probe", **bearer(token))
        assert [each.status_code for each in answers] == [read, write]
        assert all("needs the scope" in each.json()["error"] for each in answers if each.status_code == 403)

    def test_without_one_reading_is_for_who_is_signed_in_and_writing_for_nobody(self, client, maria, settings):
        response = client.get("/probe")
        assert response.status_code == 401 and "Basic" in response["WWW-Authenticate"]
        assert client.post("/probe").status_code == 401
        signed_in = Client(enforce_csrf_checks=True)
        signed_in.force_login(maria)
        assert signed_in.get("/probe").content == b"maria"
        assert signed_in.post("/probe").status_code == 401, "no other site's page writes with a session"
        settings.PUBLIC_READING = True
        assert client.get("/probe").content == b"a visitor"
        assert client.post("/probe").status_code == 401
        assert not AccessAttempt.objects.exists()

    def test_what_is_not_valid_is_refused_in_words(self, client, maria, settings):
        settings.PUBLIC_READING = True  # a wrong token is not a visitor
        revoked, expired, inactive = (tokens.make(maria, name, Scope.values) for name in "rei")
        tokens.revoke(maria, Token.objects.get(name="r").uuid)
        Token.objects.filter(name="e").update(expires_at=timezone.now() - timedelta(seconds=1))
        said = {
            token: client.get("/probe", **bearer(token)) for token in (revoked, expired, "cp_wrong", "wrong", "", "é")
        }
        assert {each.status_code for each in said.values()} == {401}
        assert "revoked" in said[revoked].json()["error"] and "expired" in said[expired].json()["error"]
        get_user_model().objects.update(is_active=False)
        assert "not active" in client.get("/probe", **bearer(inactive)).json()["error"]
        for header in (basic("a long password"), "Basic ä", "Basic !", "Basic", "Bearer", basic("cp_wrong")):
            assert client.get("/probe", headers={"Authorization": header}).status_code == 401, header

    def test_the_session_takes_no_part(self, maria, ana):
        browser = Client()
        browser.force_login(ana)
        before = set(Session.objects.values_list("pk", "session_data")), Device.objects.count()
        response = browser.get("/probe", **bearer(tokens.make(maria, "Reader", ["read"])))
        assert response.content == b"maria" and not response.cookies
        assert browser.get("/probe", **bearer("cp_wrong")).status_code == 401
        assert (set(Session.objects.values_list("pk", "session_data")), Device.objects.count()) == before
        assert browser.get("/probe").content == b"ana"

    def test_a_proxys_own_password_bothers_nobody_who_is_signed_in(self, client, maria):
        client.force_login(maria)
        assert client.get("/probe", headers={"Authorization": basic("the proxy's")}).content == b"maria"
        assert client.get("/", headers={"Authorization": basic("the proxy's")}).status_code == 200

    def test_no_cache_keeps_an_answer(self, client, maria):
        for response in (
            client.get("/probe", **bearer(tokens.make(maria, "Reader", ["read"]))),
            client.get("/probe", **bearer("cp_wrong")),
        ):
            assert response["Cache-Control"] == "private, no-store"
            assert "Authorization" in response["Vary"]
        assert "Authorization" in client.get("/probe")["Vary"]

    @pytest.mark.parametrize("name", ["library", "notebook", "account", "imports", "admin:index", "healthz"])
    def test_pages_for_people_take_none(self, client, name):
        keeper = get_user_model().objects.create_superuser("keeper")
        token = tokens.make(keeper, "All", Scope.values)
        for ask in (client.get, client.post):
            response = ask(reverse(name), **bearer(token))
            assert response.status_code == 403 and "does not accept tokens" in response.json()["error"]

    def test_its_last_use_is_noted_once_a_minute(self, client, maria, django_assert_num_queries):
        token = tokens.make(maria, "Reader", ["read"])
        client.get("/probe", **bearer(token))
        first = Token.objects.get().used_at
        with django_assert_num_queries(2):  # the token with its owner, and their time zone
            client.get("/probe", **bearer(token))
        assert Token.objects.get().used_at == first
        Token.objects.update(used_at=first - timedelta(minutes=1))
        client.get("/probe", **bearer(token))
        assert Token.objects.get().used_at > first - timedelta(minutes=1)


@pytest.mark.urls(__name__)
class TestGuessing:
    def guess(self, client, times, address=HERE):
        return [client.get("/probe", **bearer(f"cp_{n}", address)).status_code for n in range(times)]

    def test_it_is_limited_and_locks_nobody_out(self, client, maria, settings):
        token = tokens.make(maria, "Reader", ["read"])
        assert self.guess(client, 55) == [401] * 50 + [429] * 5
        refused = client.get("/probe", **bearer("cp_x"))
        assert refused["Retry-After"] and "Try again" in refused.json()["error"]
        assert AccessAttempt.objects.count() == 1
        assert self.guess(client, 1, ELSEWHERE) == [401]
        assert client.get("/probe", **bearer(token)).status_code == 200, "of somebody in the same house"
        form = {"username": "maria", "password": "a long password"}
        assert client.post("/sign-in/", form, REMOTE_ADDR=HERE).status_code == 302
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
        assert Client().get("/probe", **bearer("cp_y")).status_code == 401

    def test_a_program_with_an_old_token_is_not_guessing(self, client, maria):
        token = tokens.make(maria, "Reader", ["read"])
        tokens.revoke(maria, Token.objects.get().uuid)
        for _ in range(55):
            assert client.get("/probe", **bearer(token)).status_code == 401
        assert not AccessAttempt.objects.exists()

    def test_wrong_passwords_do_not_refuse_tokens(self, client, maria):
        for n in range(60):
            client.post("/sign-in/", {"username": f"n{n}", "password": "guess"}, REMOTE_ADDR=HERE)
        assert self.guess(client, 1) == [401]
