"""Request bodies that send a page, stored as a file to import: Markdown, HTML, JSON with either, or a form."""

from __future__ import annotations

import codecs
import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from archive.formats.decoding import kind_of_binary
from archive.formats.file_kinds import is_article
from archive.formats.programs.sent_page import SentPage
from archive.formats.values import address, line, names, split
from archive.importing.discovery import LONGEST_FILE
from archive.importing.sent_files import NoPage, renamed, store_html, store_page, store_text

LARGEST_BODY = 64 * 1024 * 1024  # bytes; a page with embedded images has 1 to 50 MB
CHUNK = 256 * 1024
MARKDOWN = ("text/markdown", "text/x-markdown", "text/plain")
PAGES = ("text/html", "application/xhtml+xml")
KEYS = ("url", "title", "html", "markdown")


class BadBody(Exception):
    """The body cannot be accepted. Has the response status and a message."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def store(request: HttpRequest, folder: Path) -> str:
    """Store the request's body in an empty folder and return the name of the file to import. Raises BadBody."""
    _check_head(request)
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        return _form(request, folder)
    if kind in MARKDOWN:
        return _markdown(_body(request, folder), line(request.GET.get("name")))
    if kind in PAGES:
        said = SentPage(url=_url(request.GET.get("url")), title=line(request.GET.get("title")))
        return _page(_body(request, folder), said)
    if kind == "application/json":
        return _json(_body(request, folder))
    hint = "curl sets this by default; add -H 'Content-Type: text/markdown'." if "urlencoded" in kind else ""
    raise BadBody(415, f"“{kind}” cannot be read. Send text/markdown, text/html, application/json or a form.{hint}")


def _check_head(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal():
        if "HTTP_TRANSFER_ENCODING" in request.META:
            raise BadBody(411, "The request needs a Content-Length header.")
        length = "0"
    if int(length) > LARGEST_BODY:
        raise BadBody(413, f"A page can be at most {LARGEST_BODY >> 20} MB.")
    if int(length) == 0:
        raise BadBody(400, "The body is empty.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadBody(415, "Send the body uncompressed, without Content-Encoding.")
    charset = (request.content_params or {}).get("charset", "utf-8").strip("\"' ").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise BadBody(415, f"The charset “{charset}” cannot be read. Send UTF-8.")


def _body(request: HttpRequest, folder: Path) -> Path:
    """The body as a file. A body declared as UTF-8 must be UTF-8."""
    says_utf8 = "charset" in (request.content_params or {}) or request.content_type == "application/json"
    decoder = codecs.getincrementaldecoder("utf-8")()
    path, size = folder / "body", 0
    try:
        with path.open("xb") as file:
            while chunk := request.read(CHUNK):
                if says_utf8:
                    decoder.decode(chunk)
                file.write(chunk)
                size += len(chunk)
        if says_utf8:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise BadBody(400, "The body is not UTF-8.") from None
    except UnreadablePostError:
        size = -1
    if size != int(request.META["CONTENT_LENGTH"]):
        raise BadBody(400, "The body was cut off.")
    return path


def _markdown(body: Path, name: str) -> str:
    """Store a Markdown file, as if uploaded. Its name matters only if its text names no address."""
    if body.stat().st_size > LONGEST_FILE:
        raise BadBody(413, f"A Markdown file can be at most {LONGEST_FILE >> 20} MB.")
    data = body.read_bytes()
    if what := kind_of_binary(data):
        raise BadBody(415, f"This is {what}, not text. Upload archives on the import page.")
    name = Path(name.replace("\\", "/")).name.lstrip(".") or f"note-{hashlib.sha256(data).hexdigest()[:12]}"
    return renamed(body, name if is_article(name) else f"{name}.md")


def _page(body: Path, said: SentPage) -> str:
    try:
        return store_html(body, said)
    except NoPage as error:
        raise BadBody(415, str(error)) from None


def _json(body: Path) -> str:
    try:
        given = json.loads(body.read_bytes())
    except RecursionError:
        raise BadBody(400, "The JSON is nested too deeply.") from None
    except ValueError as error:
        raise BadBody(400, f"The body is not valid JSON: {error}.") from None
    if not isinstance(given, dict):
        raise BadBody(400, f"The JSON should be an object with {', '.join(KEYS)} and tags.")
    for key in KEYS:
        if given.get(key) is not None and not isinstance(given[key], str):
            raise BadBody(400, f"“{key}” should be a string.")
    said = SentPage(url=_url(given.get("url")), title=line(given.get("title")), tags=_tags(given.get("tags")))
    html, markdown = (given.get(key) or "" for key in ("html", "markdown"))
    if html and markdown:
        raise BadBody(400, "Send “html” or “markdown”, not both.")
    if html.strip():
        kind = "page" if "<body" in html.lower() or "<html" in html.lower() else "fragment"
        return store_text(body.parent, said, html, kind)
    if markdown.strip():
        return store_text(body.parent, said, markdown, "markdown")
    if not said.url:
        raise BadBody(400, "Give at least “url”, “html” or “markdown”.")
    return store_page(body.parent, said)


def _form(request: HttpRequest, folder: Path) -> str:
    """A form with one file, in a field of any name, and optional fields `url`, `title` and `tags`."""
    try:
        files = [file for _, several in request.FILES.lists() for file in several if isinstance(file, UploadedFile)]
        fields = request.POST
    except RequestDataTooBig:
        raise BadBody(413, "The fields of the form are too large; send the page as a file.") from None
    except (TooManyFilesSent, TooManyFieldsSent):
        raise BadBody(400, "The form has too many fields. Send one file.") from None
    except (MultiPartParserError, UnreadablePostError):
        raise BadBody(400, "The form is damaged or cut off.") from None
    if len(files) != 1:
        raise BadBody(400, f"The form has {len(files) or 'no'} files; send one, the page.")
    body = folder / "body"
    with body.open("xb") as copy:
        for chunk in files[0].chunks():
            copy.write(chunk)
    name = line(files[0].name)
    if is_article(name):
        return _markdown(body, name)
    title = line(fields.get("title"))
    return _page(body, SentPage(url=_url(fields.get("url")), title=title, tags=_tags(fields.get("tags"))))


def _url(given: Any) -> str:
    url = address(given)
    if given and not url:
        raise BadBody(400, "“url” should be a web address, like https://example.org/page.")
    return url


def _tags(given: Any) -> tuple[str, ...]:
    if given is None or isinstance(given, str):
        return tuple(split(given))
    if not isinstance(given, list) or not all(isinstance(tag, str) for tag in given):
        raise BadBody(400, "“tags” should be a list of strings, or one string with commas.")
    return tuple(names(given))
