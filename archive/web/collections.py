"""Collections: the list, a page for each with its articles in order, and what the owner can do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts.refusing import Refused
from archive.annotations.models import Annotation, Visibility
from archive.articles.bylines import bylines
from archive.articles.models import Article
from archive.curating import collections as verbs
from archive.curating.models import Collection, CollectionItem
from archive.exporting.bibliographies import BIBLIOGRAPHIES
from archive.exporting.notes_formats import NOTES_FORMATS
from archive.web.parameters import number
from archive.web.people import reader

SHOWN = 100  # articles per page


@dataclass(frozen=True)
class Row:
    """An article of a collection. `earlier` and `later` are the positions of its neighbours on the page; None at either
    end."""

    item: CollectionItem
    highlights: int
    earlier: int | None
    later: int | None


@require_safe
@login_required
@never_cache
def collections(request: HttpRequest) -> HttpResponse:
    """The reader's own collections, those that others share, and deleted ones that can be restored."""
    person = reader(request)
    present = Count("items", filter=Q(items__article__trashed_at=None))
    context = {
        "section": "collections",
        "own": verbs.kept_by(person).annotate(size=present),
        "shared": Collection.objects.visible_to(person)
        .exclude(owner=person)
        .select_related("owner")
        .annotate(size=present),
        "deleted": verbs.deleted_by(person),
    }
    return render(request, "collections.html", context)


@require_POST
@login_required
def create_collection(request: HttpRequest) -> HttpResponse:
    """Create an empty collection."""
    try:
        return redirect(verbs.create(reader(request), request.POST.get("name", "")))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("collections")


@require_safe
@login_required
@never_cache
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """The articles in order. The owner can move and remove them."""
    person = reader(request)
    found = get_object_or_404(Collection.objects.visible_to(person).select_related("owner"), pk=pk)
    page = Paginator(_items(found), SHOWN).get_page(request.GET.get("page"))
    removed = Article.objects.filter(pk=number(request.GET.get("removed")) or 0).only("title").first()
    context = {
        "section": "collections",
        "collection": found,
        "is_own": found.owner_id == person.pk,
        "page": page,
        "bibliographies": BIBLIOGRAPHIES.values(),
        "formats": NOTES_FORMATS.values(),
        "rows": _rows(found, page, request),
        "removed": removed if found.owner_id == person.pk else None,
        "removed_from": number(request.GET.get("at")) or 0,
    }
    return render(request, "collection.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the name, note, visibility and feed of a collection; it can also be deleted here."""
    person = reader(request)
    found = _own(request, pk)
    context: dict[str, Any] = {
        "section": "collections",
        "collection": found,
        "given": found,
        "version": found.version,
        "visibilities": Visibility.choices,
    }
    if request.method != "POST":
        return render(request, "edit_collection.html", context)
    given = {name: request.POST.get(name, "") for name in ("name", "note", "visibility")}
    try:
        verbs.edit(person, pk, version=number(request.POST.get("version")) or 0, **given)
    except verbs.CollectionConflict as conflict:
        now = conflict.current
        context |= {"collection": now, "stored": now, "given": given, "version": now.version, "refusal": str(conflict)}
        return render(request, "edit_collection.html", context, status=409)
    except Refused as refusal:
        context |= {"given": given, "refusal": str(refusal), "version": request.POST.get("version", "")}
        return render(request, "edit_collection.html", context, status=400)
    messages.success(request, "Collection saved.")
    return redirect(found)


@require_POST
@login_required
def move_in_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an article to another position: `12:3` moves article 12 to position 3."""
    article, to = map(number, request.POST.get("move", "").partition(":")[::2])
    _own(request, pk)
    if article is None or to is None or (at := verbs.move(reader(request), pk, article, to)) is None:
        return redirect("collection", pk)
    return redirect(f"{reverse('collection', args=[pk])}{_page_of(pk, at)}#article-{article}")


@require_POST
@login_required
def remove_from_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an article; the page offers to undo it."""
    article = number(request.POST.get("article"))
    _own(request, pk)
    at = verbs.remove(reader(request), pk, article) if article is not None else None
    back = reverse("collection", args=[pk])
    return redirect(back if at is None else f"{back}?removed={article}&at={at}&page={_page_number(pk, at)}")


@require_POST
@login_required
def put_back_into_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo removing an article."""
    article, at = number(request.POST.get("article")), number(request.POST.get("at")) or 0
    _own(request, pk)
    if article is not None:
        verbs.put_back(reader(request), pk, article, at)
    return redirect(f"{reverse('collection', args=[pk])}{_page_of(pk, at)}#article-{article}")


@require_POST
@login_required
def delete_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the collection. It can be restored."""
    return _change(
        request, lambda: verbs.delete(reader(request), pk), "“{}” was deleted. You can restore it for 30 days."
    )


@require_POST
@login_required
def restore_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore a deleted collection."""
    return _change(request, lambda: verbs.restore(reader(request), pk), "“{}” was restored.")


@require_POST
@login_required
def renew_collection_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the feed a new address, for when someone has the old one who should not."""
    said = "The feed of “{}” has a new address. The old one no longer works."
    return _change(request, lambda: verbs.renew_secret(reader(request), pk), said, to="edit-collection")


def _change(request: HttpRequest, change: Callable[[], Collection], said: str, to: str = "collections") -> HttpResponse:
    try:
        changed = change()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("collections")
    except Collection.DoesNotExist:
        raise Http404 from None
    messages.success(request, said.format(changed.name))
    return redirect(to, changed.pk) if to != "collections" else redirect(to)


def _own(request: HttpRequest, pk: int) -> Collection:
    """Raises Http404 for other people's collections: only the owner can change a shared one."""
    return get_object_or_404(verbs.kept_by(reader(request)), pk=pk)


def _items(found: Collection) -> Any:
    items = found.items.filter(article__trashed_at=None).select_related("article__publication")
    return items.defer("article__metadata").prefetch_related(bylines("article__authorships"))


def _rows(found: Collection, page: Page[Any], request: HttpRequest) -> list[Row]:
    items = list(page.object_list)
    seen = Annotation.objects.present().visible_to(request.user).filter(article__in=[it.article_id for it in items])
    marked = dict(
        seen.filter(parent=None).exclude(start=None).order_by().values_list("article").annotate(number=Count("pk"))
    )
    positions = [item.position for item in items]
    around = _items(found).values_list("position", flat=True)
    before = around.filter(position__lt=positions[0]).last() if items and page.has_previous() else None
    after = around.filter(position__gt=positions[-1]).first() if items and page.has_next() else None
    earlier, later = [before, *positions[:-1]], [*positions[1:], after]
    return [
        Row(item, marked.get(item.article_id, 0), up, down)
        for item, up, down in zip(items, earlier, later, strict=True)
    ]


def _page_number(pk: int, position: int) -> int:
    before = CollectionItem.objects.filter(collection=pk, position__lt=position, article__trashed_at=None)
    return before.count() // SHOWN + 1


def _page_of(pk: int, position: int) -> str:
    page = _page_number(pk, position)
    return f"?page={page}" if page > 1 else ""
