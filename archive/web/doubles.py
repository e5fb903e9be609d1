"""Articles that may be one, side by side, for staff to decide about; and what was decided, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.accounts.permissions import staff_required
from archive.accounts.refusing import Refused
from archive.annotations.models import Annotation
from archive.articles import details
from archive.articles.models import Article
from archive.curating.doubles import deciding
from archive.curating.models import DoublePair
from archive.curating.models.double_pair import DoublePairQuerySet
from archive.importing.joining import join, part
from archive.importing.models import ImportedArticle
from archive.search import index
from archive.web import line_diff
from archive.web.line_diff import Parts
from archive.web.parameters import number
from archive.web.people import reader

DECIDED_SHOWN = 200
COMPARED = 200_000  # code points of each text
LONGEST_SAME = 600  # code points of what is the same in both; of more its ends are shown
ENDS = 200  # code points
BY_WORDS = 30_000  # code points in a row that are compared word by word
MOST_PARTS = 4_000  # of a text


@dataclass(frozen=True)
class Side:
    """One of the two: its text in parts that are in both and parts that are not."""

    article: Article
    notes: int  # that whoever looks may see
    parts: Parts
    is_whole: bool


def waiting_of_run(run: int) -> DoublePairQuerySet:
    """The pairs with an article that an import brought."""
    brought = ImportedArticle.objects.filter(run=run).values("article")
    return DoublePair.objects.waiting().filter(Q(first__in=brought) | Q(second__in=brought))


@require_safe
@staff_required
@never_cache
def doubles(request: HttpRequest) -> HttpResponse:
    """The pair that is named, or the next one that waits: of an import, or of all."""
    run = number(request.GET.get("import"))
    waiting = DoublePair.objects.waiting() if run is None else waiting_of_run(run)
    context: dict[str, Any] = {"section": "library", "total": waiting.count(), "run": run}
    pair = _asked_for(request, waiting)
    if pair is not None:
        context |= {"pair": pair, **_compared(request, pair)}
        context["has_next"] = _following(waiting, pair).exists()
    return render(request, "doubles.html", context)


@require_safe
@staff_required
@never_cache
def decided_doubles(request: HttpRequest) -> HttpResponse:
    """What people decided, the last first."""
    pairs = DoublePair.objects.exclude(state=DoublePair.State.FOUND).order_by("-decided_at", "-id")
    joined = ("first__publication", "second__publication", "decided_by")
    shown = pairs.select_related(*joined).defer("record", "first__metadata", "second__metadata")
    found = list(shown[: DECIDED_SHOWN + 1])
    context = {"section": "library", "pairs": found[:DECIDED_SHOWN], "has_more": len(found) > DECIDED_SHOWN}
    return render(request, "decided_doubles.html", context)


@require_POST
@staff_required
def join_doubles(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the two be one article, the one that the form says is kept."""
    kept = number(request.POST.get("keep")) or 0
    return _decide(request, lambda: join(reader(request), pk, kept), "Joined.")


@require_POST
@staff_required
def keep_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """They are not the same, and never asked about again."""
    return _decide(request, lambda: deciding.not_the_same(reader(request), pk), "Kept as two articles.")


@require_POST
@staff_required
def undo_double(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back: the pair waits again."""
    pair = get_object_or_404(DoublePair, pk=pk)
    undo = part if pair.state == DoublePair.State.JOINED else deciding.ask_again
    try:
        undo(reader(request), pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("decided-doubles")
    index.refresh()
    messages.success(request, "Undone.")
    return redirect(f"{reverse('doubles')}?pair={pk}")


def _decide(request: HttpRequest, decide: Callable[[], DoublePair], said: str) -> HttpResponse:
    run = number(request.POST.get("import"))
    try:
        pair = decide()
    except DoublePair.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        index.refresh()
        messages.success(request, said, extra_tags=reverse("undo-double", args=[pair.pk]))
    return redirect(reverse("doubles") + (f"?import={run}" if run is not None else ""))


def _asked_for(request: HttpRequest, waiting: DoublePairQuerySet) -> DoublePair | None:
    """Raises Http404 for a pair that is not there."""
    if (named := number(request.GET.get("pair"))) is not None:
        return get_object_or_404(DoublePair, pk=named)
    after = number(request.GET.get("after"))
    left = get_object_or_404(DoublePair, pk=after) if after is not None else None
    return (waiting if left is None else _following(waiting, left)).first()


def _following(waiting: DoublePairQuerySet, pair: DoublePair) -> DoublePairQuerySet:
    return waiting.filter(Q(likeness__lt=pair.likeness) | Q(likeness=pair.likeness, pk__gt=pair.pk))


def _compared(request: HttpRequest, pair: DoublePair) -> dict[str, Any]:
    articles = Article.objects.select_related("revision", "publication").in_bulk([pair.first_id, pair.second_id])
    first, second = articles[pair.first_id], articles[pair.second_id]
    texts = [each.revision.text if each.revision else "" for each in (first, second)]
    marked = line_diff.both(texts[0][:COMPARED], texts[1][:COMPARED], BY_WORDS)
    values = [details.values(each) for each in (first, second)]
    facts = [
        (label, one, other, one != other)
        for name, label in details.LABELS.items()
        for one, other in [[_said(each[name]) for each in values]]
        if one or other
    ]
    facts.append(("Words", f"{first.word_count:,}", f"{second.word_count:,}", first.word_count != second.word_count))
    return {
        "facts": facts,
        "sides": [
            _side(request, article, parts, len(text))
            for article, parts, text in zip((first, second), marked, texts, strict=True)
        ],
    }


def _said(value: details.Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _side(request: HttpRequest, article: Article, parts: Parts, length: int) -> Side:
    notes = Annotation.objects.present().visible_to(request.user).filter(article=article).count()
    shown = [(text if is_change else _shortened(text), is_change) for text, is_change in parts[:MOST_PARTS]]
    return Side(article, notes, shown, length <= COMPARED and len(parts) <= MOST_PARTS)


def _shortened(text: str) -> str:
    """The ends of a long text that is the same in both."""
    if len(text) <= LONGEST_SAME:
        return text
    return f"{text[:ENDS]} […] {text[-ENDS:]}"
