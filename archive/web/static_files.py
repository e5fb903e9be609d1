"""Our scripts, styles and icons as they are served."""

import posixpath
from collections.abc import Callable
from re import Match

from whitenoise.storage import CompressedManifestStaticFilesStorage

_JOINED = r"""@import "(?P<url>[^"/]+\.css)";\n"""


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Each file under a name that tells its contents, so that browsers keep it for good; also where one of our scripts
    imports another. Under two names a script would be loaded twice, and run twice.

    A style sheet takes in those that it imports: a browser paints nothing before the last of them has come.
    """

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

    def url_converter(
        self, name: str, hashed_files: dict[str, str], template: str | None = None
    ) -> Callable[[Match[str]], str]:
        """What takes the place of a pattern's match in this file."""
        if template != _JOINED:
            convert: Callable[[Match[str]], str] = super().url_converter(name, hashed_files, template)
            return convert
        return lambda match: self._joined(posixpath.join(posixpath.dirname(name), match["url"]))

    def _joined(self, name: str) -> str:
        with self.open(name) as file:
            text: str = file.read().decode()
        return text
