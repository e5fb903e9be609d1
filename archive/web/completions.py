"""Completions for the word at the caret in the search box."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.query import FIELDS, Unfinished, lexical, unfinished
from archive.web.label_completions import complete

MOST_OFFERED = 8
MOST_FIELDS = 3  # in addition to labels
SHORTEST = 2  # minimum letters for looking up labels without a field
LONGEST = 2000  # code points on each side of the caret
LABELLED = ("tag", "author", "site")


@dataclass(frozen=True)
class Option:
    """A completion: `text` replaces the word at the caret, `note` is shown beside it."""

    text: str
    note: str


@require_safe
def completions(request: HttpRequest) -> JsonResponse:
    """The completions for the texts before and after the caret, each with the resulting `before`, and the `rest`.

    The last option links to the search tips instead.
    """
    before, after = (request.GET.get(name, "").replace("\0", "")[:LONGEST] for name in ("before", "after"))
    word = unfinished(before, after)
    offered = [] if word is None else list(_options(word))
    options = [{"before": word.completed(option.text), **vars(option)} for option in offered] if word else []
    if options or not f"{before}{after}".strip():
        options.append({"text": "Search tips", "note": "", "before": before, "href": reverse("search-tips")})
    return JsonResponse({"options": options, "rest": word.rest if word else after})


def _options(word: Unfinished) -> Iterator[Option]:
    if word.field in LABELLED:
        yield from _labels((word.field,), word.begin, MOST_OFFERED)
    elif word.field:
        values = next((field.values for field in FIELDS if field.name == word.field), ())
        yield from (Option(f"{word.field}:{value} ", "") for value in values if value.startswith(word.begin.lower()))
    else:
        names = [field for field in FIELDS if field.name.startswith(word.begin.lower())][:MOST_FIELDS]
        yield from (Option(f"{field.name}:", field.meaning) for field in names)
        if len(word.begin) >= SHORTEST:
            yield from _labels(LABELLED, word.begin, MOST_OFFERED - len(names))


def _labels(facets: tuple[str, ...], begin: str, at_most: int) -> Iterator[Option]:
    for found in complete(facets, begin, at_most):
        yield Option(f"{found.field}:{lexical.value(found.label)} ", f"{found.count:,}")
