"""The page on which staff edit an article's details, with the file's values and the history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from archive.accounts.permissions import staff_required
from archive.accounts.refusing import Refused
from archive.articles import details, editing
from archive.articles.details import Values
from archive.articles.models import Article, ArticleEdit
from archive.importing.as_in_file import details_in_file
from archive.search import index
from archive.web.details_form import Typed, fields, shown
from archive.web.people import reader

SHOWN = 50  # changes
LONGEST_TEXT = 300  # characters of a value in the history


@dataclass(frozen=True)
class Entry:
    """A change in the history, with the value of each field before and after."""

    edit: ArticleEdit
    lines: list[tuple[str, str, str]]
    can_undo: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
@never_cache
def edit_details(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, and saving it. If someone else changed the same fields meanwhile, both values are shown."""
    article = get_object_or_404(Article.objects.select_related("publication"), pk=pk)
    in_file = details_in_file(article)
    if request.method != "POST":
        return _form(request, article, details.values(article), in_file)
    follows = [name for name in request.POST.getlist("from_file") if name in in_file]
    typed = Typed.read(request.POST, follows)
    if typed.errors:
        current = details.values(article)
        return _form(request, article, current, in_file, typed, refusal="Nothing was saved yet. See below.", status=400)
    from_file = {name: in_file[name] for name in follows}
    try:
        edit = editing.edit(reader(request), pk, typed.changed, seen=typed.seen, from_file=from_file)
    except editing.EditConflict as conflict:
        return _form(request, article, conflict.current, in_file, typed, conflict.names, str(conflict), status=409)
    index.refresh()
    messages.success(request, "Details saved." if edit else "Nothing needed changing.")
    return redirect(Article.objects.get(pk=pk))


@require_POST
@staff_required
def undo_edit(request: HttpRequest, pk: int, edit_pk: int) -> HttpResponse:
    """Undo an edit."""
    edit = get_object_or_404(ArticleEdit.objects.select_related("article"), pk=edit_pk, article=pk)
    try:
        _, is_whole = editing.undo(reader(request), edit.pk, details_in_file(edit.article))
        messages.success(request, "Change undone." if is_whole else "Change undone; later edits kept.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    index.refresh()
    return redirect("edit-details", pk)


def _form(
    request: HttpRequest,
    article: Article,
    current: Values,
    in_file: Values,
    typed: Typed | None = None,
    others: frozenset[str] = frozenset(),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    edits = list(editing.history(article)[: SHOWN + 1])
    context: dict[str, Any] = {
        "article": article,
        "fields": fields(current, in_file, article.edited_fields, typed, others),
        "has_file": bool(in_file),
        "seen": json.dumps(typed.seen if typed and typed.errors else current),
        "history": [_entry(edit, current, article) for edit in edits[:SHOWN]],
        "has_more": len(edits) > SHOWN,
        "refusal": refusal,
    }
    return render(request, "edit_details.html", context, status=status)


def _entry(edit: ArticleEdit, current: Values, article: Article) -> Entry:
    lines = [
        (
            details.LABELS[name],
            shown(name, edit.before[name])[:LONGEST_TEXT],
            shown(name, edit.after[name])[:LONGEST_TEXT],
        )
        for name in details.FIELDS
        if name in edit.after
    ]
    return Entry(edit, lines, bool(editing.undoable(edit, current, article.edited_fields)))
