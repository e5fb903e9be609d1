"""Fill an archive with generated articles: `python -m bench.archive 10000 --data-dir FOLDER`.

The same seed makes the same articles. They go straight into the database that DATABASE_URL names, or the one in the
folder, in batches, so memory does not grow. The index is made at the end by its own rebuild.
"""

import argparse
import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from tqdm import tqdm

BATCH = 1000
FULL_TEXT_WORDS, SHORT_TEXT_WORDS, MANY = 970, 150, 500_000  # of an article; from MANY articles on they are shorter
PUBLICATIONS = 300
SPREAD = 0.6  # of the lengths, as the logarithm's standard deviation
FIRST_DAY, DAYS = date(2006, 1, 1), 20 * 365


@dataclass(frozen=True)
class Generated:
    """One article before it is written."""

    title: str
    description: str
    text: str
    language: str
    word_count: int
    published: date | None
    clipped: date
    publication: int
    authors: list[int]
    tags: list[int]


def articles(count: int, *, words: int, tags: int, authors: int, seed: int = 1) -> Iterator[Generated]:
    """So many articles of so many words on average, from so many tags and authors; publications, tags and authors as
    numbers, the commonest 0.
    """
    from bench.vocabulary import languages, zipf

    chance = random.Random(seed)
    spoken = languages(seed)
    shares = [language.share for language in spoken]
    publication_use, tag_use, author_use = zipf(PUBLICATIONS), zipf(tags), zipf(authors)
    for _ in range(count):
        language = chance.choices(spoken, shares)[0]
        length = min(12 * words, max(words // 12, int(words * chance.lognormvariate(-(SPREAD**2) / 2, SPREAD))))
        # More was kept in later years, and one in fifty has no date.
        day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.6))
        yield Generated(
            title=language.phrase(chance, chance.randrange(4, 11)),
            description=language.phrase(chance, chance.randrange(12, 32)),
            text=language.text(chance, length),
            language=language.code,
            word_count=length,
            published=day if chance.random() > 0.02 else None,
            clipped=day + timedelta(days=chance.randrange(400)),
            publication=chance.choices(range(PUBLICATIONS), cum_weights=publication_use)[0],
            authors=list(dict.fromkeys(chance.choices(range(authors), cum_weights=author_use, k=chance.randrange(3)))),
            tags=list(dict.fromkeys(chance.choices(range(tags), cum_weights=tag_use, k=chance.randrange(6)))),
        )


def fill(count: int, words: int, seed: int = 1) -> None:
    """Write so many articles into the archive, which should be empty, and index them."""
    from django.db import transaction
    from taggit.models import Tag

    from archive.articles.models import Article, Author, Publication, Revision
    from archive.importing.copying import reset_sequences
    from archive.search import index

    tags, authors = min(5000, 50 + count // 20), min(20_000, 20 + count // 5)
    index.stop_following()
    with transaction.atomic():
        Publication.objects.bulk_create(
            Publication(id=number + 1, name=f"Publication {number}", host=f"p{number}.example.org")
            for number in range(PUBLICATIONS)
        )
        Author.objects.bulk_create(Author(id=number + 1, name=f"Author Name{number}") for number in range(authors))
        Tag.objects.bulk_create(Tag(id=number + 1, name=_tag_name(number), slug=f"t{number}") for number in range(tags))
    made = articles(count, words=words, tags=tags, authors=authors, seed=seed)
    numbered = enumerate(made, 1)
    with _progress(count, "articles") as done:
        while batch := list(islice(numbered, BATCH)):
            _write(batch)
            done(len(batch))
    reset_sequences([Publication, Author, Tag, Article, Revision])
    index.follow()
    index.rebuild()


def _write(batch: list[tuple[int, Generated]]) -> None:
    """Write these articles, each with its number."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from django.utils import timezone
    from taggit.models import TaggedItem

    from archive.articles.models import Article, Authorship, Revision

    article_type, now = ContentType.objects.get_for_model(Article), timezone.now()
    new, revisions, authorships, tagged = [], [], [], []
    for number, made in batch:
        original = _clipping(made, number).encode()
        new.append(
            Article(
                id=number,
                identity=hashlib.sha256(str(number).encode()).hexdigest(),
                title=made.title,
                source_url=f"https://p{made.publication}.example.org/{number}",
                publication_id=made.publication + 1,
                published=made.published,
                clipped=made.clipped,
                description=made.description,
                language=made.language,
                word_count=made.word_count,
                revision_id=number,
                created_at=now,
                metadata={"title": made.title, "tags": [_tag_name(tag) for tag in made.tags]},
            )
        )
        revisions.append(
            Revision(
                id=number,
                article_id=number,
                original=original,
                content_hash=hashlib.sha256(original).hexdigest(),
                path=f"folder-{number % 40}/{number}.md",
                encoding="utf-8",
                html="".join(f"<p>{paragraph}</p>\n" for paragraph in made.text.split("\n")),
                text=made.text + "\n",
                renderer_version=1,
            )
        )
        authorships += [
            Authorship(article_id=number, author_id=author + 1, position=place)
            for place, author in enumerate(made.authors)
        ]
        tagged += [TaggedItem(object_id=number, content_type=article_type, tag_id=tag + 1) for tag in made.tags]
    with transaction.atomic():
        Article.objects.bulk_create(new)
        Revision.objects.bulk_create(revisions)
        Authorship.objects.bulk_create(authorships)
        TaggedItem.objects.bulk_create(tagged)


def _clipping(made: Generated, number: int) -> str:
    """The article as a file, with the front matter that a web clipper writes."""
    lines = [
        f'title: "{made.title}"',
        f'source: "https://p{made.publication}.example.org/{number}"',
        f"author: {json.dumps([f'[[Author Name{author}]]' for author in made.authors])}",
        f"published: {made.published or ''}",
        f"created: {made.clipped}",
        f'description: "{made.description}"',
        f"tags: [{', '.join(_tag_name(tag) for tag in made.tags)}]",
    ]
    return "---\n" + "\n".join(lines) + f"\n---\n{made.text}\n"


@contextmanager
def _progress(total: int, what: str) -> Iterator[Callable[[int], object]]:
    with tqdm(total=total, unit=f" {what}", disable=None) as bar:
        yield bar.update


def _tag_name(number: int) -> str:
    """A tree: every third tag stands alone, the others below one of them, some two deep."""
    top = f"topic {number // 3}"
    return {0: top, 1: f"{top}/aspect {number}", 2: f"{top}/aspect {number - 1}/detail {number}"}[number % 3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--data-dir", type=Path, required=True, help="made if it is missing; should hold no archive")
    parser.add_argument("--words", type=int, help="mean length of a text")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    open_archive(options.data_dir)
    began = time.perf_counter(), time.process_time()
    fill(options.count, options.words or mean_words(options.count), options.seed)
    seconds, busy = time.perf_counter() - began[0], time.process_time() - began[1]
    sys.stdout.write(f"{options.count:,} articles in {seconds:.1f} s, {busy / options.count * 1000:.2f} ms CPU each\n")


def mean_words(count: int) -> int:
    """The mean length of a text in an archive of so many."""
    return FULL_TEXT_WORDS if count < MANY else SHORT_TEXT_WORDS


def open_archive(data_dir: Path) -> None:
    """Point Django at the archive in this folder, with its tables."""
    os.environ["ARCHIVE_DATA_DIR"] = str(data_dir)
    os.environ["ARCHIVE_PUBLIC_READING"] = "on"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
