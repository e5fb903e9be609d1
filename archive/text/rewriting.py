"""Rewrites an article's tokens for its page: ids, links, images and classes. Only known names are kept."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from archive.text.addresses import ID_PREFIX, absolute, is_remote, label, shows_an_image
from archive.text.clippings.inline import EMBEDDED
from archive.text.document import LocalImage
from archive.text.names import names
from archive.text.tokens import Token

_REL = "noopener noreferrer nofollow"
_KEPT = {
    "ol": ("start", "reversed"),
    "li": ("value",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "time": ("datetime",),
    "abbr": ("title",),
    "details": ("open",),
}
_EVERYWHERE = ("title", "lang", "dir")
_CLASSES = re.compile(
    r"(?:language-[\w+#.-]{1,30}|callout|callout-[a-z0-9-]{1,20}|align-(?:left|center|right)"
    r"|footnotes|footnote-ref|footnote-back|wikilink|shortcode|math|task|task-cancelled|marked)\Z"
)
_TASK_STATES = {"/": "in progress", "-": "cancelled"}
_ALIGNMENTS = frozenset({"left", "center", "right"})
_WITH_CONTENT = names("script style")
_TO_DIV = names(
    "address article aside center dialog fieldset footer form header hgroup legend main nav search"
)  # bleach removes these, but their content must not run into what follows
_RENAMED = dict.fromkeys(_TO_DIV, "div") | {
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
    "menu": "ul",
    "dir": "ul",
    "listing": "pre",
}
_LATER = ("data-src", "data-original", "data-lazy-src")
_MEDIA = frozenset({"iframe", "video", "audio"})
_SPACE = re.compile(r"\s")
_SIZE = re.compile(r"\d{1,4}\Z")
_SIZE_IN_ALT = re.compile(r"\|\s*(?P<width>\d{1,4})(?:x(?P<height>\d{1,4}))?\Z")  # ![words|100x50](a.png) in Obsidian


class Rewriter:
    """The rewritten stream of one article's tokens.

    `resolve_image` is called for every image with a relative or `data:` address, and for remote addresses.
    """

    def __init__(self, base_url: str | None, resolve_image: Callable[[str], LocalImage | None] | None) -> None:
        self._base_url = base_url
        self._resolve_image = resolve_image
        self._ids: set[str] = set()
        self._anchors = 0  # nested open links

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        return _with_named_links(self._rewritten(tokens))

    def _rewritten(self, tokens: Iterable[Token]) -> Iterator[Token]:
        dropped = 0  # nested elements that are dropped with their content
        is_silent = False  # whether a player is open whose media has not been named yet
        is_told = False  # whether it has, and nothing came after it yet
        for token in tokens:
            kind = token["type"]
            if kind == "Characters" or kind == "SpaceCharacters":  # first, because they are half of all tokens
                if not dropped:
                    yield _characters(f" {token['data']}" if is_told else token["data"])
                    is_told = False
                continue
            name = token.get("name", "")
            if name in _WITH_CONTENT:
                dropped += {"StartTag": 1, "EndTag": -1}.get(kind, 0)
            elif dropped:
                continue
            elif name in _MEDIA or (name == "source" and is_silent):
                links = list(self._media(token)) if kind != "EndTag" else []
                is_silent = kind != "EndTag" and not links
                is_told = bool(links)
                yield from links
            elif name == "a":
                yield from self._anchor(token)
            elif kind == "EndTag" or (kind == "StartTag" and not token["data"] and name != "input"):
                yield _renamed(token)
            elif kind == "StartTag" or kind == "EmptyTag":
                yield from self._tag(_renamed(token), {key: value for (_, key), value in token["data"].items()})

    def _anchor(self, token: Token) -> Iterator[Token]:
        """A link's tags; of nested links, which a browser would split, only the outermost counts."""
        if token["type"] == "EndTag":
            self._anchors -= 1
            if self._anchors == 0:
                yield token
            return
        self._anchors += 1
        if self._anchors == 1:
            yield from self._tag(token, {key: value for (_, key), value in token["data"].items()})

    def _tag(self, token: Token, given: dict[str, str]) -> Iterator[Token]:
        name = token["name"]
        if name == "img":
            yield from self._image(given)
            return
        attributes = self._common(given)
        if name == "a":
            attributes |= self._link(given)
        elif name == "input":
            if given.get("type", "").lower() != "checkbox":
                return
            done = "checked" in given
            label = _TASK_STATES.get(given.get("data-state", ""), "done" if done else "to do")
            attributes = {"type": "checkbox", "disabled": "", "aria-label": label}
            attributes |= {"checked": ""} if done else {}
        elif name in ("td", "th") and given.get("align", "").lower() in _ALIGNMENTS:
            attributes["class"] = f"align-{given['align'].lower()}"
        attributes |= {key: given[key] for key in _KEPT.get(name, ()) if key in given}
        yield _tag(token["type"], name, attributes)

    def _common(self, given: dict[str, str]) -> dict[str, str]:
        if not given:
            return {}
        attributes = {key: given[key] for key in _EVERYWHERE if key in given}
        id_ = _SPACE.sub("-", given.get("id") or given.get("name") or "")
        if id_ and id_ not in self._ids:
            self._ids.add(id_)
            attributes["id"] = ID_PREFIX + id_
        if classes := [word for word in given.get("class", "").split() if _CLASSES.match(word)]:
            attributes["class"] = " ".join(classes)
        return attributes

    def _link(self, given: dict[str, str]) -> dict[str, str]:
        address = absolute(given["href"], self._base_url) if "href" in given else None
        if address is None:
            return {}
        attributes = {"href": address}
        if is_remote(address):
            attributes["rel"] = _REL
        if given.get("class") == "footnote-back":
            use = address.removeprefix(f"#{ID_PREFIX}fnref-").partition("-")[2]
            attributes["aria-label"] = f"Back to the text, place {use}" if use else "Back to the text"
        return attributes

    def _image(self, given: dict[str, str]) -> Iterator[Token]:
        """The image; a link in its place if its address is not an image; its description if it has no address."""
        source, alt = _source(given), given.get("alt", "").strip()
        if match := _SIZE_IN_ALT.search(alt):
            alt = alt[: match.start()].strip()
            given = {key: side for key, side in match.groupdict().items() if side} | given
        local = self._local(source) if source else None
        remote = None if local or not source or EMBEDDED in given else absolute(source, self._base_url)
        if local is None and remote and is_remote(remote):
            local = self._resolved(remote)
        if local is None and (remote is None or not is_remote(remote)):
            if words := alt or (source if EMBEDDED in given else ""):
                yield _tag("StartTag", "span", {"class": "image-missing"})
                yield _characters(words)
                yield {"type": "EndTag", "name": "span", "namespace": None, "data": {}}
            return
        if local is None and remote and not shows_an_image(remote):
            yield from self._linked(remote, alt)
            return
        attributes = {"src": local.path} if local else {"data-remote-src": remote or ""}
        attributes |= {"alt": alt, "loading": "lazy"} | _sides(given, local)
        attributes |= {"title": given["title"]} if given.get("title") else {}
        yield _tag("EmptyTag", "img", attributes)

    def _local(self, source: str) -> LocalImage | None:
        """The image, if it came with the article."""
        is_data = source[:5].lower() == "data:"
        if self._resolve_image is None or (not is_data and (":" in source.split("/")[0] or source.startswith("//"))):
            return None
        return self._resolved(source)

    def _resolved(self, source: str) -> LocalImage | None:
        image = self._resolve_image(source) if self._resolve_image is not None else None
        return image if image and image.path.startswith("/") and not image.path.startswith("//") else None

    def _media(self, token: Token) -> Iterator[Token]:
        """A link to the media that would have played here."""
        given = {key: value for (_, key), value in token["data"].items()}
        address = absolute(given.get("src", ""), self._base_url)
        if address and is_remote(address):
            yield from self._linked(address, given.get("title", "").strip())

    def _linked(self, address: str, words: str) -> Iterator[Token]:
        if self._anchors:  # within a link, it can only be words
            yield _characters(words or label(address))
            return
        yield _tag("StartTag", "a", {"href": address, "rel": _REL})
        yield _characters(words or label(address))
        yield {"type": "EndTag", "name": "a", "namespace": None, "data": {}}


def _renamed(token: Token) -> Token:
    """The token renamed to an allowed element with the same meaning."""
    name = _RENAMED.get(token["name"])
    return {**token, "name": name} if name else token


def _with_named_links(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, with a name for each link that has no words: its target, as its image's description if it has one,
    otherwise as its text."""
    link: list[Token] = []  # tokens of the open link
    for token in tokens:
        if token.get("name") == "a" and token["type"] == "StartTag":
            link.append(token)
        elif not link:
            yield token
        elif token.get("name") == "a":
            yield from _named(link)
            yield token
            link = []
        else:
            link.append(token)
    yield from link


def _named(link: list[Token]) -> list[Token]:
    address = link[0]["data"].get((None, "href"))
    pictures = [token for token in link if token.get("name") == "img"]
    words = [token["data"] for token in link if token["type"] == "Characters"]
    words += [picture["data"][None, "alt"] for picture in pictures]
    if address is None or any(text.strip() for text in words):
        return link
    if not pictures:
        return [*link, _characters(label(address))]
    pictures[0]["data"][None, "alt"] = label(address)
    return link


def _characters(text: str) -> Token:
    return {"type": "Characters", "data": text}


def _source(given: dict[str, str]) -> str:
    """An image's address; for one that its page loads lazily, not the placeholder."""
    source = given.get("src", "").strip()
    if source and source[:5].lower() != "data:":
        return source
    largest = given.get("srcset", "").rstrip(" ,").rpartition(", ")[2].split()[:1]
    return next((given[key].strip() for key in _LATER if given.get(key)), "".join(largest) or source)


def _sides(given: dict[str, str], image: LocalImage | None) -> dict[str, str]:
    """Width and height, as given in the article or by the image, so that the page reserves the space."""
    sides = {key: given[key] for key in ("width", "height") if _SIZE.match(given.get(key, "")) and int(given[key])}
    if image is None or not image.width or not image.height or len(sides) == 2:
        return sides
    if "height" in sides:
        return {"width": str(round(int(sides["height"]) * image.width / image.height) or 1), **sides}
    width = int(sides.get("width", image.width))
    return {"width": str(width), "height": str(round(width * image.height / image.width) or 1)}


def _tag(kind: str, name: str, attributes: dict[str, str]) -> Token:
    data: dict[tuple[None, str], Any] = {(None, key): value for key, value in attributes.items()}
    return {"type": kind, "name": name, "namespace": None, "data": data}
