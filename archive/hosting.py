"""Where the archive is reached: host names, origins, a path below a host, and proxies in front. Text in, values out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNIX_SOCKET = "unix"  # how the setting names a proxy that connects by a socket file, and so has no address
_HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<name>\[[0-9a-f:.]+\]|[^:/\[\]\s@?#]+)(?::(?P<port>[0-9]{1,5}))?/?"
)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_SUBPATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_HOP = re.compile(r"\[(?P<bracketed>[^\]]*)\](?::\d*)?|(?P<v4>[0-9.]+)(?::\d*)?|(?P<plain>[0-9A-Fa-f:.%\w]+)", re.ASCII)


@dataclass(frozen=True)
class Host:
    """A name the archive is reached by: `name` as Django's ALLOWED_HOSTS wants it, `port` with its colon."""

    name: str
    scheme: str = ""
    port: str = ""

    def origins(self, https: bool) -> list[str]:
        """What a browser's Origin header may be on this host. TLS may end before us, so https is always among them."""
        if self.name == "*":
            return []
        schemes = [self.scheme] if self.scheme else ["https"] if https else ["https", "http"]
        names = [self.name] if self.name[0] != "." else [self.name[1:], f"*{self.name}"]
        return [f"{scheme}://{name}{self.port}" for scheme in schemes for name in names]


def parse_host(given: str) -> Host:
    """A host as people write it: `read.example.org`, also with a port or `https://` before it; `.example.org`; `*`.

    Raises ValueError with a sentence.
    """
    text = given.strip().lower()
    if text == "*":
        return Host("*")
    if text.count(":") > 1 and parse_address(text) is not None and "[" not in text:
        text = f"[{text}]"
    match = _HOST.fullmatch(text)
    if match is None:
        raise ValueError(f"“{given}” is not a host name; write it like read.example.org")
    name, scheme, port = match["name"], match["scheme"] or "", match["port"]
    if scheme not in ("", "http", "https"):
        raise ValueError(f"“{given}” begins with {scheme}://; only http:// and https:// make sense")
    if name.startswith("*."):
        raise ValueError(f"“{given}” has a star; write {name[1:]} for a host and all names below it")
    if port and not 0 < int(port) < 65536:
        raise ValueError(f"“{given}” has a port that does not exist")
    if port and int(port) == {"http": 80, "https": 443}.get(scheme):
        port = None  # browsers leave it out
    return Host(_host_name(name, given), scheme, f":{int(port)}" if port else "")


def parse_origin(given: str) -> str:
    """An origin: `https://read.example.org:9100`, or `https://*.example.org` for all names below.

    Raises ValueError with a sentence.
    """
    scheme, separator, rest = given.strip().lower().partition("://")
    wildcard = rest.startswith("*.")
    if not separator or scheme not in ("http", "https"):
        raise ValueError(f"“{given}” must begin with https:// or http://")
    host = parse_host(f"{scheme}://{rest.removeprefix('*.')}")
    if host.name == "*" or host.name.startswith("."):
        raise ValueError(f"“{given}” is not an origin; write it like https://read.example.org or https://*.example.org")
    return f"{scheme}://{'*.' if wildcard else ''}{host.name}{host.port}"


def parse_subpath(given: str) -> str:
    """`/lib` for an archive at `https://example.org/lib/`, with or without the slashes; empty for none.

    Raises ValueError with a sentence.
    """
    path = "/" + given.strip().strip("/")
    if path == "/":
        return ""
    if not _SUBPATH.fullmatch(path):
        raise ValueError(f"“{given}” is not a path; write it like /lib")
    return path


@dataclass(frozen=True)
class TrustedProxies:
    """The proxies whose word about the client's address is taken."""

    networks: tuple[Network, ...] = ()
    unix: bool = False

    def __contains__(self, address: Address | None) -> bool:
        """Whether one of them has this address; None stands for a socket file."""
        if address is None:
            return self.unix
        return any(address in network for network in self.networks)


def parse_proxies(given: Sequence[str]) -> TrustedProxies:
    """Addresses and networks: `127.0.0.1`, `10.0.0.0/8`, `2001:db8::/32`; `unix` for a socket file.

    Raises ValueError with a sentence.
    """
    networks = []
    for each in given:
        if each == UNIX_SOCKET:
            continue
        try:
            network = ip_network(each.strip("[]"), strict=False)
        except ValueError as error:
            raise ValueError(f"“{each}” is not an address or network, like 127.0.0.1 or 172.16.0.0/12") from error
        mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
        if mapped is not None and network.prefixlen >= 96:
            network = IPv4Network((mapped, network.prefixlen - 96))
        networks.append(network)
    return TrustedProxies(tuple(networks), UNIX_SOCKET in given)


def client_address(peer: str, forwarded_for: str, trusted: TrustedProxies) -> str:
    """Who asks: the last address that somebody trusted tells of, from the right of X-Forwarded-For.

    Whatever stands further left was written by the client, who may write anything. Where a proxy tells nothing that is
    an address, the proxy's own address counts. Empty where there is none (a socket file).
    """
    address = parse_address(peer)
    for hop in reversed(forwarded_for.split(",") if forwarded_for else []):
        told = parse_address(hop)
        if address not in trusted or told is None:
            break
        address = told
    return str(address) if address is not None else ""


def parse_address(text: str) -> Address | None:
    """An IP address, also with a port, a zone, brackets or quotes; one of IPv4 mapped into IPv6 is one of IPv4."""
    match = _HOP.fullmatch(text.strip().strip('"').strip())
    if match is None:
        return None
    try:
        address = ip_address((match["bracketed"] or match["v4"] or match["plain"] or "").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address


def _host_name(name: str, given: str) -> str:
    """A name as browsers send it: other scripts than Latin in the letters of IDNA."""
    if name.startswith("["):
        if parse_address(name) is None:
            raise ValueError(f"“{given}” is not an IPv6 address")
        return name
    below = "." if name.startswith(".") else ""
    try:
        encoded = name.removeprefix(".").rstrip(".").encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"“{given}” is not a host name; write it like read.example.org") from error
    if not all(_LABEL.fullmatch(label) for label in encoded.split(".")):
        raise ValueError(f"“{given}” is not a host name: names have only letters, digits, hyphens and dots")
    return below + encoded
