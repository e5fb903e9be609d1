"""Fill an archive with generated articles: `python -m bench.archive 10000 --data-dir FOLDER`.

The same seed makes the same articles. They go straight into the database, in batches, so memory does not grow.
"""

import argparse
import hashlib
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

BATCH = 500
PUBLICATIONS = 300
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


def articles(count: int, *, tags: int, authors: int, seed: int = 1) -> Iterator[Generated]:
    """So many articles, from so many tags and authors; publications, tags and authors as numbers, the commonest 0."""
    from bench.vocabulary import languages, zipf

    chance = random.Random(seed)
    spoken = languages(seed)
    shares = [language.share for language in spoken]
    publication_use, tag_use, author_use = zipf(PUBLICATIONS), zipf(tags), zipf(authors)
    for _ in range(count):
        language = chance.choices(spoken, shares)[0]
        words = min(12_000, max(80, int(chance.lognormvariate(6.7, 0.6))))
        # More was kept in later years, and one in fifty has no date.
        day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.6))
        yield Generated(
            title=language.phrase(chance, chance.randrange(4, 11)),
            description=language.phrase(chance, chance.randrange(12, 32)),
            text=language.text(chance, words),
            language=language.code,
            word_count=words,
            published=day if chance.random() > 0.02 else None,
            clipped=day + timedelta(days=chance.randrange(400)),
            publication=chance.choices(range(PUBLICATIONS), cum_weights=publication_use)[0],
            authors=list(dict.fromkeys(chance.choices(range(authors), cum_weights=author_use, k=chance.randrange(3)))),
            tags=list(dict.fromkeys(chance.choices(range(tags), cum_weights=tag_use, k=chance.randrange(6)))),
        )


def fill(count: int, seed: int = 1) -> None:
    """Write so many articles into the archive, which should be empty, and index them."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from django.utils import timezone
    from taggit.models import Tag, TaggedItem

    from archive.articles.models import Article, Author, Authorship, Publication, Revision
    from archive.search import index

    tags, authors = min(5000, 50 + count // 20), min(20_000, 20 + count // 5)
    with transaction.atomic():
        Publication.objects.bulk_create(
            Publication(id=number + 1, name=f"Publication {number}", host=f"p{number}.example.org")
            for number in range(PUBLICATIONS)
        )
        Author.objects.bulk_create(Author(id=number + 1, name=f"Author Name{number}") for number in range(authors))
        Tag.objects.bulk_create(Tag(id=number + 1, name=_tag_name(number), slug=f"t{number}") for number in range(tags))
    article_type = ContentType.objects.get_for_model(Article)
    number = 0
    batch: list[Generated] = []

    def write() -> None:
        nonlocal number
        new, revisions, authorships, tagged = [], [], [], []
        for made in batch:
            number += 1
            original = made.text.encode()
            digest = hashlib.sha256(original).hexdigest()
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
                    created_at=timezone.now(),
                    metadata={"title": made.title, "tags": [_tag_name(tag) for tag in made.tags]},
                )
            )
            revisions.append(
                Revision(
                    id=number,
                    article_id=number,
                    original=original,
                    content_hash=digest,
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
            index.refresh()
        batch.clear()

    for made in articles(count, tags=tags, authors=authors, seed=seed):
        batch.append(made)
        if len(batch) == BATCH:
            write()
    write()


def _tag_name(number: int) -> str:
    """A tree: every third tag stands alone, the others below one of them, some two deep."""
    top = f"topic {number // 3}"
    return {0: top, 1: f"{top}/aspect {number}", 2: f"{top}/aspect {number - 1}/detail {number}"}[number % 3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--data-dir", type=Path, required=True, help="made if it is missing; should hold no archive")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    open_archive(options.data_dir)
    began = time.perf_counter()
    fill(options.count, options.seed)
    seconds = time.perf_counter() - began
    size = (options.data_dir / "archive.sqlite3").stat().st_size / 1e6
    sys.stdout.write(f"{options.count} articles in {seconds:.1f} s, {size:.0f} MB\n")


def open_archive(data_dir: Path) -> None:
    """Make Django work on the archive in this folder, with its tables."""
    os.environ["ARCHIVE_DATA_DIR"] = str(data_dir)
    os.environ["ARCHIVE_PUBLIC_READING"] = "on"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
