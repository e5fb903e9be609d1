"""The colours of both themes against each other, by the formula of WCAG 2.2, from the OKLCH values in tokens.css.

OKLCH to linear sRGB after Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

import math
import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
COLOURS = {
    name: re.findall(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", value)
    for name, value in re.findall(r"--([\w-]+): light-dark\((.+?)\);", TOKENS)
}


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
        *(
            (f"code-{kind}", ground, 4.5)
            for kind in ("keyword", "string", "number", "name")
            for ground in ("added", "removed")
        ),
        ("on-accent", "accent", 4.5),
        ("edge", "leaf", 3),  # borders of fields
        ("accent", "hairline", 3),  # the ring of the focus
    ],
)
def test_contrast(text, ground, least, theme):
    assert contrast(text, ground, theme) >= least


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
