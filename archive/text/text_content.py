"""The text of HTML as a browser counts it, which is what offsets into an article refer to."""

from html.parser import HTMLParser


def text_content(html: str) -> str:
    """The `textContent` of an element with this inner HTML, which must be well formed, as ours is."""
    reader = _Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.parts: list[str] = []
        self._drops_newline = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._drops_newline = tag == "pre"  # a line break right after it is not part of the text

    def handle_data(self, data: str) -> None:
        self.parts.append(data.removeprefix("\n") if self._drops_newline else data)
        self._drops_newline = False
