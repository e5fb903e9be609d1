"""The page that explains the search language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive.query import FIELDS

# Signs around words, with an example and what it finds.
SIGNS = (
    ("lamp oil", "Both words, in any form, anywhere in an article"),
    ('"lamp oil"', "These words, next to each other"),
    ("lamp OR candle", "One of them or both"),
    ("lamp -candle", "The first but not the second"),
    ("(lamp OR candle) tide", "Parentheses group words"),
    ("harb*", "Words that begin this way"),
    ("harbuor~", "Words with a similar spelling"),
)


@require_safe
def search_tips(request: HttpRequest) -> HttpResponse:
    """The signs and fields of the search language, each with an example to try."""
    fields = [(each.example, each.meaning) for each in FIELDS]
    return render(request, "search_tips.html", {"section": "library", "signs": SIGNS, "fields": fields})
