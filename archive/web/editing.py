"""Staff actions on an article: its tags and the trash."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from archive.accounts.permissions import staff_required
from archive.articles import editing
from archive.articles.models import Article
from archive.articles.tag_names import tag_key
from archive.articles.tagging import LONGEST_TAG
from archive.search import index
from archive.web.people import reader

MOST_TAGS = 200


@require_POST
@staff_required
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """Add and remove the tags that were added to and removed from the form's field. Re-imports leave them alone from
    then on."""
    seen, typed = (typed_tags(request.POST.get(name, "")) for name in ("seen", "tags"))
    known, kept = set(map(tag_key, seen)), set(map(tag_key, typed))
    add = [name for name in typed if tag_key(name) not in known]
    article = get_object_or_404(Article, pk=pk)
    edit = editing.retag(reader(request), pk, add=add, remove=[name for name in seen if tag_key(name) not in kept])
    index.refresh()
    messages.success(request, "Tags saved." if edit else "Nothing needed changing.")
    return redirect(article)


@require_POST
@staff_required
def move_to_trash(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the article from every list. Nothing is deleted."""
    article = get_object_or_404(Article, pk=pk)
    with transaction.atomic():
        Article.objects.filter(pk=pk).trash()
    index.refresh()
    messages.success(request, f"“{article.title[:100]}” was moved to trash.")
    return redirect("trash")


@require_POST
@staff_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Restore the article from the trash."""
    article = get_object_or_404(Article, pk=pk)
    with transaction.atomic():
        Article.objects.filter(pk=pk).restore()
    index.refresh()
    messages.success(request, "Article restored.")
    return redirect(article)


def typed_tags(typed: str) -> list[str]:
    """The tags of a field, separated by commas, without duplicates whatever their case; a leading `#` is dropped."""
    names = (name.strip().removeprefix("#").strip()[:LONGEST_TAG] for name in typed.replace("\0", "").split(","))
    return list({tag_key(name): name for name in reversed([*names]) if name}.values())[::-1][:MOST_TAGS]
