"""Our scripts, styles and icons as they are served."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Each file under a name that tells its contents, so that browsers keep it for good; also where one of our scripts
    imports another. Under two names a script would be loaded twice, and run twice."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (r"""(?P<matched>from "(?P<url>\.[^"]+)")""", 'from "%(url)s"'),
                (r"""(?P<matched>import "(?P<url>\.[^"]+)")""", 'import "%(url)s"'),
            ),
        ),
    )
