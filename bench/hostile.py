"""A folder made to stop an importer: `python -m bench.hostile`.

It must end within 60 seconds with every good article in and every bad file named; what once took square time is good.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from archive.text import render
from bench.serving import manage

LIMIT = 60  # seconds
LIMIT_EACH = 2  # seconds of the processor to render one of the slow files
GOOD = 10


def hostile_files(*, line_bytes: int = 100_000_000) -> dict[str, bytes]:
    """Files, by name, that hang or break careless readers. `line_bytes` is the length of the longest line."""
    aliases = "\n".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12))
    return {
        "brackets.md": b"[" * 40_000,
        "links.md": b"[a](" * 10_000,
        "backticks.md": b"".join(b"`" * (1 + number % 1400) + b" " for number in range(1_450))[:1_000_000],
        "divs.md": b"<div>" * 5_000 + b"deep" + b"</div>" * 5_000,
        "aliases.md": f"---\na0: &a0 [x, x, x]\n{aliases}\ntitle: *a11\n---\nwords\n".encode(),
        "line.md": b"a" * line_bytes,
    }


def slow_files() -> dict[str, str]:
    """Sources of 400 KB that once took time by the square of their length. They are good: each comes in."""
    return {
        "attributes.md": "<div " + "".join(f"a{number} " for number in range(60_000)) + ">words</div>",
        "perl.md": "```perl\n" + "m{" * 150_000 + "\n```\n\n" + ("```perl\n" + "m{" * 2_000 + "\n```\n\n") * 25,
    }


def write_folder(folder: Path, **options: int) -> set[str]:
    """Write the hostile files and ten good ones into a folder. Returns the names of the bad ones."""
    folder.mkdir(parents=True, exist_ok=True)
    bad = hostile_files(**options)
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    for number in range(GOOD):
        (folder / f"good-{number}.md").write_text(f"# A good article {number}\n\nIts words, in *peace*.\n")
    return set(bad)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "files")
        bad = write_folder(folder)
        slow = slow_files()
        for name, source in slow.items():
            (folder / name).write_text(source)
        data_dir = Path(temporary, "data")
        manage(data_dir, "migrate")
        started = time.monotonic()
        done = manage(data_dir, "import_articles", str(folder), "--format", "json", check=False)
        seconds = time.monotonic() - started
        outcome = json.loads(done.stdout)
    named = {problem["path"] for problem in outcome["problems"]}
    print(f"{seconds:.1f} seconds (bar: {LIMIT}); {outcome['created']} in, {outcome['failed']} refused")
    for problem in outcome["problems"]:
        print(f"  {problem['path']}: {problem['message']}")
    seconds_each = {name: _seconds_to_render(source) for name, source in slow.items()}
    for name, taken in seconds_each.items():
        print(f"  {name}: {taken:.2f} s CPU for {len(slow[name]) // 1000} KB (bar: {LIMIT_EACH})")
    is_held = (
        seconds < LIMIT
        and max(seconds_each.values()) < LIMIT_EACH
        and not any(name.startswith("good") for name in named)
        and named == bad
        and outcome["created"] + outcome["failed"] == GOOD + len(slow) + len(bad)
    )
    print("held" if is_held else "NOT HELD")
    sys.exit(0 if is_held else 1)


def _seconds_to_render(source: str) -> float:
    started = time.process_time()
    render(source)
    return time.process_time() - started


if __name__ == "__main__":
    main()
