"""What each token may do: every address that accepts tokens, requested without one and with each kind.

An address missing from the table fails the test; so does a token accepted anywhere else
(`tests/accounts/test_tokens.py`).
"""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from archive.accounts import tokens
from archive.accounts.models import Scope, Token
from archive.importing.models import ImportRun

# Name of the address and method -> the required scope, and the status for a program that has it and sends nothing.
TABLE = {
    ("api-articles", "GET"): (Scope.READ, 200),
    ("api-articles", "POST"): (Scope.SAVE, 400),
    ("opds", "GET"): (Scope.READ, 200),
    ("opds-articles", "GET"): (Scope.READ, 200),
    ("opds-book", "GET"): (Scope.READ, 404),  # there is no article with this id
    ("opds-collections", "GET"): (Scope.READ, 200),
    ("opds-collection", "GET"): (Scope.READ, 404),
    ("opds-searches", "GET"): (Scope.READ, 200),
    ("opds-opensearch", "GET"): (Scope.READ, 200),
}
OF_ONE_OBJECT = ("opds-book", "opds-collection")
NEITHER = {
    "api-articles": ("PUT", "DELETE"),  # methods that no token allows
    "opds": ("POST", "DELETE"),
    "opds-articles": ("POST",),
}


@pytest.fixture
def keeper(db, data_dir):
    return get_user_model().objects.create_superuser("keeper")


def taking_tokens():
    return {
        each.name
        for each in get_resolver().url_patterns
        if isinstance(each, URLPattern) and hasattr(each.callback, "takes_token")
    }


def address(name):
    return reverse(name, args=[1] if name in OF_ONE_OBJECT else [])


def ask(name, method, token=None):
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return Client().generic(method, address(name), headers=headers)


def test_the_table_has_every_address():
    assert {name for name, _ in TABLE} == taking_tokens()


@pytest.mark.parametrize(("name", "method"), TABLE)
def test_each_scope_allows_what_it_says_and_no_more(keeper, name, method):
    needed, allowed = TABLE[name, method]
    for scope in Scope.values:
        answer = ask(name, method, tokens.make(keeper, scope, [scope]))
        assert answer.status_code == (allowed if scope == needed else 403), (scope, answer.content)
        assert answer["Cache-Control"] == "private, no-store" and "Authorization" in answer["Vary"]
    all_scopes = tokens.make(keeper, "all", Scope.values)
    assert ask(name, method, all_scopes).status_code == allowed
    for other in NEITHER.get(name, ()):
        assert ask(name, other, all_scopes).status_code == 405
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("name", "method"), TABLE)
def test_what_is_no_valid_token_is_refused(keeper, settings, name, method):
    revoked, expired, inactive = (tokens.make(keeper, each, Scope.values) for each in ("r", "e", "i"))
    tokens.revoke(keeper, Token.objects.get(name="r").uuid)
    Token.objects.filter(name="e").update(expires_at=timezone.now() - timedelta(seconds=1))
    for settings.PUBLIC_READING in (False, True):
        for token in (revoked, expired, "cp_wrong", "wrong"):
            answer = ask(name, method, token)
            assert answer.status_code == 401 and answer.json().keys() == {"error"}
    settings.PUBLIC_READING = False
    assert ask(name, method).status_code == 401
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.force_login(keeper)
    if method != "GET":
        assert signed_in.generic(method, address(name)).status_code == 401, "nothing is written for a session"
    get_user_model().objects.update(is_active=False)
    assert ask(name, method, inactive).status_code == 401


@pytest.mark.parametrize(("name", "method"), [place for place, (scope, _) in TABLE.items() if scope == Scope.SAVE])
def test_another_person_has_their_own_rights(keeper, name, method):
    reader = get_user_model().objects.create_user("reader")
    assert ask(name, method, tokens.make(reader, "all", Scope.values)).status_code == 403
