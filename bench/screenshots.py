"""Take the pictures in docs/images, and the touch icon from the mark: `python -m bench.screenshots`.

Needs Chromium; shows the articles in samples/.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "images"
ICONS = PROJECT / "static" / "icons"
ADDRESS = "127.0.0.1:8765"
PAGES = (
    ("library", "/", "light"),
    ("search", "/?q=tide", "dark"),
    ("reading", "/?q=title:cabbage", "light"),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        environment = {**os.environ, "ARCHIVE_DATA_DIR": data_dir, "ARCHIVE_PUBLIC_READING": "on"}
        for command in (["migrate"], ["collectstatic", "--noinput"], ["import_articles", "samples"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], cwd=PROJECT, env=environment, check=True, capture_output=True
            )
        serve = [sys.executable, "-m", "gunicorn", "--bind", ADDRESS, "--log-level", "warning"]
        server = subprocess.Popen(serve, cwd=PROJECT, env=environment)
        try:
            _wait()
            _take()
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    for _ in range(100):
        try:
            urlopen(f"http://{ADDRESS}/healthz", timeout=1).close()
            return
        except URLError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _take() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, path, scheme in PAGES:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"http://{ADDRESS}{path}")
            if name == "reading":
                page.locator("main h2 a, main h3 a").first.click()
                page.wait_for_selector("#article-body")
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        _draw_icon(browser)
        browser.close()


def _draw_icon(browser: Browser) -> None:
    """iOS takes no SVG for its home screen."""
    page = browser.new_page(viewport={"width": 180, "height": 180})
    mark = (ICONS / "mark-maskable.svg").read_text()
    page.set_content(f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{mark}")
    page.screenshot(path=ICONS / "touch.png")


if __name__ == "__main__":
    main()
