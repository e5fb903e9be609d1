"""Programs send pages while people read: `python -m bench.sending [SECONDS [A_SECOND]]`.

Sends so many pages a second through gunicorn as configured, half of them Markdown, half whole pages, and one of
50 MB at the end; a reader loads the library all the while. Says how often each status was answered, how long senders
and the reader waited, and what CPU time a page took. Fails where a page was not stored, or not once.
"""

import http.client
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from bench.serving import manage, served

PORT = 8772
TOKEN_OF = ("create_token", "--user", "local", "--scopes", "save")
WORDS = "The tide comes in twice a day and the keeper writes it down. " * 60
COUNT = "from archive.articles.models import Article as A; print('count', A.objects.count())"


def main(seconds: int, a_second: int) -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), PORT) as address:
        manage(Path(folder), "sign_in_link", "--create")
        headers = {"Authorization": f"Bearer {manage(Path(folder), *TOKEN_OF).stdout.split()[-1]}"}
        place = urlsplit(address).netloc
        answers: Counter[int] = Counter()
        waits: list[float] = []
        reading: list[float] = []
        ended = threading.Event()

        def send(number: int) -> None:
            body, kind = _page(number)
            answers[_timed(waits, place, "POST", f"/api/articles?url=https://example.org/{number}", body,
                           {**headers, "Content-Type": kind})] += 1  # fmt: skip

        def read() -> None:
            while not ended.wait(0.25):
                _timed(reading, place, "GET", "/", None, {})

        reader = threading.Thread(target=read)
        reader.start()
        began, total = time.monotonic(), seconds * a_second
        with ThreadPoolExecutor(64) as threads:
            for number in range(total):
                time.sleep(max(0.0, began + number / a_second - time.monotonic()))
                threads.submit(send, number)
        took = time.monotonic() - began
        deadline = time.monotonic() + 60
        while _stored(folder) < total and time.monotonic() < deadline:
            time.sleep(1)
        large: list[float] = []
        picture = "<img src='data:image/png;base64," + "A" * 50_000_000 + "'>"
        status = _timed(large, place, "POST", "/api/articles?url=https://example.org/large",
                        _page(1)[0].replace(b"</article>", picture.encode() + b"</article>"),
                        {**headers, "Content-Type": "text/html"})  # fmt: skip
        ended.set()
        reader.join()
        stored = _stored(folder)
    cpu = os.times().children_user + os.times().children_system
    print(
        f"{total} pages in {took:.1f} s: {dict(answers)}, stored {stored - 1}; CPU {1000 * cpu / total:.0f} ms a page"
    )
    print(f"senders waited {_said(waits)}; the library took {_said(reading)}")
    print(f"a page of 50 MB: {status} in {large[0]:.1f} s")
    if stored != total + 1 or not answers.keys() <= {200, 201, 202}:
        sys.exit("Not every page was stored once.")


def _page(number: int) -> tuple[bytes, str]:
    if number % 2 == 0:
        text = f"---\nurl: https://example.org/{number}\ntitle: Number {number}\n---\n{number} {WORDS}"
        return text.encode(), "text/markdown"
    paragraphs = f"<p>{WORDS[:600]}</p>" * 6
    html = f"<html><head><title>Number {number}</title></head><body><article><h1>{number}</h1>{paragraphs}</article>"
    return f"<!DOCTYPE html>{html}</body></html>".encode(), "text/html"


def _timed(times: list[float], place: str, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> int:
    began = time.monotonic()
    connection = http.client.HTTPConnection(place, timeout=120)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()
        times.append(time.monotonic() - began)


def _stored(folder: str) -> int:
    return int(manage(Path(folder), "shell", "-c", COUNT).stdout.split()[-1])


def _said(times: list[float]) -> str:
    last = sorted(times)[int(len(times) * 0.95)]
    return f"{1000 * statistics.median(times):.0f} ms (median), {1000 * last:.0f} (p95), {1000 * max(times):.0f} (most)"


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], "20", "10"][:2]))
