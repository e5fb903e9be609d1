"""The messages of an import, grouped by kind, each kind with its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Min, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber

from archive.importing.discovery import SAID
from archive.importing.models import ImportProblem, ImportRun, Severity

FIRST_SHOWN = 10  # problems of a kind; the rest are on a separate page
MOST_KINDS = 100
PROBLEMS_SHOWN = 200  # problems on that page

NOT_READ = {
    "hidden": "Hidden: the name begins with a dot",
    "template": "A folder of templates",
    "copies": "Old copies kept by Logseq",
    "for programs": "Instructions for programs",
    "link": "A symbolic link; import its target instead",
    "of another program": "Unsupported file type",
    "archive": "An archive inside a folder; import it on its own",
}


@dataclass(frozen=True)
class Alike:
    """Problems of one kind. `said` is their message, or what their messages have in common."""

    severity: Severity
    said: str
    number: int
    files: int
    first: int
    shown: list[ImportProblem]
    is_same: bool
    code: str

    @property
    def more(self) -> int:
        return self.number - len(self.shown)

    @property
    def is_lost(self) -> bool:
        """Whether it is about passages that the notebook lists as lost."""
        return self.code == "passage-lost"


@dataclass(frozen=True)
class Unread:
    """Files and folders that were skipped for one reason; `names` are the first of them."""

    reason: str
    number: int
    names: list[str]

    @property
    def more(self) -> int:
        return max(0, self.number - len(self.names))


def alike(run: ImportRun) -> list[Alike]:
    """The kinds of problems of a run: errors first, then those that affect the most files."""
    kinds = _told(run).values("severity", "code", "kind").annotate(
        number=Count("id"),
        files=Count("path", distinct=True),
        first=Min("id"),
        low=Min("message"),
        high=Max("message"),
        rank=_rank(),
    )  # fmt: skip
    shown: dict[Any, list[ImportProblem]] = {}
    place = Window(RowNumber(), partition_by=["severity", "code", "kind"], order_by="id")
    for problem in _told(run).annotate(place=place).filter(place__lte=FIRST_SHOWN).select_related("article__revision"):
        shown.setdefault((problem.severity, problem.code, problem.kind), []).append(problem)
    return [
        Alike(
            Severity(kind["severity"]),
            kind["low"] if kind["low"] == kind["high"] else kind["kind"],
            kind["number"],
            kind["files"],
            kind["first"],
            shown.get((kind["severity"], kind["code"], kind["kind"]), []),
            kind["low"] == kind["high"],
            kind["code"],
        )
        for kind in kinds.order_by("rank", "-files", "first")[:MOST_KINDS]
    ]


def of_kind(run: ImportRun, first: int, after: int | None) -> tuple[list[ImportProblem], int | None]:
    """A page of the problems like `first`, starting after `after`, and where the next page begins, if there is one."""
    like = _told(run).filter(pk=first).values("severity", "code", "kind").first()
    if like is None:
        return [], None
    found = _told(run).filter(**like, pk__gt=after or 0).select_related("article__revision").order_by("pk")
    shown = list(found[: PROBLEMS_SHOWN + 1])
    return shown[:PROBLEMS_SHOWN], shown[PROBLEMS_SHOWN - 1].pk if len(shown) > PROBLEMS_SHOWN else None


def unread(run: ImportRun) -> Iterator[Unread]:
    """What was not read, by reason."""
    for reason, number in sorted(run.ignored.items(), key=lambda each: -each[1]):
        if number:
            yield Unread(NOT_READ.get(reason, reason), number, run.ignored_paths.get(reason, []))


def _told(run: ImportRun) -> QuerySet[Any, Any]:
    """The run's problems, with their `kind`, except those about skipped files, which `unread` covers."""
    found = run.problems.annotate(kind=Coalesce(NullIf("gist", Value("", TextField())), F("message")))
    return found.exclude(code__in=SAID) if run.ignored_paths else found


def _rank() -> Case:
    ranks = [When(severity=severity, then=Value(number)) for number, severity in enumerate(Severity.values)]
    return Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
