"""Every page as a screen reader goes through it: one title, parts that have names, headings in their order."""

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, resolve

from tests.browser import every_page
from tests.browser.every_page import NO_PAGES

OF_A_PAGE = """() => {
    const name = (element) => element.getAttribute("aria-label")
        || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim() || "";
    const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility() && !element.closest(".article-body"));
    const parts = { main: "main", nav: "nav", aside: "aside", search: "[role=search]" };
    return {
        title: document.title,
        language: document.documentElement.lang,
        headings: seen(":is(h1, h2, h3, h4, h5, h6):not(nav *, aside *)").map((heading) => Number(heading.localName[1])),
        parts: Object.entries(parts).flatMap(([kind, selector]) => seen(selector).map((part) => `${kind} ${name(part)}`)),
        unnamed: seen("nav, aside, section, [role=search], [role=group], dialog").filter((part) => !name(part))
            .map((part) => part.outerHTML.slice(0, 100)),
        twice: Object.entries(Object.groupBy(document.querySelectorAll("[id]"), (each) => each.id))
            .filter(([, all]) => all.length > 1).map(([id]) => id),
        astray: [...document.querySelectorAll("[aria-labelledby], [aria-describedby], [for], [popovertarget], [form]")]
            .flatMap((each) => ["aria-labelledby", "aria-describedby", "for", "popovertarget", "form"]
                .flatMap((kind) => (each.getAttribute(kind) || "").split(" ")))
            .filter((id) => id && !document.getElementById(id)),
        status: document.querySelectorAll("#announcement[role=status]").length,
        skips: document.querySelector("a[href]").getAttribute("href"),
    };
}"""


@pytest.fixture
def addresses(signed_in, settings):
    settings.DEBUG = True
    return every_page.addresses()


def complaints(page: dict) -> list[str]:
    """What is wrong with what a page says of itself."""
    levels = page["headings"]
    rules = {
        "its title names the page, then the archive": page["title"].strip().endswith(" · Commonplace"),
        "it is in English": page["language"] == "en",
        f"one h1, at the beginning, and no level left out: {levels}": levels[:1] == [1]
        and levels.count(1) == 1
        and all(lower - upper < 2 for upper, lower in zip(levels, levels[1:], strict=False)),
        f"one main part, no two parts of one name: {page['parts']}": page["parts"].count("main ") == 1
        and len(set(page["parts"])) == len(page["parts"]),
        f"each part has a name: {page['unnamed']}": not page["unnamed"],
        f"each id is there once: {page['twice']}": not page["twice"],
        f"what is pointed to is there: {page['astray']}": not page["astray"],
        "it can announce something": page["status"] == 1,
        "the first link skips the header": page["skips"] == "#main",
    }
    return [rule for rule, holds in rules.items() if not holds]


def test_every_page_says_what_it_is_and_has_its_parts_in_order(signed_in, addresses):
    found, titles, visited = {}, defaultdict(set), set()
    for name, address in addresses.items():
        signed_in.goto(address)
        said = signed_in.evaluate(OF_A_PAGE)
        found[name] = complaints(said)
        titles[said["title"]].add(shown := resolve(urlsplit(signed_in.url).path).url_name)
        visited.add(shown)
    wrong = [f"{name}: {each}" for name, all_of_it in found.items() for each in all_of_it]
    wrong += [f"pages with one title: {names}" for names in titles.values() if len(names) > 1]
    assert not wrong, "\n".join(wrong)
    pages = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    left_out = {name for names in NO_PAGES.values() for name in names}
    assert pages - left_out == visited, "a page is looked at by no test, or named as none"
