"""Undoing and redoing one's own last change to a note, with a message that says what it was."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from archive.accounts.refusing import Refused
from archive.annotations import history
from archive.annotations.models import Annotation, Change
from archive.articles.models import Article
from archive.web.answers import done, told
from archive.web.change_words import said_of
from archive.web.colours import swatches
from archive.web.form_keys import sending_key
from archive.web.parameters import number
from archive.web.people import reader


@login_required
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo one's own last change, on the article named in the form or anywhere."""
    return _replay(request, history.undo_last, "undo", "Undone", offer="redo")


@login_required
@require_POST
def redo(request: HttpRequest) -> HttpResponse:
    """Redo the change undone last, on the article named in the form or anywhere."""
    return _replay(request, history.redo_last, "redo", "Redone", offer="undo")


def _replay(
    request: HttpRequest,
    replay: Callable[..., tuple[Change, Annotation] | None],
    verb: str,
    participle: str,
    *,
    offer: str,
) -> HttpResponse:
    named = number(request.POST.get("article"))
    article = get_object_or_404(Article, pk=named) if named is not None else None
    person = reader(request)
    try:
        replayed = replay(person, article, key=sending_key(request))
    except Refused as refusal:
        return told(request, article, str(refusal))
    if replayed is None:
        return told(request, article, f"There is nothing to {verb}.")
    change, annotation = replayed
    same = {} if change.batch is None else {"batch": change.batch, "undone_at__isnull": verb == "redo"}
    count = Change.objects.filter(person=person.pk, **same).count() if same else 1
    return done(request, annotation, f"{participle}: {said_of(change, swatches(person), count)}.", offer=offer)
