"""The addresses of imported images, below the path the archive is served at.

Texts and annotations store `/attachments/...`, so that an archive can move to another path.
"""

import re
from collections.abc import Mapping

from django.conf import settings

from archive.articles.listed import Listed
from archive.articles.models import Revision

KEPT = "/attachments/"
# A tag's attributes up to one of our addresses. A text contains no unescaped `<`.
_ATTRIBUTE = r"""\s+(?!(?:src|href)\b)[\w-]+(?:=(?:"[^"]*"|'[^']*'))?"""
_IN_TAG = re.compile(rf'(<(?:img|a)(?:{_ATTRIBUTE})*\s+(?:src|href)=")(?={KEPT})')


def shown_address(src: str) -> str:
    """An image's address for browsers: if it is stored here, prefixed with the archive's path."""
    return settings.SUBPATH + src if src.startswith(KEPT) else src


def kept_address(shown: str) -> str:
    """An image's stored address, from one that a page shows."""
    return shown.removeprefix(settings.SUBPATH) if shown.startswith(settings.SUBPATH + KEPT) else shown


def with_shown_addresses(html: str) -> str:
    """Rewrite the addresses of stored images in HTML made by `archive.text`, for browsers."""
    if not settings.SUBPATH or KEPT not in html:
        return html
    return _IN_TAG.sub(lambda tag: tag[1] + settings.SUBPATH, html)


def kept_pictures(articles: Mapping[int, Listed]) -> dict[int, str]:
    """Where the pictures are kept that files name and brought along, by article."""
    own = {pk: each.image for pk, each in articles.items() if each.image and "://" not in each.image}
    found = Revision.objects.filter(current_of__in=own).values_list("current_of", "images") if own else ()
    return {pk: f"{KEPT}{images[own[pk]]}" for pk, images in found if own[pk] in images}
