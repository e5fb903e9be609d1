"""The colours of highlights, and what each means in a reader's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from archive.accounts.refusing import Refused
from archive.annotations import writing
from archive.annotations.models import Colour, ColourMeaning
from archive.web.people import reader

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class Swatch:
    """A colour to choose, with its name and the reader's meaning for it, if any."""

    colour: str
    name: str
    meaning: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.meaning}" if self.meaning else self.name


def swatches(person: AbstractBaseUser) -> list[Swatch]:
    """All colours in order."""
    meanings = dict(ColourMeaning.objects.filter(owner=person.pk).values_list("colour", "meaning"))
    return [Swatch(colour.value, colour.label, meanings.get(colour.value, "")) for colour in Colour]


@login_required
@require_http_methods(["GET", "POST"])
def colours(request: HttpRequest) -> HttpResponse:
    """The page for naming the meaning of each colour."""
    person = reader(request)
    context = {"section": "notebook", "swatches": swatches(person)}
    if request.method == "GET":
        return render(request, "colours.html", context)
    try:
        writing.name_colours(person, {colour: request.POST.get(colour, "") for colour in Colour.values})
    except Refused as refusal:
        given = [Swatch(each.colour, each.name, request.POST.get(each.colour, "")) for each in swatches(person)]
        return render(request, "colours.html", {**context, "swatches": given, "refusal": str(refusal)}, status=400)
    messages.success(request, "Saved.")
    return redirect("colours")
