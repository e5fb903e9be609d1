"""Host names, origins, subpaths and proxies as people write them, and the client's address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.hosting import client_address, parse_host, parse_origin, parse_proxies, parse_subpath

MAPPED = "::ffff:203.0.113.7"


@pytest.mark.parametrize(
    ("given", "name", "origins"),
    [
        ("read.example.org", "read.example.org", ["https://read.example.org"]),
        ("Read.Example.Org", "read.example.org", ["https://read.example.org"]),
        ("read.example.org:9100", "read.example.org", ["https://read.example.org:9100"]),
        ("https://read.example.org", "read.example.org", ["https://read.example.org"]),
        ("https://read.example.org:443/", "read.example.org", ["https://read.example.org"]),
        ("https://read.example.org:9100/", "read.example.org", ["https://read.example.org:9100"]),
        ("http://nas:8080", "nas", ["http://nas:8080"]),
        (".example.org", ".example.org", ["https://example.org", "https://*.example.org"]),
        (".example.org:9100", ".example.org", ["https://example.org:9100", "https://*.example.org:9100"]),
        ("bücher.example", "xn--bcher-kva.example", ["https://xn--bcher-kva.example"]),
        ("192.0.2.7:9100", "192.0.2.7", ["https://192.0.2.7:9100"]),
        ("[2001:db8::7]:9100", "[2001:db8::7]", ["https://[2001:db8::7]:9100"]),
        ("2001:db8::7", "[2001:db8::7]", ["https://[2001:db8::7]"]),
        ("localhost:9100", "localhost", ["https://localhost:9100"]),
        ("*", "*", []),
    ],
)
def test_a_host_is_understood_as_people_write_it(given, name, origins):
    host = parse_host(given)
    assert host.name == name
    assert host.origins(https=True) == origins


def test_without_tls_the_origin_may_be_either():
    assert parse_host("nas:8080").origins(https=False) == ["https://nas:8080", "http://nas:8080"]


@pytest.mark.parametrize(
    "given",
    [
        *("read.example.org/lib", "ftp://read.example.org", "*.example.org", "read.example.org:99999", "a b.example"),
        *("read.example.org:port", "my_host", "", "https://", "-a.example", "a..example", "user@host", "[2001:db8::g]"),
        *("read.example.org:0", "a" * 64 + ".example", "://", "."),
    ],
)
def test_what_is_no_host_is_refused_in_words(given):
    with pytest.raises(ValueError, match=r"[a-z] [a-z]"):
        parse_host(given)


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("https://read.example.org:9100/", "https://read.example.org:9100"),
        ("https://*.example.org", "https://*.example.org"),
        ("http://nas", "http://nas"),
        ("read.example.org", None),
        ("https://*", None),
        ("https://.example.org", None),
        ("ftp://example.org", None),
        ("null", None),
    ],
)
def test_an_origin_has_a_scheme_and_a_host(given, origin):
    if origin is not None:
        assert parse_origin(given) == origin
    else:
        with pytest.raises(ValueError, match="“"):
            parse_origin(given)


@pytest.mark.parametrize(
    ("given", "path"), [("", ""), ("/", ""), ("lib", "/lib"), ("/lib/", "/lib"), ("/a/b.c", "/a/b.c")]
)
def test_a_subpath_begins_with_a_slash_and_ends_without(given, path):
    assert parse_subpath(given) == path


@pytest.mark.parametrize("given", ["/a b", "/../x", "/lib?x", "https://example.org/lib", "//", "/a//b", "/bücher"])
def test_what_is_no_path_is_refused(given):
    if given == "//":
        assert parse_subpath(given) == ""
        return
    with pytest.raises(ValueError, match="is not a path"):
        parse_subpath(given)


@pytest.mark.parametrize("given", ["proxy.example", "10.0.0.0/33", "*", "10.0.0", "unix:/run/x"])
def test_a_proxy_is_an_address_or_a_network(given):
    with pytest.raises(ValueError, match="not an address or network"):
        parse_proxies([given])


TRUSTED = parse_proxies(["10.0.0.0/8", "127.0.0.1", "2001:db8:1::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        # No trusted proxy: the client may have made up the header.
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("203.0.113.7", "10.0.0.1", "203.0.113.7"),
        # One proxy, and what the client wrote before it.
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", " 1.1.1.1 ,198.51.100.1 ", "198.51.100.1"),
        # A chain of proxies: the last address that is not ours.
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.9.9.9, 127.0.0.1", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        # IPv6, mapped addresses, ports, brackets, zones.
        ("::ffff:10.0.0.1", MAPPED, "203.0.113.7"),
        ("2001:db8:1::9", "2001:db8:2::7", "2001:db8:2::7"),
        ("10.0.0.1", "[2001:db8:2::7]:4711", "2001:db8:2::7"),
        ("10.0.0.1", '"[2001:db8:2::7]"', "2001:db8:2::7"),
        ("10.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("2001:db8:2::9", "203.0.113.7", "2001:db8:2::9"),
        # Garbage: the proxy that forwarded it is the last trustworthy address.
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, _hidden", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, 999.1.1.1, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "198.51.100.1,", "10.0.0.1"),
        ("10.0.0.1", "'; DROP TABLE", "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4\x00", "10.0.0.1"),
        # A Unix socket has no address, and is not trusted unless named.
        ("", "198.51.100.1", ""),
        ("nonsense", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_last_hop_that_is_not_ours(peer, forwarded, client):
    assert client_address(peer, forwarded, TRUSTED) == client


def test_without_trusted_proxies_the_header_is_ignored():
    assert client_address("127.0.0.1", "198.51.100.1", parse_proxies([])) == "127.0.0.1"


def test_a_proxy_on_a_socket_file_may_be_trusted():
    assert client_address("", "198.51.100.1", parse_proxies(["unix"])) == "198.51.100.1"


def test_a_mapped_network_is_one_of_ipv4():
    assert client_address("10.0.0.1", "198.51.100.1", parse_proxies(["::ffff:10.0.0.0/104"])) == "198.51.100.1"


@given(st.text(alphabet='0123456789abcf.:[]%, "x/\0é', max_size=60))
def test_whatever_the_header_holds_the_answer_is_an_address(forwarded):
    from ipaddress import ip_address

    assert ip_address(client_address("10.0.0.1", forwarded, TRUSTED))
