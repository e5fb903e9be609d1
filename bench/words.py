"""Every word of every document, in Chromium: `python -m bench.words [JOINED]`.

Documents are every HTML element in every place and way of tests/text/elements.py, the examples of the CommonMark and
GFM specifications where ../shared has them, and random joins of both. No word outside scripts and styles may be missing
from the text without a warning, and the text must be what Chromium computes as `textContent`.
"""

import argparse
import itertools
import sys

from playwright.sync_api import sync_playwright

from archive.text import render
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.text.elements import documents, joined
from tests.text.test_browser import READ_ALL
from tests.text.test_specifications import EXAMPLES, SPECIFICATIONS, examples

AT_ONCE = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("joined", type=int, nargs="?", default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    single = list(documents())
    specified = [each["markdown"] for name in SPECIFICATIONS for each in examples(name)] if EXAMPLES.is_dir() else []
    sources = [source for source, _ in single]
    pool = sources + specified * (len(sources) // max(len(specified), 1))
    together = [
        (source, frozenset(f"{end}{number}" for number in range(count) for end in ("begin", "end")))
        for source, count in joined(options.joined, options.seed, pool)
    ]
    lost = other = warned = 0
    cases = iter([*single, *((source, frozenset()) for source in specified), *together])
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS).new_page()
        while batch := list(itertools.islice(cases, AT_ONCE)):
            rendered = [render(source, base_url="https://a.example/") for source, _ in batch]
            seen = page.evaluate(READ_ALL, [document.html for document in rendered])
            for (source, words), document, (text, is_whole) in zip(batch, rendered, seen, strict=True):
                missing = sorted(word for word in words if word not in text)
                warned += bool(missing and document.problems)
                if missing and not document.problems:
                    lost += 1
                    print(f"LOST {missing}: {source!r}")
                if text != document.text or not is_whole:
                    other += 1
                    print(f"NOT THE SAME TEXT: {source!r}")
    print(
        f"{len(single)} documents of one element, {len(specified)} examples, {len(together)} joined: "
        f"{lost} lose words in silence, {warned} with a warning, {other} have another text in Chromium (bar: 0, -, 0)"
    )
    sys.exit(bool(lost or other))


if __name__ == "__main__":
    main()
