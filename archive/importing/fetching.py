"""Fetches content from other servers: from public addresses only, within limits of size and time, and only on request.

The author of an article, or of a link to one, chooses the address; it must not become a way into the archive's own
network. So a name is resolved once, all its addresses are checked, and the connection goes to a checked address: a name
that resolves differently a moment later changes nothing. A redirect is a new address.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
SECONDS_TO_CONNECT = 10.0
SECONDS = 30.0  # for the whole response, including redirects
CHUNK = 64 * 1024
AGENT = "Mozilla/5.0 (compatible; Commonplace; a personal archive)"
_EMBEDDING = ("64:ff9b::/96", "64:ff9b:1::/48")  # gateway networks, with an IPv4 address in the last 32 bits


class FetchRefused(Exception):
    """Nothing was fetched; the message is a sentence. `host_is_to_blame`: other requests to this host would fail
    too."""

    def __init__(self, why: str, *, host_is_to_blame: bool = False) -> None:
        super().__init__(why)
        self.host_is_to_blame = host_is_to_blame


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response: the final address, and its bytes."""

    url: str
    data: bytes


def fetch(url: str, *, most_bytes: int, seconds: float = SECONDS, accept: str = "*/*") -> Fetched:
    """The content at a web address. Raises FetchRefused."""
    ends = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        answer = _fetch_once(url, most_bytes, ends, accept)
        if isinstance(answer, bytes):
            return Fetched(url, answer)
        url = urljoin(url, answer)
    raise FetchRefused("It redirects too often.")


def may_connect(address: IPv4Address | IPv6Address, port: int) -> bool:
    """Whether the address is on the public internet, and the port one used for the web."""
    return port in PORTS.values() and all(each.is_global and not each.is_multicast for each in _meant(address))


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address, and any IPv4 address embedded in it, to which a gateway would forward."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if any(address in ip_network(network) for network in _EMBEDDING):
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address, *filter(None, [address.sixtofour]), *(address.teredo or ())]


def _fetch_once(url: str, most_bytes: int, ends: float, accept: str) -> bytes | str:
    """The content, or the redirect target."""
    scheme, host, port, target = _parts(url)
    sock = _connected(host, port, ends)
    if scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    connection = HTTPConnection(host, port)
    connection.sock, connection.auto_open, connection.default_port = sock, 0, port  # never connects by itself
    # A server that sends one byte now and then would never exceed the timeout of a single read.
    watchdog = threading.Timer(max(0.0, ends - time.monotonic()), _hang_up, [sock])
    watchdog.daemon = True
    watchdog.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "identity", "Connection": "close"}
        connection.request("GET", target, headers=headers)
        with connection.getresponse() as response:
            if response.status in REDIRECTS and (location := response.getheader("Location")):
                return location
            return _content(response, most_bytes, ends)
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() >= ends:
            raise FetchRefused("The server took too long.", host_is_to_blame=True) from None
        if isinstance(error, ssl.SSLError):
            raise FetchRefused(f"{host} has no valid certificate ({error.reason}).", host_is_to_blame=True) from None
        raise FetchRefused(f"The server did not answer properly ({type(error).__name__}).") from None
    finally:
        watchdog.cancel()
        connection.close()


def _content(response: HTTPResponse, most_bytes: int, ends: float) -> bytes:
    if response.status != 200:
        raise FetchRefused(f"The server answered {response.status}.", host_is_to_blame=response.status in (429, 503))
    if response.getheader("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise FetchRefused("The server sent compressed content, although it was asked not to.")
    too_large = FetchRefused(f"It is larger than {most_bytes >> 20} MB.")
    if response.length is not None and response.length > most_bytes:
        raise too_large
    parts, size = [], 0
    while chunk := response.read1(CHUNK):
        size += len(chunk)
        if size > most_bytes:
            raise too_large
        parts.append(chunk)
    if time.monotonic() >= ends:
        raise FetchRefused("The server took too long.", host_is_to_blame=True)
    if response.length:
        raise FetchRefused("The download was cut off.")
    return b"".join(parts)


def _parts(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port, and the request target."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if not _is_address(parts.hostname) else parts.hostname
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise FetchRefused("This is not a web address.") from None
    if parts.scheme not in PORTS or not host:
        raise FetchRefused("Only http:// and https:// addresses are fetched.")
    if parts.username or parts.password:
        raise FetchRefused("Its address has a name or password in it.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port, _quoted(target)


def _connected(host: str, port: int, ends: float) -> socket.socket:
    """A connection to one of the host's addresses, all of which must be allowed."""
    try:
        found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise FetchRefused(f"No server named {host} was found.", host_is_to_blame=True) from None
    addresses = [ip_address(str(address).partition("%")[0]) for address in dict.fromkeys(found)]
    if not addresses or not all(may_connect(address, port) for address in addresses):
        raise FetchRefused(f"{host}:{port} is not a public address of the web, so it was not contacted.")
    failure: OSError | None = None
    for address in addresses[:3]:
        left = min(SECONDS_TO_CONNECT, ends - time.monotonic())
        if left <= 0:
            break
        try:
            return socket.create_connection((str(address), port), timeout=left)
        except OSError as error:
            failure = error
    raise FetchRefused(f"{host} cannot be reached ({failure or 'it took too long'}).", host_is_to_blame=True)


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):  # it may have ended already
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _is_address(host: str | None) -> bool:
    try:
        ip_address(host or "")
    except ValueError:
        return False
    return True


def _quoted(target: str) -> str:
    """A path and query as HTTP sends it: ASCII, without anything that would end the line."""
    return quote(target, safe="%/:?#[]@!$&'()*+,;=~-._")
