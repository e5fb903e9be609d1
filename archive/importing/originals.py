"""What an original file says, as Markdown."""

from archive.formats import frontmatter
from archive.formats.decoding import decode
from archive.formats.html_text import decode_page, fragment_markdown, page_text, words_alone
from archive.importing.preparing import FRAGMENT, LONGEST_PAGE, RECORD


def markdown_body(original: bytes, kind: str | None, url: str) -> str:
    """The text of an original without its front matter, whatever `kind` it is; empty for a record, which has none.

    `url` is the page's that it is from. Raises NotText.
    """
    if kind is None:
        return frontmatter.body_of(decode(original).text)
    if kind == RECORD:
        return ""
    html = decode_page(original)[0].replace("\r\n", "\n").replace("\r", "\n")
    if len(html) > LONGEST_PAGE:
        return words_alone(html)
    try:
        return fragment_markdown(html) if kind == FRAGMENT else page_text(html, url).markdown
    except RecursionError:
        return words_alone(html)
