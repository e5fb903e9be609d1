"""A notebook search as the page's address has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import QueryDict

from archive.annotations.listing import Asked
from archive.annotations.models import Colour, Status
from archive.search.notes import Notes
from archive.web.library_search import Chip
from archive.web.parameters import as_typed, number, plain

FILTERS = ("tag", "colour", "article", "publication", "person", "status", "year")
LONGEST_VALUE = 300  # code points
MOST_TAGS = 20


@dataclass(frozen=True)
class NotebookSearch:
    """`filters` are clicked (name, value) pairs; except for `tag`, there is at most one value per name."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    is_stream: bool = False
    page: int = 1
    before: int | None = None

    @classmethod
    def read(cls, parameters: QueryDict) -> NotebookSearch:
        """Parse the page's address. Never fails: invalid values are ignored."""
        filters: list[tuple[str, str]] = []
        for name in FILTERS:
            values = [plain(value, LONGEST_VALUE) for value in parameters.getlist(name)]
            filters += [(name, value) for value in values if _makes_sense(name, value)][
                : MOST_TAGS if name == "tag" else 1
            ]
        return cls(
            plain(parameters.get("q", ""), LONGEST_VALUE),
            tuple(dict.fromkeys(filters)),
            parameters.get("view") == "stream",
            max(1, number(parameters.get("page")) or 1),
            number(parameters.get("before")),
        )

    @property
    def asked(self) -> Asked:
        """The filters, without the search words."""
        one = dict(self.filters)
        return Asked(
            None,
            tuple(value for name, value in self.filters if name == "tag"),
            one.get("colour", ""),
            number(one.get("article")),
            one.get("publication", ""),
            one.get("person", ""),
            one.get("status", ""),
            number(one.get("year")),
            self.before,
        )

    def asked_by(self, person: AbstractBaseUser) -> Asked:
        """The filters, with the annotations that contain the search words among those this person can see."""
        return replace(self.asked, ids=Notes(person.pk).annotations_with(self.text) if self.text else None)

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.filters

    @property
    def encoded(self) -> str:
        """The address parameters, without a question mark and without the page."""
        before = [("before", str(self.before))] if self.before is not None else []
        return urlencode([*as_typed(self.text), *self.hidden, *before])

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The hidden fields of the search form."""
        return [*self.filters, *([("view", "stream")] if self.is_stream else [])]

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.filters

    def toggled(self, name: str, value: str) -> str:
        """The address with this filter set in place of another with its name, or removed if it is active."""
        if self.has(name, value):
            filters = tuple(each for each in self.filters if each != (name, value))
        else:
            filters = (*(each for each in self.filters if each[0] != name or name == "tag"), (name, value))
        return f"?{replace(self, filters=filters, before=None).encoded}"

    def on_page(self, page: int) -> str:
        return f"?{self.encoded}{'&' if self.encoded else ''}page={page}"

    def older_than(self, annotation_pk: int) -> str:
        return f"?{replace(self, before=annotation_pk).encoded}"

    @property
    def other_view(self) -> str:
        return f"?{replace(self, is_stream=not self.is_stream).encoded}"

    @property
    def without_filters(self) -> str:
        return f"?{replace(self, text='', filters=(), before=None).encoded}"

    def chips(self, words: Mapping[str, Mapping[str, str]]) -> list[Chip]:
        """Every condition with its label; `words` has labels for values that mean nothing on their own."""
        chips = [Chip(f"“{self.text}”", f"?{replace(self, text='').encoded}")] if self.text else []
        for name, value in self.filters:
            said = words.get(name, {}).get(value, value)
            chips.append(Chip(f"{name}: {said}" if name in ("tag", "person") else said, self.toggled(name, value)))
        return chips


def _makes_sense(name: str, value: str) -> bool:
    match name:
        case "colour":
            return value in Colour.values
        case "status":
            return value in Status.values
        case "article":
            return number(value) is not None
        case "year":
            return (
                value.isdecimal() and 1 < (number(value) or 0) < 9999
            )  # in UTC, these begin or end outside the calendar
    return bool(value)
