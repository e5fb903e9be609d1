"""Saving a page by hand: from the bookmarklet, a phone's share sheet, or by typing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from archive.accounts.refusing import Refused
from archive.annotations.checking import LONGEST_NOTE
from archive.annotations.imported import add_imported
from archive.articles.models import Article
from archive.formats.frontmatter import canonical_url
from archive.formats.programs.sent_page import SentPage
from archive.formats.saved import SavedHighlight
from archive.formats.values import address, line, split, text
from archive.importing.fetching import FetchRefused
from archive.importing.identity import article_of_identity, identity_of_url
from archive.importing.sent_files import NoPage, fetch_page, store_page
from archive.importing.sent_pages import Parcel, Sent
from archive.search import index
from archive.web.people import reader

LONGEST_TITLE = 1_000  # characters
LONGEST_QUOTE = 20_000
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_TEXT_FRAGMENT = re.compile(r"(?:#|:~:text=)[^#]*:~:text=.*$|#?:~:text=.*$")  # text fragments
_QUOTED = re.compile(r"[“\"„«](?P<words>.+)[”\"“»]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person, a bookmarklet or a phone asks to save."""

    url: str = ""
    title: str = ""
    quote: str = ""
    note: str = ""
    tags: str = ""


def asked(given: QueryDict) -> Asked:
    """Read the request from an address or form. Phones put the address in the text, possibly after the selected
    words."""
    url, title = text(given.get("url")), line(given.get("title"))[:LONGEST_TITLE]
    quote, note = text(given.get("quote"))[:LONGEST_QUOTE], text(given.get("note"))[:LONGEST_NOTE]
    shared = text(given.get("text"))
    if not url and (found := _ADDRESS.findall(shared)):
        url = found[-1]
        shared = shared.replace(url, " ").strip()
    if shared and (quoted := _QUOTED.fullmatch(shared)):
        quote = quote or quoted["words"].strip()[:LONGEST_QUOTE]
    elif shared and not title:
        title = line(shared)[:LONGEST_TITLE]
    elif shared and line(shared) != title:
        note = note or shared[:LONGEST_NOTE]
    return Asked(_TEXT_FRAGMENT.sub("", url), title, quote, note, line(given.get("tags")))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def save(request: HttpRequest) -> HttpResponse:
    """The form, and saving it. A passage becomes a highlight if the article is here; otherwise it waits with the
    article until a clipping of the page is imported."""
    if request.method != "POST":
        return _page(request, asked(request.GET))
    wanted = asked(request.POST)
    try:
        return _saved(request, wanted)
    except Refused as error:
        return _page(request, wanted, str(error))
    except OSError as error:
        return _page(request, wanted, f"It could not be stored: {error.strerror}. Nothing was saved.")


def _saved(request: HttpRequest, wanted: Asked) -> HttpResponse:
    if not address(wanted.url):
        raise Refused("Give the address of the page, for example https://example.org/page.")
    person = reader(request)
    if not person.is_staff:
        return _marked(request, wanted)
    said = SentPage(address(wanted.url), wanted.title, tuple(split(wanted.tags)), "", "", wanted.quote, wanted.note)
    with Parcel(person) as parcel:
        sent = parcel.send(_stored(request, parcel, said))
    if sent is None:
        messages.info(request, "Another import is running. The page will be imported after it.")
        return redirect("imports")
    articles = Article.objects.select_related("revision")
    article = articles.filter(pk=sent.article).first() if sent.article is not None else None
    if article is None:
        raise Refused(sent.error or " ".join(problem.message for problem in sent.problems) or "Nothing was saved.")
    _tell(request, sent, wanted, article)
    return redirect(article)


def _stored(request: HttpRequest, parcel: Parcel, said: SentPage) -> str:
    """Store the page, with its text if the archive's owner lets the server fetch pages and the article has none yet."""
    known = _known(said.url)
    if not settings.FETCH or (known is not None and known.revision is not None and known.revision.text.strip()):
        return store_page(parcel.folder, said)
    try:
        return fetch_page(parcel.folder, said)
    except (FetchRefused, NoPage) as error:
        messages.info(request, f"The text of the page was not fetched: {error}")
        return store_page(parcel.folder, said)


def _marked(request: HttpRequest, wanted: Asked) -> HttpResponse:
    """For people who are not staff: highlight a passage of an article that is already here."""
    article = _known(address(wanted.url))
    if article is None or article.revision is None or article.trashed_at is not None:
        raise Refused("This page is not in the archive, and only staff can add articles.")
    if not (wanted.quote or wanted.note):
        return redirect(article)
    with transaction.atomic():
        outcome = add_imported(reader(request), article, [SavedHighlight(wanted.quote, wanted.note)], [])
    index.refresh()
    _say_of_passage(request, article, lost=bool(outcome.lost))
    return redirect(article)


def _tell(request: HttpRequest, sent: Sent, wanted: Asked, article: Article) -> None:
    messages.success(request, "Saved." if sent.outcome == "created" else "This page was already in the archive.")
    if wanted.quote:
        lost = any(problem.code == "passage-lost" for problem in sent.problems)
        _say_of_passage(request, article, lost=lost)


def _say_of_passage(request: HttpRequest, article: Article, *, lost: bool) -> None:
    if article.revision is None or not article.revision.text.strip():
        messages.info(request, "The passage becomes a highlight when a clipping of the page is imported.")
    elif lost:
        messages.info(request, "The passage was not found in the text. It is kept with the lost passages.")
    else:
        messages.success(request, "Highlighted.")


def _known(url: str) -> Article | None:
    canonical = canonical_url(url) if url else None
    if not canonical:
        return None
    return article_of_identity(identity_of_url(canonical))


def _page(request: HttpRequest, wanted: Asked, refusal: str = "") -> HttpResponse:
    url = address(wanted.url)
    known = _known(url)
    context: dict[str, Any] = {
        "section": "imports" if reader(request).is_staff else "library",
        "wanted": wanted,
        "known": known if known is not None and known.trashed_at is None else None,
        "refusal": refusal,
        "fetches": settings.FETCH,
    }
    return render(request, "save.html", context, status=400 if refusal else 200)


def bookmarklet(request: HttpRequest) -> str:
    """The bookmarklet's address. It opens the form with the current page and the selected text.

    It shortens the selection until servers accept the address.
    """
    here = request.build_absolute_uri(reverse("save"))
    return (
        "javascript:(()=>{let e=encodeURIComponent,t=[...document.title].slice(0,200).join(''),"
        "q=[...String(getSelection()).trim()].slice(0,2000),u;"
        f"do{{u='{here}?url='+e(location.href)+'&title='+e(t)+'&quote='+e(q.join(''));q=q.slice(0,-50)}}"
        "while(u.length>3900&&q.length);open(u)||(location=u)})()"
    )
