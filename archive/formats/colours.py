"""Maps other programs' highlight colours to the nearest available one."""

from __future__ import annotations

import colorsys
import re

# Upper ends of hue ranges in degrees, starting at red.
_HUES = ((15, "red"), (44, "orange"), (70, "yellow"), (170, "green"), (255, "blue"), (290, "purple"), (345, "pink"))
_GREY = 0.12  # up to this saturation, a colour counts as grey
_NAMES = {
    "yellow": "yellow", "orange": "orange", "red": "red", "pink": "pink", "purple": "purple", "blue": "blue",
    "green": "green", "grey": "grey", "gray": "grey", "magenta": "pink", "rose": "pink", "violet": "purple",
    "lavender": "purple", "indigo": "purple", "cyan": "blue", "teal": "green", "turquoise": "blue", "lime": "green",
    "olive": "green", "brown": "orange", "amber": "orange", "gold": "yellow", "black": "grey", "white": "grey",
    "aqua": "blue", "sky": "blue", "mint": "green", "peach": "orange", "crimson": "red", "none": "", "default": "",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?|#?([0-9a-f]{3})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")


def nearest_colour(written: str) -> str:
    """The nearest of yellow, orange, red, pink, purple, blue, green and grey for a name, #rrggbb or rgb(); empty if
    unknown."""
    written = written.strip().casefold()
    if written in _NAMES:
        return _NAMES[written]
    if match := _HEX.fullmatch(written):
        digits = match[1] or "".join(digit * 2 for digit in match[2])
        return _of_rgb(*(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    if match := _RGB.match(written):
        return _of_rgb(*(min(255, int(part)) / 255 for part in match.groups()))
    named = re.findall("[a-z]+", written)  # light-blue, highlight-yellow, "pale green"
    return next((_NAMES[name] for name in reversed(named) if _NAMES.get(name)), "")


def _of_rgb(red: float, green: float, blue: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _GREY or not 0.05 < lightness < 0.99:
        return "grey"
    return next((name for end, name in _HUES if hue * 360 < end), "red")
