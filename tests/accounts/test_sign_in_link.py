"""The command creates sign-in links, and an account only when asked to."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from archive.accounts import sign_in_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def run_command(*arguments):
        call_command("sign_in_link", *arguments)
        return capsys.readouterr()

    return run_command


def test_an_unknown_name_is_an_error_and_makes_nobody(run):
    with pytest.raises(CommandError, match=r"no account “typpo”.*--create"):
        run("--user", "typpo")
    assert not get_user_model().objects.exists()


def test_the_first_account_may_do_everything_and_is_told_so(run):
    said = run("--create")
    person = get_user_model().objects.get()
    assert (person.username, person.is_superuser, person.has_usable_password()) == ("local", True, False)
    assert "Created the account “local”. It can do everything" in said.err
    assert said.out.startswith("http://127.0.0.1:8000/sign-in/link/?sesame=")
    assert said.out.count("\n") == 1


def test_without_a_name_it_is_for_who_looks_after_the_archive(run):
    run("--user", "maria", "--create")
    said = run()
    assert sign_in_links.person_of(said.out.strip().partition("sesame=")[2]).username == "maria"


def test_a_later_one_may_read_and_annotate(run):
    run("--create")
    said = run("--user", "maria", "--create")
    person = get_user_model().objects.get(username="maria")
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert "It can read and annotate." in said.err


def test_an_account_that_is_there_stays_as_it_is(run):
    get_user_model().objects.create_user("maria", password="a long password")
    said = run("--user", "maria", "--create")
    assert said.err == ""
    assert sign_in_links.person_of(said.out.strip().partition("sesame=")[2]).username == "maria"
    assert not get_user_model().objects.get().is_staff


@pytest.mark.parametrize("name", ["", "a b c/d", "n" * 151, "<b>"])
def test_a_name_that_no_account_can_have_is_refused(run, name):
    with pytest.raises(CommandError, match="An account cannot be called"):
        run("--user", name, "--create")


def test_an_account_that_is_not_active_gets_no_link(run):
    get_user_model().objects.create_user("maria", is_active=False)
    with pytest.raises(CommandError, match="not active"):
        run("--user", "maria")


@pytest.mark.parametrize(
    "base", ["https://a.example", "https://a.example/", "https://a.example/lib", "https://a.example/lib/"]
)
def test_below_a_subpath_the_link_has_it_once(run, base):
    from django.urls import set_script_prefix

    set_script_prefix("/lib/")
    try:
        said = run("--create", "--base-url", base)
    finally:
        set_script_prefix("/")
    assert said.out.startswith("https://a.example/lib/sign-in/link/?sesame=")


def test_of_two_requests_at_once_one_signs_in(django_user_model):
    person = django_user_model.objects.create_user("maria")
    token = sign_in_links.link_for(person, "").partition("sesame=")[2]
    first, second = sign_in_links.person_of(token), sign_in_links.person_of(token)
    assert sign_in_links.use_up(first)
    assert not sign_in_links.use_up(second)
