"""What pages cost in a browser, compared with bench/budgets.toml: files, requests, largest paint, shift, response."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from bench.paint import BUDGETS, compressed, costs, highlight, watch
from tests.browser import shelves
from tests.factories import rendered

SELECT_AND_WAIT = """(number) => new Promise((tell) => {
    const toolbar = document.getElementById("toolbar");
    toolbar.hidden = true;
    const begun = performance.now();
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => tell(performance.now() - begun));
    }).observe(toolbar, { attributeFilter: ["hidden"] });
    getSelection().selectAllChildren(document.querySelectorAll("#article-body p")[number]);
})"""


@pytest.fixture
def pages(transactional_db):
    """The addresses of pages in an archive where one article has a few highlights and another 1,000."""
    keeper = get_user_model().objects.get(username="keeper")
    read = shelves.fill()[0]
    highlight(read, keeper, count=20)
    text = "\n\n".join(f"Paragraph {n} has some words in it, enough for several passages." for n in range(300))
    much_read = rendered(text, title="Much read")
    highlight(much_read, keeper, count=1_000)
    addresses = {"library": "/", "reading": read.get_absolute_url(), "notebook": "/notebook/"}
    return addresses, much_read.get_absolute_url()


def test_pages_keep_to_their_budgets(signed_in, browser, archive, pages):
    (session,) = signed_in.context.cookies()
    over = []
    for name, path in pages[0].items():
        cost = costs(browser, archive + path, session["value"], rounds=3)[0]
        over += cost.over(name, "largest_paint", "shift", "requests", "own")
    assert over == []


def test_scripts_wait_for_what_paints_the_page(signed_in, archive, pages):
    """Those that a page names; what they import comes afterwards."""
    asked: dict[str, set[str]] = {"Script": set(), "Stylesheet": set()}

    def sent(event):
        if event["initiator"]["type"] == "parser" and event["type"] in asked:
            asked[event["type"]].add(event["request"]["initialPriority"])

    chromium = signed_in.context.new_cdp_session(signed_in)
    chromium.send("Network.enable")
    chromium.on("Network.requestWillBeSent", sent)
    for path in pages[0].values():
        signed_in.goto(archive + path, wait_until="networkidle")
    assert asked["Script"] == {"Low"}
    assert "VeryHigh" in asked["Stylesheet"]


def test_own_files_are_light_together():
    folder = Path(settings.BASE_DIR) / "static"
    files = [path for path in folder.rglob("*") if path.suffix in (".css", ".js")]
    assert len(files) > 20
    assert sum(compressed(path.name, path.read_bytes()) for path in files) < BUDGETS["own_files"]["all"]


def test_keys_and_selections_are_answered_at_once_among_a_thousand_highlights(signed_in, pages):
    """By the fastest: other work on this machine slows some down, and speeds none up."""
    watch(signed_in)
    signed_in.goto(pages[1])
    signed_in.wait_for_selector(".laid-out")
    for key in "jjjjjkkk]]":
        signed_in.keyboard.press(key)
        signed_in.wait_for_timeout(50)
    answered = signed_in.evaluate("figures.responses")
    assert len(answered) > 4
    assert min(answered) <= BUDGETS["every_page"]["response"]
    waits = [signed_in.evaluate(SELECT_AND_WAIT, number) for number in range(5)]
    assert min(waits) <= BUDGETS["every_page"]["response"]
