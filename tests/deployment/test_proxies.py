"""The archive behind a reverse proxy: the client's address, and a subpath."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import pytest
import yaml

from tests.deployment.servers import PROJECT, environment_for, fetch, gunicorn, manage

CLIENT = "203.0.113.7"
PASSWORD = "a long password"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0" + b"\0" * 40


def post(url, form, **headers):
    """A form sent by a browser that has loaded the page."""
    token = "a" * 32
    cookie = "; ".join(filter(None, (f"csrftoken={token}", headers.pop("Cookie", ""))))
    data = urlencode({**form, "csrfmiddlewaretoken": token}).encode()
    return fetch(url, data, Cookie=cookie, **headers)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    vault = tmp_path_factory.mktemp("vault")
    (vault / "a.md").write_text(
        "---\ntitle: Lamps\ntags: [sea/boats]\nauthor: Ana\nsource: https://a.example/lamps\n---\n"
        '# One\n\nWords ==marked== here.[^1]\n\n![The lamp](lamp.png)\n\n`<img src="/attachments/x">`\n\n'
        "[^1]: A note.\n"
    )
    (vault / "lamp.png").write_bytes(PNG)
    code = f"""
from django.contrib.auth.models import User
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
User.objects.create_superuser("maria", password={PASSWORD!r})
call_command("import_articles", {str(vault)!r})
"""
    manage(folder, "shell", "-c", code)
    return folder


def test_bad_links_keep_nobody_out_and_a_guess_is_noted_by_where_it_came_from(data_dir):
    with gunicorn(data_dir, ARCHIVE_TRUSTED_PROXIES="127.0.0.1") as base:
        through = {"X_Forwarded_For": f"192.0.2.1, {CLIENT}"}
        bad = [f"{base}/sign-in/link/?sesame=bad{n}" for n in range(40)]
        assert {fetch(link, **through)[0] for link in bad} == {post(link, {}, **through)[0] for link in bad} == {403}
        good = manage(data_dir, "sign_in_link", "--user", "maria", "--base-url", base).strip()
        assert post(good, {}, **through)[0] == 302
        signing_in = {"username": "maria", "password": "guess"}
        assert post(f"{base}/sign-in/", signing_in, **through)[0] == 200
        assert post(f"{base}/sign-in/", signing_in | {"password": PASSWORD}, **through)[0] == 302
    assert f"A password was wrong, from {CLIENT}\n" in (data_dir / "gunicorn.log").read_text()


def test_a_host_with_a_port_works_however_the_proxy_passes_it_on(data_dir):
    with gunicorn(data_dir, ARCHIVE_ALLOWED_HOSTS="https://read.example.org:9100,.example.net:9200") as base:

        def send(host, origin):
            named = {"Host": host, "Origin": origin, "X_Forwarded_Proto": "https", "Referer": f"{origin}/"}
            return post(f"{base}/preferences/", {"theme": "dark"}, **named)

        for host in ("read.example.org:9100", "read.example.org"):
            assert send(host, "https://read.example.org:9100")[0] == 302
        for host in ("a.example.net:9200", "a.example.net"):
            status, headers, _ = send(host, "https://a.example.net:9200")
            assert status == 302
        assert "includeSubDomains" not in headers["Strict-Transport-Security"]
        status, _, page = send("read.example.org", "https://read.example.org:9300")
        assert status == 403 and "https://read.example.org:9300" in page
        assert send("elsewhere.example", "https://elsewhere.example")[0] == 400
    log = (data_dir / "gunicorn.log").read_text()
    assert "Origin checking failed" in log and "ARCHIVE_TRUSTED_ORIGINS" in log


ADDRESSES = ("href", "src", "action", "data-from", "data-src", "hx-get", "hx-post", "hx-push-url")


class _Links(HTMLParser):
    """The addresses in the tags of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found += [value or "" for name, value in attrs if name in ADDRESSES and (value or "").lower() != "true"]


def test_below_a_path_every_link_leads_to_a_page(data_dir):
    """Whether the proxy strips the path or passes it on; here, it alternates."""
    with gunicorn(data_dir, ARCHIVE_SUBPATH="/lib") as base:
        link = manage(data_dir, "sign_in_link", "--user", "maria", "--base-url", base, ARCHIVE_SUBPATH="/lib").strip()
        assert link.startswith(f"{base}/lib/sign-in/link/")
        status, headers, _ = post(link, {})
        assert (status, headers["Location"]) == (302, "/lib/")
        cookie = re.search(r"sessionid=[^;]+", headers["Set-Cookie"])[0]
        assert headers["Set-Cookie"].count("Path=/lib;") == headers["Set-Cookie"].count("Path=")

        wrong, seen, pages = [], {"/lib/": ""}, {}
        for number, path in enumerate(_growing(seen)):
            status, headers, page = fetch(base + (path.removeprefix("/lib") if number % 2 else path), Cookie=cookie)
            if status in (301, 302):
                page = f'<a href="{headers["Location"]}">'
            elif status not in (200, 204, 405):  # 204: nothing has arrived; 405: it accepts forms
                wrong.append((status, path, seen[path]))
            elif "html" not in headers.get("Content-Type", ""):
                continue
            pages[path] = page
            for linked in _links(path, page) if not path.startswith("/lib/admin/") else ():
                if not linked.startswith("/lib/"):
                    wrong.append(("outside", linked, path))
                elif not linked.endswith("/sign-out/"):
                    seen.setdefault(linked, path)
        assert wrong == [], wrong
        for part in ("/lib/attachments/", "/lib/static/js/", "/lib/static/css/", "/lib/account/", "/lib/feed"):
            assert any(path.startswith(part) for path in seen), part
        (article,) = (page for path, page in pages.items() if re.fullmatch(r"/lib/articles/\d+/lamps/", path))
        assert '&lt;img src="/attachments/x"' in unescape_quotes(article), "a text stays as it is"
        assert fetch(f"{base}/lib")[1]["Location"] == "/lib/"


MOST_PAGES = 120


def _growing(seen):
    """A live view of a dictionary's items, including later ones."""
    done = 0
    while done < min(len(seen), MOST_PAGES):
        yield list(seen)[done]
        done += 1


def _links(path, page):
    for found in _Links(page).found:
        link = urldefrag(urljoin(path, found)).url
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
            yield link


def unescape_quotes(html):
    return html.replace("&quot;", '"')


def test_a_subpath_that_is_a_page_is_refused_in_words(tmp_path):
    environment = environment_for(tmp_path, ARCHIVE_SUBPATH="/notebook", ARCHIVE_ALLOWED_HOSTS="read.example.org/lib")
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=PROJECT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "ARCHIVE_SUBPATH should not begin with /notebook" in done.stderr
    assert "ARCHIVE_ALLOWED_HOSTS: “read.example.org/lib” is not a host name" in done.stderr


@pytest.mark.parametrize(
    ("hosts", "sites"),
    [
        ("read.example.org", "read.example.org"),
        ("a.example.org,b.example.org", "a.example.org, b.example.org"),
        ("a.example.org , .example.net", "a.example.org, *.example.net"),
        ("https://read.example.org:9100,.example.org", "https://read.example.org:9100, *.example.org"),
    ],
)
def test_caddy_gets_the_names_as_it_takes_them(tmp_path, hosts, sites):
    service = yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"]["caddy"]
    fake = tmp_path / "caddy"
    fake.write_text('#!/bin/sh\nprintf "%s" "$SITES"\n')
    fake.chmod(0o755)
    command = [*service["entrypoint"], *(part.replace("$$", "$") for part in service["command"])]
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ARCHIVE_ALLOWED_HOSTS": hosts}
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == sites
    assert "{$SITES} {" in (PROJECT / "Caddyfile").read_text()
