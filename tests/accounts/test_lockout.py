"""Guessing is rate-limited, and nobody is locked out by what others do."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone
from sesame.utils import get_query_string

from archive.accounts.management.commands.sign_in_link import Command
from archive.hosting import parse_proxies

PASSWORD = "a long password"
HERE, ELSEWHERE = "198.51.100.1", "203.0.113.7"

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    return get_user_model().objects.create_user("maria", password=PASSWORD)


@pytest.fixture
def proxied(settings):
    settings.TRUSTED_PROXIES = parse_proxies(["127.0.0.1"])


def sign_in(client, name, password, address=HERE, **headers):
    form = {"username": name, "password": password}
    return client.post("/sign-in/", form, REMOTE_ADDR=address, headers=headers).status_code


def fail(client, times, name="maria", **where):
    return [sign_in(client, name, f"guess {n}", **where) for n in range(times)]


def test_ten_wrong_passwords_keep_a_name_out_from_that_address_alone(client, maria):
    assert fail(client, 10) == [200] * 10
    assert sign_in(client, "maria", PASSWORD) == 429
    assert sign_in(client, "maria", PASSWORD, ELSEWHERE) == 302


def test_whoever_waits_an_hour_may_try_again_whatever_was_tried_meanwhile(client, maria):
    fail(client, 15)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=59))
    assert fail(client, 3) == [429] * 3
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert sign_in(client, "maria", PASSWORD) == 302


def test_signing_in_forgets_earlier_mistakes(client, maria):
    fail(client, 9)
    assert sign_in(client, "maria", PASSWORD) == 302
    client.logout()
    fail(client, 9)
    assert sign_in(client, "maria", PASSWORD) == 302


def test_guessing_across_names_from_one_address_is_limited(client, maria):
    answers = [sign_in(client, f"name {n}", "guess") for n in range(60)]
    assert answers == [200] * 50 + [429] * 10
    assert AccessAttempt.objects.count() == 50, "a refused try costs no row"
    assert sign_in(client, "maria", PASSWORD) == 429
    assert sign_in(client, "maria", PASSWORD, ELSEWHERE) == 302


def test_an_ipv6_network_counts_as_one_address(client, maria):
    for n in range(10):
        assert sign_in(client, "maria", "guess", f"2001:db8:1:2::{n:x}") == 200
    assert sign_in(client, "maria", PASSWORD, "2001:db8:1:2:ffff::1") == 429
    assert sign_in(client, "maria", PASSWORD, "2001:db8:1:3::1") == 302


def test_a_mapped_address_counts_as_the_one_it_is(client, maria):
    fail(client, 10, address=f"::ffff:{HERE}")
    assert sign_in(client, "maria", PASSWORD, HERE) == 429


def test_behind_a_trusted_proxy_clients_are_told_apart(client, maria, proxied):
    at = {"address": "127.0.0.1", "X-Forwarded-For": f"1.1.1.1, {ELSEWHERE}"}
    assert fail(client, 11, **at)[-1] == 429
    assert sign_in(client, "maria", PASSWORD, "127.0.0.1", **{"X-Forwarded-For": f"{ELSEWHERE}, {HERE}"}) == 302


def test_without_a_trusted_proxy_the_header_changes_nothing(client, maria, caplog):
    made_up = [sign_in(client, "maria", "guess", **{"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(11)]
    assert made_up[-1] == 429
    with caplog.at_level(logging.WARNING, "archive.accounts"):
        sign_in(client, "other", "guess", **{"X-Forwarded-For": "192.0.2.1"})
    assert "ARCHIVE_TRUSTED_PROXIES" in caplog.text
    assert HERE in caplog.text


@pytest.mark.parametrize("header", ["unknown", "999.9.9.9", "\x00", "é", "," * 500, "::ffff:nonsense", "1.1.1.1:x:y"])
def test_garbage_in_the_header_is_no_way_around(client, maria, proxied, header):
    fail(client, 10, address="127.0.0.1", **{"X-Forwarded-For": header})
    assert sign_in(client, "maria", PASSWORD, "127.0.0.1", **{"X-Forwarded-For": f"{header}"}) == 429


@pytest.mark.parametrize("is_proxied", [False, True])
def test_a_thousand_bad_links_keep_nobody_out(client, maria, settings, is_proxied):
    if is_proxied:
        settings.TRUSTED_PROXIES = parse_proxies(["127.0.0.1"])
    link = reverse("sign-in-by-link")
    where = {"REMOTE_ADDR": "127.0.0.1", "headers": {"X-Forwarded-For": HERE}}
    for n in range(500):
        assert client.get(f"{link}?sesame=wrong{n}", **where).status_code == 403
        assert client.post(f"{link}?sesame={'A' * (n % 40)}", **where).status_code == 403
    assert not AccessAttempt.objects.exists()
    assert sign_in(client, "maria", PASSWORD, "127.0.0.1", **where["headers"]) == 302
    client.logout()
    maria.refresh_from_db()
    assert client.post(link + get_query_string(maria), **where).status_code == 302
    assert client.get("/").status_code == 200


def test_a_link_works_where_passwords_do_not_as_the_page_says(client, maria):
    fail(client, 11)
    page = client.post("/sign-in/", {"username": "maria", "password": "x"}, REMOTE_ADDR=HERE).content.decode()
    assert "sign_in_link --user NAME" in page
    link = reverse("sign-in-by-link") + get_query_string(maria)
    assert client.post(link, REMOTE_ADDR=HERE).status_code == 302
    client.logout()
    assert sign_in(client, "maria", PASSWORD) == 302, "who signed in by link is known to be right"


def test_nothing_of_an_address_or_a_form_is_kept(client, maria):
    secret = get_query_string(maria)
    form = {"username": "maria", "password": "guess", "next": f"/sign-in/link/{secret}"}
    client.post(f"/sign-in/{secret}", form, headers={"Referer": f"http://testserver/{secret}"})
    (kept,) = AccessAttempt.objects.values()
    token = secret.partition("=")[2]
    assert not [name for name, value in kept.items() if token in str(value) or "guess" in str(value)]


@pytest.mark.parametrize("name", ["", "\0", "n" * 5000, "mar\0ia", "<b>", "' OR 1=1"])
def test_names_of_any_kind_are_counted_or_refused(client, name):
    assert sign_in(client, name, "guess") == 200
    assert not AccessAttempt.objects.filter(username="").exists()


def test_the_administrations_own_form_is_limited_too(client, maria):
    form = {"username": "maria", "password": "guess"}
    assert [client.post("/admin/login/", form).status_code for _ in range(11)][-1] == 429


@pytest.mark.django_db(transaction=True)
def test_links_that_an_earlier_version_kept_are_forgotten():
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("accounts")
    try:
        MigrationExecutor(connection).migrate([("accounts", "0001_initial")])
        AccessAttempt.objects.create(get_data="sesame=AAAA", post_data="", failures_since_start=1)
    finally:
        MigrationExecutor(connection).migrate(newest)
    assert not AccessAttempt.objects.exists()


def test_the_page_names_the_command_as_it_is():
    assert Command().create_parser("manage.py", "sign_in_link").parse_args(["--user", "NAME"]).user == "NAME"
