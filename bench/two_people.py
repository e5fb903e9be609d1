"""An archive of two people with private notes on the same articles, to be served to both at once.

`python -m bench.two_people FOLDER N` makes it, with N articles, in an empty folder, and prints as JSON each person's
session cookie, by the word that stands in every note of theirs and in nobody else's.
"""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from bench.archive import open_archive
from bench.serving import PROJECT, served

PEOPLE = ("alphaword", "bravoword")
CONNECTIONS = 4  # of each person
NOTES = 5  # on each article, by each person
NOTE = "See [{0} {1}][r].[^n]\n\n[r]: https://{0}.example/{1}\n\n[^n]: {0} words <b>{0} `{0}`"


def pages(folder: Path, articles: int, port: int) -> tuple[int, set[str]]:
    """Fetch every article as both people at once, through gunicorn as configured.

    Returns how many pages were fetched, and what was wrong with them.
    """
    fill = [sys.executable, "-m", "bench.two_people", str(folder), str(articles)]
    made = subprocess.run(fill, cwd=PROJECT, check=True, capture_output=True, text=True)
    cookies: dict[str, str] = json.loads(made.stdout)
    with served(folder, port) as address, ThreadPoolExecutor(len(PEOPLE) * CONNECTIONS) as threads:
        jobs = [(word, number) for number in range(CONNECTIONS) for word in PEOPLE]
        found = threads.map(lambda job: list(_fetched(address, articles, job[0], cookies[job[0]], job[1])), jobs)
        verdicts = [verdict for part in found for verdict in part]
    return len(verdicts), {verdict for verdict in verdicts if verdict}


def _fetched(address: str, articles: int, word: str, cookie: str, part: int) -> Iterator[str]:
    """What is wrong with each page that this connection fetches; empty where nothing is."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    foreign = [other for other in PEOPLE if other != word]
    for number in range(part + 1, articles + 1, CONNECTIONS):
        path = f"/articles/{number}/article-{number}/"
        connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
        response = connection.getresponse()
        html = response.read().decode()
        if response.status != http.client.OK:
            yield f"{path}: {response.status}"
        elif any(other in html for other in foreign):
            yield f"{path} shows {word} what somebody else wrote"
        elif html.count(f"{word} words") < NOTES:
            yield f"{path} lacks notes of {word}"
        else:
            yield ""
    connection.close()


def fill(articles: int) -> dict[str, str]:
    """Make the articles and the notes. Returns the cookies by the word."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests import factories

    cookies = {}
    made = [factories.article(title=f"Article {number}") for number in range(1, articles + 1)]
    for word in PEOPLE:
        person = get_user_model().objects.create_user(f"reader-{PEOPLE.index(word)}")
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        cookies[word] = client.cookies["sessionid"].value
        for article in made:
            for number in range(NOTES):
                factories.annotation(article, person, note=NOTE.format(word, number))
    return cookies


if __name__ == "__main__":
    open_archive(Path(sys.argv[1]))
    print(json.dumps(fill(int(sys.argv[2]))))
