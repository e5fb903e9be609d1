"""How reliably and how fast passages are found again, compared with the targets.

    python -m bench.anchoring [--cases N] [--seed N]

Truth is known by construction (`bench.anchoring_cases`). `exact` is found to the code point. Exits with 1 if a target
is missed.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from time import process_time

from rapidfuzz import fuzz

from archive.anchoring import Anchor, Selector, describe, locate, reanchor
from archive.text import Span, paint, render
from bench.anchoring_cases import KINDS, UNTOLD, Case, cases
from bench.anchoring_texts import Parts, Writer

FORM = "form only"
UNTOUCHED = [kind for kind in list(KINDS)[: list(KINDS).index(FORM)] if kind not in UNTOLD]
EDITED = [kind for kind in KINDS if kind.startswith("edited") and kind not in UNTOLD]
ROBIN = (
    "Earlier that week Robin had come home from the sea with nothing to show for it. The harbour was quiet. "
    "In the evening the postman met Robin on the road to the old town, and they talked about the price of bread."
)
NAMED = [
    ("'Linus', only 'hines' there", "The hines of the house were sold.", Selector("Linus")),
    (
        "the same with foreign context",
        "The hines of the house were sold.",
        Selector("Linus", "in the year 1991 a student called ", " wrote a kernel for his own"),
    ),
    ("'Developer, Frontend'", "Many developers and designers came.", Selector("Developer, Frontend")),
    (
        "a Robin corrected, one earlier",
        ROBIN.replace("met Robin", "met Robyn"),
        describe(ROBIN, ROBIN.index("met Robin") + 4, ROBIN.index("met Robin") + 9),
    ),
]


def outcome(case: Case, anchor: Anchor) -> str:
    """exact, found, lost or wrong; for a passage that is gone, right or wrong."""
    if anchor.start is None or anchor.end is None:
        return "right" if case.truth is None else "lost"
    if case.truth is None:
        return "wrong"
    if (anchor.start, anchor.end) == case.truth:
        return "exact"
    start, end = case.truth
    shared = min(end, anchor.end) - max(start, anchor.start)
    return "found" if 2 * shared > max(end - start, anchor.end - anchor.start) else "wrong"


def tally(name: str, kind: str, count: int, seed: int) -> Counter[str]:
    """The outcomes of so many cases of a kind, by `reanchor`, or by `locate` as far as it can be told by the quote."""
    outcomes: Counter[str] = Counter()
    for case in cases(kind, count, seed * 1_000_000):
        selector = describe(case.old, case.start, case.end)
        if name == "reanchor":
            outcomes[outcome(case, reanchor(case.old, case.new, [selector])[0])] += 1
        elif told_by_quote(case):
            outcomes[outcome(case, locate(case.new, selector))] += 1
    return outcomes


def told_by_quote(case: Case) -> bool:
    """Whether quote and context tell the place without the old text.

    They do not where what is gone, or its like (four fifths of passage and context), stood elsewhere in the old
    text too.
    """
    if case.kind in UNTOLD:
        return False
    if case.truth is not None:
        return True
    passage = case.old[max(0, case.start - 32) : case.end + 32].lower()
    others = [case.old[: case.start].lower(), case.old[case.end :].lower()]
    return not any(
        case.old[case.start : case.end].lower() in other
        or (len(other) >= len(passage) and fuzz.partial_ratio(passage, other) >= 80)
        for other in others
    )


class Bars:
    """Prints results next to their targets and remembers whether one was missed."""

    missed = False

    def row(self, name: str, figure: str, bar: str, *, reached: bool) -> None:
        self.missed |= not reached
        print(f"{name:<46} {figure:>14}   bar: {bar}{'' if reached else '   MISSED'}")


def report_edits(count: int, seed: int, bars: Bars) -> None:
    for name in ("reanchor", "locate"):
        print(f"\n{name:<36} cases  exact  found   lost  wrong")
        table = {kind: tally(name, kind, count, seed) for kind in KINDS}
        for kind, outcomes in table.items():
            total = max(1, outcomes.total())
            exact = outcomes["exact"] + outcomes["right"]
            shares = (exact / total, (exact + outcomes["found"]) / total, outcomes["lost"] / total)
            if outcomes:
                print(
                    f"{kind:<36} {total:>5} {shares[0]:6.1%} {shares[1]:6.1%} {shares[2]:6.1%} {outcomes['wrong']:>6}"
                )
        print()
        every: Counter[str] = sum(table.values(), Counter())
        wrong = every["wrong"] / every.total()
        bars.row(f"{name}: wrong of {every.total():,}", f"{wrong:.3%}", "at most 0.1 %", reached=wrong <= 0.001)
        for what, kinds, least in (
            ("quote untouched", UNTOUCHED, 0.995),
            ("up to a fifth edited", EDITED, 0.95),
            ("form only", [FORM], 1.0),
        ):
            outcomes = sum((table[kind] for kind in kinds), Counter())
            found = (outcomes["exact"] + outcomes["found"]) / outcomes.total()
            bars.row(f"{name}: found again, {what}", f"{found:.2%}", f"{least:.1%}", reached=found >= least)


def report_times(seed: int, bars: Bars) -> None:
    chance = random.Random(seed)
    writer = Writer(chance, "English")
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < 60_000:
        paragraphs.append(writer.paragraph())
    text = "\n".join(paragraphs)
    selectors = [describe(text, start, start + chance.randint(5, 300)) for start in places(chance, text, 500)]
    rewritten = "\n".join(Writer(random.Random(seed + 1), "English").paragraph() for _ in paragraphs)
    print()
    for name, new in (
        ("the same text", text),
        ("50 edits", writer.around(Parts(text, "", ""), 50).before),
        ("300 edits", writer.around(Parts(text, "", ""), 300).before),
    ):
        took = seconds(lambda new=new: reanchor(text, new, selectors))
        bars.row(f"60,000 characters, 500 highlights, {name}", f"{took * 1000:.0f} ms", "under 1 s", reached=took < 1)
    took = seconds(lambda: reanchor(text, rewritten, selectors))
    print(f"{'60,000 characters, 500 highlights, rewritten':<46} {took * 1000:>11.0f} ms")
    document = render("\n\n".join(writer.words(100) for _ in range(100)))
    for count, milliseconds in ((500, 20), (1000, 50)):
        spans = [
            Span(start, start + chance.randint(5, 300), (f"n{start}",), ("yellow",))
            for start in places(chance, document.text, count)
        ]
        took = seconds(lambda spans=spans: paint(document.html, spans)) * 1000
        bars.row(
            f"painting {count:,} highlights on 10,000 words",
            f"{took:.1f} ms",
            f"under {milliseconds} ms",
            reached=took < milliseconds,
        )


def places(chance: random.Random, text: str, count: int) -> list[int]:
    return [chance.randrange(len(text) - 300) for _ in range(count)]


def seconds(work: Callable[[], object]) -> float:
    """The lowest CPU time of three runs."""
    times = []
    for _ in range(3):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=480, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    bars = Bars()
    for name, text, selector in NAMED:
        anchor = locate(text, selector)
        is_right = anchor.start is None or text[anchor.start : anchor.end] == "Robyn"
        bars.row(name, anchor.status, "0 wrong", reached=is_right)
    report_edits(options.cases, options.seed, bars)
    report_times(options.seed, bars)
    sys.exit(1 if bars.missed else 0)


if __name__ == "__main__":
    main()
