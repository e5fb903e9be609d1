"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from archive.hosting import client_address, parse_address

LONGEST_USER_AGENT = 400  # characters
HOME_NETWORK = 64  # bits of an IPv6 address that identify a household or a rented server


def address_of(request: HttpRequest) -> str | None:
    """The client's IP address according to the trusted proxies; None behind a Unix socket."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return client_address(request.META.get("REMOTE_ADDR", ""), forwarded, settings.TRUSTED_PROXIES) or None


def network_of(request: HttpRequest) -> str | None:
    """The address that failures are counted by. For IPv6 this is the network, since a household may use any address in
    it."""
    address = address_of(request)
    if address is None or ip_address(address).version == 4:
        return address
    return str(ip_address(int(ip_address(address)) >> HOME_NETWORK << HOME_NETWORK))


def is_proxy_unknown(request: HttpRequest) -> bool:
    """Whether the request was forwarded by a proxy that is not trusted."""
    peer = parse_address(request.META.get("REMOTE_ADDR", ""))
    return "HTTP_X_FORWARDED_FOR" in request.META and peer not in settings.TRUSTED_PROXIES


# Names found in User-Agent headers, most specific first: browsers also name the ones they imitate.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "A Python program"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
    ("BSD", "BSD"),
)


def device_name(user_agent: str) -> str:
    """The browser and system, such as `Firefox on Windows`, as far as the header says."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return " on ".join(filter(None, (browser, system))) or "Unknown browser"
