"""What the server fetches, and what it must not: tested with a server on this machine, which only tests allow."""

import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address

import pytest

from archive.importing import fetching
from archive.importing.fetching import FetchRefused, fetch, may_connect
from tests.importing.pictures_elsewhere import serving


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Host"]))
        name = self.path.partition("?")[0].strip("/")
        getattr(self, f"send_{name}", self.send_nothing)()

    def answer(self, status=200, body=b"", **headers):
        self.send_response(status)
        for key, value in {"Content_Length": len(body), **headers}.items():
            if value is not None:
                self.send_header(key.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def send_ok(self):
        self.answer(body=b"content")

    def send_nothing(self):
        self.answer(404, b"no")

    def send_to(self):
        self.answer(302, Location=self.path.partition("?")[2])

    def send_loop(self):
        self.answer(302, Location="/loop")

    def send_endless(self):
        self.answer(Content_Length=None, Connection="close")
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def send_large(self):
        self.answer(Content_Length=10**12)

    def send_slow(self):
        self.answer(Content_Length=1000)
        self.send_slowhead()

    def send_slowhead(self):
        with suppress(OSError):
            for _ in range(100):
                self.wfile.write(b"H")
                time.sleep(0.05)

    def send_cut(self):
        self.answer(body=b"half", Content_Length=100, Connection="close")
        self.close_connection = True

    def send_packed(self):
        self.answer(body=b"\x1f\x8b", Content_Encoding="gzip")

    def send_garbage(self):
        self.wfile.write(b"\x00\x01\x02 nothing of HTTP\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with serving(Handler) as made:
        yield made


@pytest.fixture
def allowed(monkeypatch, server):
    """This test's server counts as public; nothing else on this machine does."""
    port = server.server_address[1]
    real = fetching.may_connect
    monkeypatch.setattr(fetching, "may_connect", lambda address, at: at == port or real(address, at))
    return f"http://127.0.0.1:{port}"


def refusal(url, **limits):
    with pytest.raises(FetchRefused) as caught:
        fetch(url, **{"most_bytes": 1_000_000, **limits})
    return str(caught.value)


def test_content_is_fetched_by_way_of_redirects(allowed, server):
    fetched = fetch(f"{allowed}/to?/ok", most_bytes=100)
    assert (fetched.url, fetched.data) == (f"{allowed}/ok", b"content")


PRIVATE = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
    *(
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
    ),
    *("64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_only_public_addresses_are_asked(address):
    assert not may_connect(ip_address(address), 80)
    shown = f"[{address}]" if ":" in address else address
    assert "not a public address" in refusal(f"http://{shown}/") or ":" in address


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_public_ones_are_on_the_ports_of_the_web(address):
    assert may_connect(ip_address(address), 443) and may_connect(ip_address(address), 80)
    assert not may_connect(ip_address(address), 22) and not may_connect(ip_address(address), 8080)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "LOCALHOST."])
def test_other_ways_to_write_a_private_address_are_none(host):
    assert "not a public address" in refusal(f"http://{host}/") or "No server" in refusal(f"http://{host}/")


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "file:///etc/passwd", "http://", "http://[::1", "http://a:b@example.org/", "//x", "", "http://x:99999/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(url):
    assert refusal(url)


@pytest.mark.parametrize(
    "to", ["http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest", "file:///etc/passwd", "//localhost/"]
)
def test_redirects_are_checked_again(allowed, server, to):
    assert refusal(f"{allowed}/to?{to}")
    assert len(server.asked) == 1


def test_a_name_whose_address_changes_is_looked_up_once_and_asked_where_it_was_checked(allowed, server, monkeypatch):
    port = server.server_address[1]
    real, answers = socket.getaddrinfo, ["127.0.0.1", "10.0.0.1"]

    def look_up(host, *rest, **more):
        if host != "changing.example":
            return real(host, *rest, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert fetch(f"http://changing.example:{port}/ok", most_bytes=100).data == b"content"
    assert answers == ["10.0.0.1"] and server.asked[0][1].startswith("changing.example")


def test_a_name_with_a_private_address_among_others_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "not a public address" in refusal("http://both.example/")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("endless", "larger than"),
        ("large", "larger than"),
        ("missing", "answered 404"),
        ("loop", "redirects too often"),
        ("packed", "compressed"),
        ("cut", "cut off"),
        ("garbage", "did not answer properly"),
    ],
)
def test_what_goes_wrong_is_a_sentence(allowed, path, why):
    assert why in refusal(f"{allowed}/{path}")


@pytest.mark.parametrize("path", ["slow", "slowhead"])
def test_a_server_that_drips_is_left(allowed, path):
    started = time.monotonic()
    assert "too long" in refusal(f"{allowed}/{path}", seconds=0.3)
    assert time.monotonic() - started < 3
