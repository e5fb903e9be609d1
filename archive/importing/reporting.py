"""The result of an import, as text and as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from archive.importing.models import ImportRun
from archive.importing.problems import Problem

OUTCOMES = ("created", "updated", "unchanged", "moved", "missing", "failed", "skipped", "warnings")


def as_json(run: ImportRun, problems: Sequence[Problem]) -> str:
    """The run's counts, duration and problems as one JSON object."""
    summary: dict[str, Any] = {outcome: getattr(run, outcome) for outcome in OUTCOMES}
    summary["seconds"] = round(run.seconds, 3)
    summary["problems"] = [
        {
            "path": problem.path,
            "line": problem.line,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
        }
        for problem in problems
    ]
    return json.dumps(summary, ensure_ascii=False, indent=2)


def as_table(run: ImportRun) -> str:
    """The run's counts, one line each, with explanations where needed."""
    meanings = {
        "missing": "their files are gone; --prune moves them to the trash",
        "failed": "see above",
        "skipped": ", ".join(f"{count:,} {reason}" for reason, count in sorted(run.ignored.items())),
    }
    lines = []
    for outcome in OUTCOMES:
        count = getattr(run, outcome)
        meaning = meanings.get(outcome, "") if count else ""
        lines.append(f"  {outcome:<10} {count:>9,}" + (f"  ({meaning})" if meaning else ""))
    if run.annotations:
        carried = ", ".join(f"{count:,} {status}" for status, count in sorted(run.annotations.items()))
        lines.append(f"  annotations carried over: {carried}")
    if run.highlights:
        lines.append(f"  highlights made of ==marked== passages: {run.highlights:,}")
    speed = f", {run.total / run.seconds:,.0f} a second" if run.seconds and run.total else ""
    lines.append(f"  {run.total:,} files in {run.seconds:,.1f} seconds{speed}")
    return "\n".join(lines)
