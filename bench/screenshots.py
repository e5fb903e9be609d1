"""Take the pictures in docs/images, and the touch icon from the mark: `python -m bench.screenshots`.

Needs Chromium; shows the articles in samples/, some of them with notes.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.archive import open_archive
from bench.serving import PROJECT, manage, served

PICTURES = PROJECT / "docs" / "images"
ICONS = PROJECT / "static" / "icons"
PAGES = (
    ("library", "/?sort=-published", "light"),
    ("search", "/?q=tide", "dark"),
    ("reading", "cabbage", "light"),
    ("notebook", "/notebook/", "light"),
    ("notebook-dark", "/notebook/", "dark"),
    ("reading-dark", "cabbage", "dark"),
)
# Words of an article's title, a passage of it, a colour, a note, tags.
NOTES = (
    ("Cabbage", "the strength of mind to leave it alone", "yellow", "The recipe in one line.", ["patience"]),
    ("Cabbage", "it also holds off most of what would like to make the cabbage rot", "blue", "", []),
    ("Cabbage", "Nobody has to tell them when it is their turn.", "green", "Compare the *dawn chorus*.", ["order"]),
    ("Cabbage", "it was just polite", "pink", "", []),
    ("Hamming", "why can it not find out where, and put it right?", "yellow", "A good complaint.", ["work"]),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        data_dir = Path(temporary)
        manage(data_dir, "migrate")
        manage(data_dir, "import_articles", "samples")
        session, article = _annotate(data_dir)
        with served(data_dir) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
            )
            for name, path, scheme in PAGES:
                page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
                page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
                page.goto(address + (article if path == "cabbage" else path), wait_until="networkidle")
                page.screenshot(path=PICTURES / f"{name}.png")
                page.close()
            _draw_icon(browser)
            browser.close()


def _annotate(data_dir: Path) -> tuple[str, str]:
    """Write the notes as somebody's. Returns their session, and the address of the article about cabbage."""
    open_archive(data_dir)
    from django.contrib.auth import get_user_model
    from django.test import Client

    from archive.anchoring import Selector
    from archive.annotations import writing
    from archive.articles.models import Article

    reader = get_user_model().objects.create_user("ida")
    for title, words, colour, note, tags in NOTES:
        article = Article.objects.select_related("revision").get(title__contains=title)
        assert article.revision is not None
        place = Selector(words, start=article.revision.text.index(words))
        writing.annotate(reader, article, place, colour=colour, note=note, tags=tags)
    client = Client()
    client.force_login(reader)
    cabbage = Article.objects.get(title__contains=NOTES[0][0])
    return client.cookies["sessionid"].value, cabbage.get_absolute_url()


def _draw_icon(browser: Browser) -> None:
    """iOS takes no SVG for its home screen."""
    page = browser.new_page(viewport={"width": 180, "height": 180})
    mark = (ICONS / "mark-maskable.svg").read_text()
    page.set_content(f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{mark}")
    page.screenshot(path=ICONS / "touch.png")


if __name__ == "__main__":
    main()
