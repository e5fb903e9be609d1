"""Our scripts, styles and icons as they are served."""

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

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)  # no text in quotation marks has one
_BESIDE_SIGNS = re.compile(r"(?<=[{};])\s+|\s+(?=[{}])")  # nor one of these signs beside a blank
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_OURS = ("css", "js")
_JOINED = r"""@import "(?P<url>[^"/]+\.css)";\n"""


def minified(name: str, text: str) -> str:
    """A style sheet or script of this name as it is served; any other file as it is."""
    minify: dict[str, Callable[[str], str]] = {".css": _without_comments, ".js": jsmin}
    return minify.get(posixpath.splitext(name)[1], str)(text)


def _without_comments(css: str) -> str:
    """Within nested blocks rcssmin takes away spaces that mean "below"; this leaves all but those beside a brace or a
    semicolon."""
    return _LINE_BREAKS.sub("\n", _BESIDE_SIGNS.sub("", _COMMENT.sub("", css))).strip()


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Each file under a name that tells its contents, so that browsers keep it for good; also where one of our scripts
    imports another. Under two names a script would be loaded twice, and run twice.

    A style sheet takes in those that it imports: a browser paints nothing before the last of them has come. What is
    served has neither comments nor white space that means nothing.
    """

    max_post_process_passes = 20  # one for each script in the longest chain of those that import each other

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
        """What takes the place of a pattern's match in this file."""
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
