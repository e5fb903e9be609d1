"""What tests look for in the HTML of a page."""

import re


def body(page: str) -> str:
    """The inner HTML of the article."""
    return re.search(r'<div id="article-body"[^>]*>(.*?)</div>\s*(?:<aside|<footer)', page, re.DOTALL)[1]
