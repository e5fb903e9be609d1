"""How surely passages are found again: `python -m bench.anchoring [--cases N] [--seed N] [--show KIND]`."""

import argparse
from collections import Counter, defaultdict

from rapidfuzz import fuzz

from archive.anchoring import Anchor, describe, locate, reanchor
from bench.anchoring_cases import KINDS, UNTOLD, Case, cases


def outcome(case: Case, anchor: Anchor) -> str:
    """found, exact (found to the code point), lost, wrong; for a passage that is gone, right or wrong."""
    if anchor.start is None or anchor.end is None:
        return "right" if case.truth is None else "lost"
    if case.truth is None:
        return "wrong"
    start, end = case.truth
    shared = min(end, anchor.end) - max(start, anchor.start)
    if (anchor.start, anchor.end) == case.truth:
        return "exact"
    return "found" if 2 * shared > max(end - start, anchor.end - anchor.start) else "wrong"


def told_by_quote(case: Case) -> bool:
    """Whether quote and context tell the place without the old text: not where what is gone, or its like (the passage
    with its context, four fifths of it the same), stood elsewhere in the old text too."""
    if case.kind in UNTOLD:
        return False
    passage = case.old[max(0, case.start - 32) : case.end + 32]
    others = case.old[: case.start], case.old[case.end :]
    return case.truth is not None or (
        not any(case.old[case.start : case.end] in other for other in others)
        and not any(
            fuzz.partial_ratio(passage.lower(), other.lower()) >= 80 for other in others if len(other) >= len(passage)
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=600, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the cases of this kind that went wrong")
    parser.add_argument("--lost", action="store_true", help="with --show: the lost ones instead")
    arguments = parser.parse_args()
    tables: dict[str, dict[str, Counter[str]]] = {"reanchor": defaultdict(Counter), "locate": defaultdict(Counter)}
    for kind in [arguments.show] if arguments.show else KINDS:
        for case in cases(kind, arguments.cases, arguments.seed * 1_000_000):
            selector = describe(case.old, case.start, case.end)
            anchors = [("reanchor", reanchor(case.old, case.new, [selector])[0])]
            if told_by_quote(case):
                anchors.append(("locate", locate(case.new, selector)))
            for name, anchor in anchors:
                result = outcome(case, anchor)
                tables[name][kind][result] += 1
                if arguments.show and result == ("lost" if arguments.lost else "wrong"):
                    print(name, case.language, case.old[case.start : case.end], "|", anchor)
                    print("   kind", kind)
                    print("   was  ", repr(case.old[max(0, case.start - 60) : case.end + 60]))
                    if case.truth:
                        print("   truth", repr(case.new[max(0, case.truth[0] - 60) : case.truth[1] + 60]))
                    if anchor.start is not None and anchor.end is not None:
                        print("   found", repr(case.new[max(0, anchor.start - 60) : anchor.end + 60]))
    for name, table in tables.items():
        print(f"\n{name:34}  cases  exact   found    lost   wrong")
        for kind, counts in table.items():
            total = counts.total()
            found = counts["exact"] + counts["found"] + counts["right"]
            exact = counts["exact"] + counts["right"]
            print(
                f"{kind:34}  {total:5} {exact / total:6.1%}  {found / total:6.1%}  {counts['lost'] / total:6.1%}  {counts['wrong']:5}"
            )
        total = sum(counts.total() for counts in table.values())
        wrong = sum(counts["wrong"] for counts in table.values())
        print(f"{'all':34}  {total:5}                          {wrong:5} = {wrong / total:.2%}")


if __name__ == "__main__":
    main()
