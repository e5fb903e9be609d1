"""The contrast of colours in both themes, by WCAG 2.2's formula, from the OKLCH values in the styles.

OKLCH to linear sRGB after Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

import math
import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "static/css"
HIGHLIGHTS = ("yellow", "orange", "red", "pink", "purple", "blue", "green", "grey")
DEFINED = re.compile(r"--([\w-]+): light-dark\((.+?)\);")
OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
DECORATION = {"edge", "accent-bar"}  # dots and hashes between words, bars of the chart, the line of progress


def colours() -> dict[str, list[tuple[str, str, str]]]:
    """The values of each colour in light and dark: tokens by name, highlights as `yellow-tint`."""
    found = {name: OKLCH.findall(value) for name, value in DEFINED.findall((STYLES / "tokens.css").read_text())}
    annotations = (STYLES / "annotations.css").read_text()
    for highlight, rules in re.findall(rf"^  \.({'|'.join(HIGHLIGHTS)}) \{{(.+)\}}$", annotations, re.MULTILINE):
        found |= {f"{highlight}-{name}": OKLCH.findall(value) for name, value in DEFINED.findall(rules)}
        # overlapping passages, and the active one
        mixed = zip(found[f"{highlight}-tint"], found[f"{highlight}-line"], strict=True)
        found[f"{highlight}-deep"] = [
            tuple(str(0.85 * float(one) + 0.15 * float(other)) for one, other in zip(tint, line, strict=True))
            for tint, line in mixed
        ]
    return found


COLOURS = colours()


def luminance(lightness: str, chroma: str, hue: str) -> float:
    level, angle = float(lightness), math.radians(float(hue))
    a, b = float(chroma) * math.cos(angle), float(chroma) * math.sin(angle)
    l3 = (level + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m3 = (level - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s3 = (level - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3
    green = -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3
    blue = -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3
    red, green, blue = (min(1.0, max(0.0, each)) for each in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    darker, lighter = sorted(luminance(*COLOURS[name][theme]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *(("ink", ground, 7) for ground in ("paper", "leaf", "shade", "hit", "accent-tint", "added", "removed")),
        *(("faded", ground, 4.5) for ground in ("paper", "leaf", "shade", "accent-tint")),
        *(("accent", ground, 4.5) for ground in ("paper", "leaf", "shade")),
        *(("problem", ground, 4.5) for ground in ("paper", "shade")),
        *((f"code-{kind}", "shade", 4.5) for kind in ("keyword", "string", "number", "name", "attribute")),
        *(("ink", f"{highlight}-tint", 7) for highlight in HIGHLIGHTS),
        *(("ink", f"{highlight}-deep", 4.5) for highlight in HIGHLIGHTS),
        *((f"{highlight}-line", ground, 3) for highlight in HIGHLIGHTS for ground in ("paper", "leaf")),
        ("paper", "ink", 7),  # messages
        ("accent-bar", "paper", 3),
        ("on-accent", "accent", 4.5),
        ("edge", "leaf", 3),  # borders of fields
        ("accent", "hairline", 3),  # the focus ring
    ],
)
def test_contrast(text, ground, least, theme):
    assert contrast(text, ground, theme) >= least


def test_every_colour_that_styles_use_for_text_or_ground_is_among_these_pairs():
    styles = "".join(path.read_text() for path in STYLES.glob("*.css"))
    (pairs,) = (mark.args[1] for mark in test_contrast.pytestmark if mark.args[0] == ("text", "ground", "least"))
    texts, grounds = ({pair[place] for pair in pairs} for place in (0, 1))
    used = set(re.findall(r"[ ;{]color: var\(--([\w-]+)\)", styles)) - DECORATION
    assert used <= texts, used - texts
    used = set(re.findall(r"[ ;{]background: var\(--([\w-]+)\)", styles)) - {"tint", "line"} - DECORATION
    assert used <= grounds, used - grounds


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_browsers_own_frame_has_the_colour_of_the_paper(theme):
    base = (Path(__file__).resolve().parents[2] / "templates/base.html").read_text()
    written = re.findall(r'name="theme-color" content="#(\w{6})"', base)[theme]
    channels = [int(written[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    of_frame = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert of_frame == pytest.approx(luminance(*COLOURS["paper"][theme]), abs=0.003)


def test_the_formula_knows_black_and_white():
    assert luminance("1", "0", "0") == pytest.approx(1, abs=1e-3)
    assert luminance("0", "0", "0") == 0
