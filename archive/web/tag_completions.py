"""Completions for the tag at the caret in a field of tags separated by commas."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from archive.annotations.tags import visible_tags
from archive.articles.tag_names import tag_key
from archive.query.preparing import prepare
from archive.web.label_completions import complete
from archive.web.people import reader

MOST_OFFERED = 8
LONGEST = 2000  # code points on each side of the caret


@require_safe
@login_required
def tag_completions(request: HttpRequest) -> JsonResponse:
    """The completions for the texts before and after the caret, each with the resulting `before`, and the `rest`.

    They are tags of articles, of the reader's own notes, and of shared notes.
    """
    before, after = (request.GET.get(name, "").replace("\0", "")[:LONGEST] for name in ("before", "after"))
    *earlier, begin = before.split(",")
    _, _, rest = after.partition(",")
    given = {tag_key(name.strip()) for name in [*earlier, *rest.split(",")]}
    head = "".join(f"{name.strip()}, " for name in earlier if name.strip())
    offered = [(tag, count) for tag, count in _matching(request, begin) if tag_key(tag) not in given]
    options = [{"text": tag, "note": f"{count:,}", "before": f"{head}{tag}, "} for tag, count in offered[:MOST_OFFERED]]
    return JsonResponse({"options": options, "rest": rest.lstrip()})


def _matching(request: HttpRequest, begin: str) -> list[tuple[str, int]]:
    """The most common first. A tag on both notes and articles counts for both."""
    prepared = prepare(begin.strip().lstrip("#")).strip()
    if begin.strip() and not prepared:
        return []
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    on_notes = visible_tags(reader(request)).items()
    on_articles = [(found.label, found.count) for found in complete(("tag",), begin, 2 * MOST_OFFERED)]
    for name, count in [*on_notes, *on_articles]:
        if "," not in name and f" {prepared}" in f" {prepare(name).strip()}":
            counts[names.setdefault(tag_key(name), name)] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
