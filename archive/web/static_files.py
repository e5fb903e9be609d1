"""Serving our scripts, styles and icons."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from re import Match
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)  # quoted text never contains one
_BESIDE_SIGNS = re.compile(r"(?<=[{};])\s+|\s+(?=[{}])")  # nor one of these characters beside a space
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_OURS = ("css", "js")
_JOINED = r"""@import "(?P<url>[^"/]+\.css)";\n"""


def minified(name: str, text: str) -> str:
    """The minified style sheet or script with this name; any other file unchanged."""
    minify: dict[str, Callable[[str], str]] = {".css": _without_comments, ".js": jsmin}
    return minify.get(posixpath.splitext(name)[1], str)(text)


def _without_comments(css: str) -> str:
    """In nested blocks rcssmin removes spaces that mean "descendant"; this keeps all but those beside a brace or
    semicolon."""
    return _LINE_BREAKS.sub("\n", _BESIDE_SIGNS.sub("", _COMMENT.sub("", css))).strip()


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Gives each file a name with a content hash, so that browsers cache it forever, also in imports between our
    scripts. Under two names, a script would be loaded and run twice.

    Imported style sheets are inlined, since browsers paint nothing until the last one has arrived. Comments and
    meaningless white space are removed.
    """

    max_post_process_passes = 20  # one for each script in the longest chain of imports

    patterns = (
        ("css/*.css", ((_JOINED, _JOINED),)),
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (r"""(?P<matched>from "(?P<url>\.[^"]+)")""", 'from "%(url)s"'),
                (r"""(?P<matched>import "(?P<url>\.[^"]+)")""", 'import "%(url)s"'),
                (r"""(?P<matched>import\("(?P<url>\.[^"]+)"\))""", 'import("%(url)s")'),
            ),
        ),
    )

    def url(self, name: str | None, force: bool = False) -> str:
        return _address(self, name, force, self.base_url, settings.DEBUG)

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        """The replacement for a pattern's match in this file."""
        if template != _JOINED:
            convert: Callable[[Match[str]], str] = super().url_converter(name, hashed_files, template)
            return convert
        return lambda match: self._joined(posixpath.join(posixpath.dirname(name), match["url"]))

    def _save(self, name: str, content: File[Any]) -> str:
        if posixpath.dirname(name).split("/")[0] in _OURS:
            content = ContentFile(minified(name, b"".join(content.chunks()).decode()).encode())
        saved: str = super()._save(name, content)
        return saved

    def _joined(self, name: str) -> str:
        with self.open(name) as file:
            text: str = file.read().decode()
        return text


@lru_cache(maxsize=1000)
def _address(storage: StaticFiles, name: str | None, force: bool, base: str | None, is_debugging: bool) -> str:
    """Where a file is served. A page asks for a dozen, and while a process lives the answer is the same."""
    found: str = super(StaticFiles, storage).url(name, force)
    return found
