"""Every HTML element, current and obsolete, in every place of a Markdown document."""

import random
from collections.abc import Iterable, Iterator, Sequence

from archive.text.names import names

ELEMENTS = sorted(
    names(
        "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote "
        "body br button canvas caption center cite code col colgroup command content data datalist dd del details dfn "
        "dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
        "head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main "
        "map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object ol "
        "optgroup option output p param picture plaintext pre progress q rb rbc rp rt rtc ruby s samp script search "
        "section select selectedcontent shadow slot small source spacer span strike strong style sub summary sup svg "
        "table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp"
    )
)
PLACES = {
    "a line of its own": "{}\n\nlast",
    "mid-sentence": "first {} last",
    "after a line": "first\n{}\nlast",
    "in an item": "- {}\n- beside\n\nlast",
    "in a quote": "> {}\n\nlast",
    "in a heading": "## {}\n\nlast",
    "in a cell": "| a | b |\n|---|---|\n| {} | beside |\n\nlast",
    "in a link": "*see [first {} words](https://a.example/)* last",
    "in a note": "first[^1] last\n\n[^1]: {}\n",
    "in HTML": "<div>\nfirst {}\n\nbeside\n\n</div>\n\nlast",
    "in a row of a table": "<table><tr><td>first</td>{}<td>beside</td></tr></table>\n\nlast",
    "in a table over several blocks": "<table>\n\n{}\n\n<tr><td>beside</td></tr>\n\n</table>\n\nlast",
}
WAYS = {
    "closed": "<{0}>one</{0}> two",
    "unclosed": "<{0}>one two",
    "with attributes, unclosed": '<{0} class="x" src=y>one two',
    "written as empty": "<{0} />one two",
    "closed only": "one</{0}> two",
    "twice": "<{0}>one</{0}><{0}>two</{0}>",
    "misnested": "<b>one<{0}>two</b>three</{0}>four",
    "misnested with itself": "<{0}><i>one<{0}>two</i></{0}>three",
    "around a table": "<{0}><table><tr><td>one</{0}></td><td>two</table>three",
    "in a table": "<table><{0}>one</{0}><tr>two<{0}>three<td>four</table>five",
    "over a blank line": "<{0}>one\n\ntwo</{0}>three",
}
WORDS = names("first one two three four five beside words last")
_OUTSIDE_TEXT = names("script style")


def documents(ways: Iterable[str] = WAYS) -> Iterator[tuple[str, frozenset[str]]]:
    """Sources, each with the words that must be in its text: all except those in a script or style."""
    for element in ELEMENTS:
        for way in ways:
            written = WAYS[way].format(element)
            for place in PLACES.values():
                if "\n" in written and "|" in place:
                    continue
                source = place.format(written)
                words = frozenset(word for word in WORDS if word in source)
                if element in _OUTSIDE_TEXT:
                    words -= frozenset(word for word in WORDS if word in written)
                yield source, words


def joined(count: int, seed: int, sources: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Documents with a few of the sources each, every one between two marker words, and the number of sources.

    `begin3` and `end3` surround the third.
    """
    chance = random.Random(seed)
    for _ in range(count):
        chosen = chance.choices(sources, k=chance.randint(2, 6))
        parts = (f"begin{number}\n\n{source}\n\nend{number}\n\n" for number, source in enumerate(chosen))
        yield "".join(parts), len(chosen)
