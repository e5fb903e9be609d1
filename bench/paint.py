"""What pages cost in a browser, against bench/budgets.toml: `python -m bench.paint [ARTICLES]`.

An archive of so many articles, the longest with 50 highlights, is served and opened in Chromium: time to the first
and the largest paint, layout shift, requests, and our own files as they are transferred. Each page is opened with
nothing kept from before, and from another page of the archive as by a click. The first row is a page that says "ok"
and nothing else, from the same server: what Chromium itself takes on this machine.
"""

import argparse
import gzip
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Response, sync_playwright

from archive.web.static_files import minified
from bench.archive import open_archive
from bench.serving import PROJECT, served

BUDGETS: dict[str, dict[str, float]] = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text())
HIGHLIGHTS = 50
ROUNDS = 5
_OWN = re.compile(r"/static/(?:css|js)/[^?]+")
_FIRST = "performance.getEntriesByName('first-contentful-paint')[0]"
_WATCH = """
window.figures = { largest: 0, shift: 0, responses: [] };
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) figures.largest = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) figures.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") figures.responses.push(duration);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
"""


@dataclass(frozen=True)
class Cost:
    """Of one opening of a page: times in milliseconds, `own` in KB."""

    first_paint: float
    largest_paint: float
    shift: float
    requests: int
    own: float

    def over(self, page: str, *names: str) -> list[str]:
        """Which of these figures are over their budgets, in words."""
        budgets = BUDGETS["every_page"] | BUDGETS.get(page, {})
        return [
            f"{page}: {name} is {figure:.4g}, the budget {budgets[name]:.4g}"
            for name in names
            if name in budgets and (figure := getattr(self, name)) > budgets[name]
        ]


def compressed(name: str, body: bytes) -> float:
    """KB of a file of this name as it is transferred."""
    return len(gzip.compress(minified(name, body.decode()).encode(), 9)) / 1000


def watch(page: Page) -> None:
    """Make the page keep its figures; before it is opened."""
    page.add_init_script(_WATCH)


def opened(page: Page, address: str) -> Cost:
    """What it costs to open this address in a page that is watched."""
    answers: list[Response] = []

    def answered(response: Response) -> None:
        answers.append(response)

    page.on("response", answered)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", answered)
    page.wait_for_function(f"{_FIRST} && figures.largest")  # which a busy machine tells only after the network is idle
    first = page.evaluate(f"{_FIRST}.startTime")
    figures = page.evaluate("figures")
    own = sum(compressed(answer.url, answer.body()) for answer in answers if _OWN.search(answer.url))
    return Cost(first, figures["largest"], figures["shift"], len(answers), own)


def costs(browser: Browser, address: str, session: str, rounds: int) -> list[Cost]:
    """Of some openings by somebody signed in, the quickest first, each with nothing kept from before."""
    with window(browser, address, session) as context:
        found = []
        for _ in range(rounds):
            page = context.new_page()
            context.new_cdp_session(page).send("Network.clearBrowserCache")
            watch(page)
            found.append(opened(page, address))
            page.close()
    return sorted(found, key=lambda cost: cost.largest_paint)


def clicks(browser: Browser, origin: str, address: str, session: str, rounds: int) -> list[float]:
    """First paints in milliseconds of a page that is opened from another one of the archive, both seen before."""
    with window(browser, address, session) as context:
        page = context.new_page()
        watch(page)
        page.goto(address, wait_until="networkidle")
        found = []
        for _ in range(rounds):
            page.goto(origin, wait_until="networkidle")
            found.append(opened(page, address).first_paint)
    return found


@contextmanager
def window(browser: Browser, address: str, session: str) -> Iterator[BrowserContext]:
    """A window for somebody signed in, once Chromium is done with opening it: the pages of its own that belong to a
    window take more time than ours.
    """
    context = browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    context.new_page()
    _wait_for_calm(browser.new_browser_cdp_session())
    yield context
    context.close()


def _wait_for_calm(chromium: CDPSession, most: float = 10) -> None:
    """Wait until all processes of Chromium take less than a tenth of a processor, at most so many seconds."""

    def busy() -> float:
        return float(sum(each["cpuTime"] for each in chromium.send("SystemInfo.getProcessInfo")["processInfo"]))

    until, before, calm = time.monotonic() + most, busy(), 0
    while calm < 3 and time.monotonic() < until:
        time.sleep(0.1)
        calm = calm + 1 if (now := busy()) - before < 0.01 else 0
        before = now
    chromium.detach()


def highlight(article: Any, owner: Any, count: int) -> None:
    """Give an article so many highlights, evenly over its text; every tenth with a note."""
    from archive.annotations.models import Annotation, Colour, Motivation

    text = article.revision.text
    step = len(text) // count
    colours = Colour.values
    made = []
    for number in range(count):
        start = number * step
        exact = text[start : start + max(2, step // 2)].strip() or text[start : start + step]
        start = text.index(exact, start)
        note = "" if number % 10 else f"Note {number} on this passage."
        motivation = Motivation.COMMENTING if note else Motivation.HIGHLIGHTING
        made.append(
            Annotation(
                article=article,
                revision=article.revision,
                anchored_on=article.revision,
                owner=owner,
                motivation=motivation,
                exact=exact,
                start=start,
                end=start + len(exact),
                colour=colours[number % len(colours)],
                note=note,
            )
        )
    Annotation.objects.bulk_create(made)


def prepare(folder: Path) -> tuple[dict[str, str], str]:
    """The pages to open of the archive in this folder, and the session of somebody signed in."""
    open_archive(folder)
    from django.contrib.auth import get_user_model
    from django.test import Client

    from archive.annotations.models import Annotation
    from archive.articles.models import Article

    reader, _ = get_user_model().objects.get_or_create(username="reader")
    article = Article.objects.select_related("revision").order_by("-word_count").first()
    assert article is not None
    if not Annotation.objects.filter(article=article).exists():
        highlight(article, reader, HIGHLIGHTS)
    client = Client()
    client.force_login(reader)
    pages = {
        "library": "/",
        "reading": article.get_absolute_url(),
        "notebook": "/notebook/",
        "search": "/?q=the",
        "facet": "/filters/tag/",
        "searches": "/searches/",
        "changes": "/changes/",
        "details": f"/articles/{article.pk}/details",
        "annotate": f"/articles/{article.pk}/annotate",
        "lost notes": "/notebook/lost/",
        "colours": "/notebook/colours",
        "imports": "/imports/",
        "preferences": "/preferences/",
    }
    return pages, client.cookies["sessionid"].value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--keep", type=Path, default=PROJECT / "data" / "bench", help="where archives are, or will be")
    given = parser.parse_args()
    folder = given.keep / str(given.articles)
    if not (folder / "archive.sqlite3").exists():
        fill = [sys.executable, "-m", "bench.archive", str(given.articles), "--data-dir", str(folder)]
        subprocess.run(fill, check=True)
    pages, session = prepare(folder)
    over = []
    with served(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        row = "{:<12} {:>14} {:>10} {:>11} {:>8} {:>9} {:>8}"
        heads = ("first paint ms", "by a click", "largest ms", "shift", "requests", "own KB")
        print(row.format(f"{given.articles:,} articles", *heads))
        for name, path in {"nothing": "/healthz", **pages}.items():
            cost = costs(browser, address + path, session, ROUNDS)[ROUNDS // 2]
            origin = pages["notebook" if name == "library" else "library"]
            click = median(clicks(browser, address + origin, address + path, session, ROUNDS))
            figures = (cost.first_paint, click, cost.largest_paint, cost.shift, cost.requests, cost.own)
            print(row.format(name, *(f"{figure:.4g}" for figure in figures)))
            if name in pages:
                over += cost.over(name, "first_paint", "largest_paint", "shift", "requests", "own")
        browser.close()
    if over:
        sys.exit("\n".join(over))


if __name__ == "__main__":
    main()
