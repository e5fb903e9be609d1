"""Every page as a screen reader sees it: one title, named regions, headings in order."""

import itertools

from playwright.sync_api import Page

OF_A_PAGE = """() => {
    const name = (element) => element.getAttribute("aria-label")
        || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent.trim() || "";
    const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility() && !element.closest(".article-body"));
    const parts = { main: "main", nav: "nav", aside: "aside", search: "[role=search]" };
    return {
        title: document.title,
        headings: seen(":is(h1, h2, h3, h4, h5, h6):not(nav *, aside *)")
            .map((heading) => Number(heading.localName[1])),
        parts: Object.entries(parts).flatMap(([kind, each]) => seen(each).map((part) => `${kind} ${name(part)}`)),
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


def complaints(opened: Page) -> list[str]:
    """The problems with how a page names itself and its parts."""
    page = opened.evaluate(OF_A_PAGE)
    levels = page["headings"]
    rules = {
        "its title names the page, then the archive": page["title"].strip().endswith(" · Commonplace"),
        f"one h1, at the beginning, and no level left out: {levels}": levels[:1] == [1]
        and levels.count(1) == 1
        and all(lower - upper < 2 for upper, lower in itertools.pairwise(levels)),
        f"one main part, no two parts of one name: {page['parts']}": page["parts"].count("main ") == 1
        and len(set(page["parts"])) == len(page["parts"]),
        f"each part has a name: {page['unnamed']}": not page["unnamed"],
        f"each id is there once: {page['twice']}": not page["twice"],
        f"what is pointed to is there: {page['astray']}": not page["astray"],
        "it can announce something": page["status"] == 1,
        "the first link skips the header": page["skips"] == "#main",
    }
    return [rule for rule, holds in rules.items() if not holds]
