"""Changing several of one's own notes in the notebook: those selected, or all results."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.accounts.refusing import Refused
from archive.annotations import listing
from archive.annotations.bulk import change_many
from archive.annotations.models import Annotation, AnnotationQuerySet, Status
from archive.articles.models import Article
from archive.search import index
from archive.web.answers import to_notebook
from archive.web.colours import swatches
from archive.web.form_keys import sending_key
from archive.web.notebook_search import NotebookSearch
from archive.web.people import reader
from archive.web.templatetags.pages import plural

MOST_TICKED = 500  # annotations; a page shows fewer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_notes(request: HttpRequest) -> HttpResponse:
    """The number of notes that match the notebook's filters, and the changes to choose from; POST changes all of them,
    or those selected. The change is undone as one."""
    if request.method != "POST":
        return _ask(request, _asking(request.GET))
    form = request.POST
    asking = _asking(QueryDict(form["asked"])) if "asked" in form else None
    chosen = _ticked(request) if asking is None else _all_of(request, asking)
    try:
        count = change_many(
            reader(request),
            chosen,
            add_tags=form.get("add", "").split(","),
            remove_tags=form.get("remove", "").split(","),
            colour=form.get("colour") or None,
            into_trash="trash" in form,
            key=sending_key(request),
        )
    except Refused as refusal:
        if asking is not None:
            return _ask(request, asking, str(refusal))
        messages.error(request, str(refusal))
        return redirect(to_notebook(request) or reverse("notebook"))
    index.refresh()
    done = "moved to trash" if "trash" in form else "changed"
    said = f"{plural(count, 'note,notes')} {done}." if count else "Select some of your own notes first."
    messages.success(request, said)
    return redirect(to_notebook(request) or reverse("notebook"))


def _ask(request: HttpRequest, asking: NotebookSearch, refusal: str = "") -> HttpResponse:
    person = reader(request)
    own_swatches = swatches(person)
    articles = Article.objects.filter(pk=asking.asked.article or 0).values_list("pk", "title")
    words = {
        "colour": {each.colour: str(each) for each in own_swatches},
        "status": {status.value: status.label for status in Status},
        "article": {str(pk): title for pk, title in articles},
    }
    context = {
        "section": "notebook",
        "asking": asking,
        "total": listing.select(person, asking.asked_by(person)).count(),
        "count": _all_of(request, asking).count(),
        "chips": asking.chips(words),
        "swatches": own_swatches,
        "given": request.POST,
        "refusal": refusal,
        "back": f"{reverse('notebook')}?{asking.encoded}",
    }
    return render(request, "change_notes.html", context, status=400 if refusal else 200)


def _asking(parameters: QueryDict) -> NotebookSearch:
    """The notebook search in the parameters, without the page number."""
    return replace(NotebookSearch.read(parameters), page=1, before=None)


def _all_of(request: HttpRequest, asking: NotebookSearch) -> AnnotationQuerySet:
    return listing.select(reader(request), asking.asked_by(reader(request))).owned_by(request.user)


def _ticked(request: HttpRequest) -> AnnotationQuerySet:
    try:
        uuids = [UUID(each) for each in request.POST.getlist("annotation")[:MOST_TICKED]]
    except ValueError as error:
        raise SuspiciousOperation("not an annotation id") from error
    return Annotation.objects.owned_by(request.user).present().filter(uuid__in=uuids)
