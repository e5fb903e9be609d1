"""An archive of odd articles that people have used in odd ways: what an export has to carry, and its reader to bring
back. The same number makes the same archive."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from archive.accounts.refusing import Refused
from archive.anchoring import Selector
from archive.annotations import writing
from archive.annotations.models import Annotation, Colour, Visibility
from archive.articles import details, editing
from archive.articles.models import Article
from archive.curating import collections, saved_searches
from archive.curating.doubles.deciding import not_the_same
from archive.curating.models import DoublePair
from archive.exporting.works import cite_keys
from archive.importing.joining import join
from archive.importing.running import Options, import_paths
from archive.reading import marking

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003860180"
    "5a343d7c0000000049454e44ae426082"
)
WORDS = [
    *("lamp", "tide", "harbour", "Straße", "naïve", "İstanbul", "ﬁne", "e\u0301te\u0301", "日本語", "العربية", "עברית"),
    *(
        "ไทย",
        "😀",
        "👩\u200d👩\u200d👧",
        "𝔘",
        "zero\u200bwidth",
        "soft\u00adhyphen",
        "a\u00a0b",
        "“quoted”",
        "‘it’s’",
        "5×3",
    ),
    *("<b>bold</b>", "&amp;", "&copy;", "`code`", "*em*", "**strong**", "[link](https://e.org/a?b=c&d=e)", "@name"),
    *(
        "==marked words==",
        "~~gone~~",
        "$x^2$",
        r"\*escaped\*",
        "#tag",
        "![pic](img/p.png)",
        "https://example.org/x_y_z",
    ),
    *("---", "…", "a_b_c", "1.", "|"),
]
PLAIN_WORDS = WORDS[:20]
BLOCKS = (
    *(
        "- one\n- two\n    - three",
        "1. a\n2. b",
        "> quoted\n> twice",
        "```py\nx = {'a': [1]}\n\n\ty\n```",
        "***",
        "\ttab",
    ),
    *(
        "| a | b |\n|---|---|\n| 1 | *2* |",
        "<details><summary>S</summary>\n\nHidden\n\n</details>",
        "Note[^1]\n\n[^1]: Foot",
    ),
    *(
        "---",
        "    indented code",
        "<script>alert(1)</script>",
        "# H1\n## H2",
        "Two spaces  \nand more",
        "<!-- a comment -->",
    ),
    *("<table><tr><td>cell</td></tr></table>", "- [x] done"),
)
TITLES = (
    *(
        "Same title",
        "CON",
        "...",
        'a/b\\c:d*e?f"g<h>i|j',
        "  spaces  ",
        "日本の話",
        "العنوان",
        "x" * 400,
        "#1 [[x]] ^y",
    ),
    *("-dash", "null", "'q'", "é" * 90),
)
DATES = ("2024", "2024-02", "2024-02-29", "0987-01-01", "2024-02-05T10:00:00+09:00", "Feb 5, 2026", "not a date", "")
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252")


def write_odd_files(count: int, folder: Path, chance: random.Random) -> None:
    """So many clippings below a folder, some of them revisions of others."""
    (folder / "img").mkdir(parents=True, exist_ok=True)
    (folder / "img" / "p.png").write_bytes(PNG)
    for number in range(count):
        text = _file(number, chance)
        if chance.random() < 0.2:
            text = text.replace("\n", "\r\n")
        below, sign = chance.choice(("", "a b/", "深い/フォルダ/", "x" * 60 + "/")), chance.choice(("ä", "b", "😀"))
        path = folder / below / f"{number} {sign}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(chance.choice(ENCODINGS), "replace"))


def write_program_files(folder: Path) -> None:
    """What other programs saved: a page, a link without a text, passages marked in an article."""
    quote = "The tide does not wait for anybody."
    text = "".join(
        f"<p>Paragraph {number} goes on, so that the page is long enough for anyone.</p>" for number in range(5)
    )
    (folder / "page.html").write_text(
        "<html><!-- Page saved with SingleFile \n url: https://a.example/tide#top \n-->"
        "<title>The Long Tide Table</title><body><nav>Menu</nav>"
        f"<article><h1>The Long Tide Table</h1><p>{quote}</p>{text}</article></body></html>"
    )
    (folder / "bookmarks.html").write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n"
        '<DL><DT><A HREF="https://a.example/link" TAGS="sea">A link alone</A></DL>\n'
    )
    (folder / "My Clippings.txt").write_text(
        "The Long Tide Table (Unknown)\n"
        f"- Your Highlight at location 1-2 | Added on Sunday, April 9, 2023 5:59:00 PM\n\n{quote}\n==========\n"
    )


def _file(number: int, chance: random.Random) -> str:
    body = "\n\n".join(chance.choice((_words(chance), chance.choice(BLOCKS))) for _ in range(chance.randrange(1, 7)))
    body = f"Beginning {number}. {body}"
    if chance.random() < 0.1:
        return body
    lines = [f"title: {_quoted(chance.choice((*TITLES, _words(chance)[:60])))}"]
    if chance.random() < 0.8:
        host = chance.choice(("e.org", "Ü.example", "news.example:8080"))
        lines.append(f"source: https://{host}/{number}?q={chance.random()}")
    lines += [f"published: {chance.choice(DATES)}"] if chance.random() < 0.8 else []
    lines += [f"tags: [{', '.join(_quoted(chance.choice(PLAIN_WORDS)) for _ in range(chance.randrange(4)))}]"]
    author, site = (
        chance.choice(("Ada Brook", "山田 花子", "Port, Authority", "[[Linked]]")),
        chance.choice(("Reuters", "a | b")),
    )
    lines += [f"author: [{_quoted(author)}]"] if chance.random() < 0.7 else []
    lines += [f"site: {_quoted(site)}"] if chance.random() < 0.5 else []
    lines += ["custom: {a: [1, 2.50, null, true], b: 2024-01-01}", "empty:"] if chance.random() < 0.3 else []
    lines += [f"description: {_quoted(_words(chance))}"] if chance.random() < 0.5 else []
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


def _words(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(3, 40)))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def fill(count: int, folder: Path, seed: int = 18) -> None:
    """Import so many odd clippings twice, the second time with some changed, and use them."""
    chance = random.Random(seed)
    accounts = get_user_model().objects
    people = [accounts.create_superuser("ada", "a@e.org"), accounts.create_user("Bén +@x.y")]
    write_odd_files(count, folder, chance)
    write_program_files(folder)
    import_paths([folder], started_by=people[0], options=Options(jobs=1))
    use(people, chance)
    decide(people[0])
    changed = [path for path in sorted(folder.rglob("*.md")) if chance.random() < 0.15]
    for path in changed:
        path.write_bytes(path.read_bytes().replace(b"lamp", b"lantern") + b"\n\nAdded later.\n")
    for path in changed[: len(changed) // 4]:
        path.unlink()
    import_paths([folder], options=Options(jobs=1))
    _spread_times(chance)


def use(people: list[User], chance: random.Random) -> None:
    """What people do with the articles: everything that there is a verb for."""
    articles = list(Article.objects.select_related("revision").order_by("identity"))
    for article in articles:
        person = chance.choice(people)
        for _ in range(chance.choice((0, 0, 1, 3))):
            _annotate(person, article, chance)
        if chance.random() < 0.2:
            marking.star(person, [article.pk])
        if chance.random() < 0.2:
            marking.mark_read(person, [article.pk])
        if chance.random() < 0.1:
            marking.keep_place(person, article.pk, 3)
        if chance.random() < 0.1:
            wanted = {"title": f"Edited {chance.choice(TITLES)}"[:200], "tags": ["edited", chance.choice(PLAIN_WORDS)]}
            try:
                editing.edit(people[0], article.pk, wanted, seen=details.values(article))
            except Refused:
                continue
    for number in range(5):
        made = collections.create(chance.choice(people), f"Shelf {number} {chance.choice(PLAIN_WORDS)}")
        collections.add(made.owner, made.pk, [each.pk for each in chance.sample(articles, min(7, len(articles)))])
        saved_searches.keep(chance.choice(people), f"Search {number}", f"q=lamp&tag=t{number}")
    collections.delete(made.owner, made.pk)
    writing.name_colours(people[0], {"red": "key <point>", "blue": "“doubt”"})
    cite_keys([each.pk for each in articles[::3]])
    Article.objects.filter(pk__in=[each.pk for each in articles[::17]]).trash()


def decide(person: User) -> None:
    """Join some of the articles, one with another that was joined itself, and keep two apart."""
    # A page of HTML is rendered with the title and address of its article, which are the other one's once it is joined.
    markdown = Article.objects.present().filter(revision__kind=None).order_by("identity")
    listed = list(markdown.values_list("pk", flat=True)[:7])
    for one, other, kept in ((0, 1, 0), (0, 2, 2), (3, 4, None), (5, 6, 6)):
        first, second = sorted((listed[one], listed[other]))
        pair = DoublePair.objects.create(first_id=first, second_id=second, likeness=0.5)
        if kept is None:
            not_the_same(person, pair.pk)
        else:
            join(person, pair.pk, listed[kept])


def _annotate(person: User, article: Article, chance: random.Random) -> None:
    text = article.revision.text if article.revision else ""
    selector = None
    if text.strip() and chance.random() < 0.85:
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randrange(1, 80))
        if text[start:end].strip():
            selector = Selector(text[start:end], text[max(0, start - 32) : start], text[end : end + 32], start, end)
    try:
        made = writing.annotate(
            person,
            article,
            selector,
            note=_words(chance) if selector is None or chance.random() < 0.6 else "",
            tags=[chance.choice(PLAIN_WORDS) for _ in range(chance.randrange(3))],
            colour=chance.choice(Colour.values),
            visibility=chance.choice(Visibility.values),
        )
        if chance.random() < 0.3:
            made = writing.edit(person, made, version=made.version, note=f"Edited: {_words(chance)}")
        if chance.random() < 0.2:
            writing.reply(person, made, "Reply *of* mine")
        if chance.random() < 0.1:
            writing.trash(person, made)
    except Refused:
        pass  # a passage that is no place for a note


def _spread_times(chance: random.Random) -> None:
    """Moments with and without fractions of a second."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    for annotation in Annotation.objects.order_by("pk"):
        when = start + timedelta(seconds=chance.randrange(10**8), microseconds=chance.choice((0, 1, 999_999, 120_000)))
        Annotation.objects.filter(pk=annotation.pk).update(created_at=when, modified_at=when)
