# ruff: noqa: E501 (heads as programs write them)
"""Twenty programs' ways to write the same metadata, with values unusual in eight ways: 160 headers, all read
correctly."""

from dataclasses import dataclass

import pytest

from archive.formats.frontmatter import parse, title_from_body


@dataclass(frozen=True)
class Facts:
    title: str
    url: str
    authors: tuple[str, ...]
    day: str
    tags: tuple[str, ...]
    language: str
    site: str


FACTS = [
    Facts("A plain title", "https://a.example/1", ("Ann Lee",), "2024-03-05", ("tides", "sea"), "en", "The Post"),
    Facts("Tides: how they come", "https://a.example/a?b=1", ("Ann Lee", "Bo Kim"), "2019-12-31", ("a/b", "c"), "en-GB", "Nature"),
    Facts("Why #1 is never 'best'", "https://a.example/x_(y)", ("Bjørn Åse",), "2001-01-01", ("c++", "q-a"), "nb", "Å"),
    Facts("潮汐：一个问题", "https://例え.example/潮", ("王小明", "李娜"), "2026-02-28", ("海洋", "科学"), "zh-CN", "新华社"),
    Facts("50% of “it” & more", "https://a.example/?q=%20", ("Jean-Paul d'Arc",), "2020-02-29", ("émile", "été"), "fr", "L'Écho"),
    Facts("- What? No | really", "http://a.example:8080/p/", ("J. R. R. Tolkien",), "1999-11-30", ("1984", "2001"), "en", "B.B.C."),
    Facts("null", "https://a.example/null", ("Null Void",), "2021-07-04", ("yes", "no"), "de", "t3n"),
    Facts("مد وجزر", "https://a.example/ar", ("علي حسن",), "2022-10-10", ("بحر",), "ar", "الجزيرة"),
]  # fmt: skip


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def listed(items: tuple[str, ...], write=quoted) -> str:
    return "".join(f"\n  - {write(item)}" for item in items)


def flow(items: tuple[str, ...]) -> str:
    return f"[{', '.join(map(quoted, items))}]"


def web_clipper(it: Facts) -> str:
    names = tuple(f"[[{name}]]" for name in it.authors)
    return (
        f"---\ntitle: {quoted(it.title)}\nsource: {quoted(it.url)}\nauthor:{listed(names)}\npublished: {it.day}\n"
        f"created: 2026-05-05\ndescription: {quoted('A text')}\ntags:{listed(it.tags)}\nlang: {it.language}\nsite: {quoted(it.site)}\n---\nText"
    )


def markdownload(it: Facts) -> str:
    return (
        f"---\ncreated: 2026-05-05T10:11:12 (UTC +02:00)\ntags: {flow(it.tags)}\nsource: {it.url}\n"
        f"author: {quoted('; '.join(it.authors))}\ntitle: {single(it.title)}\npublished: {it.day}T08:00:00Z\nlanguage: {it.language}\n"
        f"publisher: {single(it.site)}\n---\n\n# Text"
    )


def omnivore(it: Facts) -> str:
    authors = " and ".join(it.authors)
    return (
        f"---\nid: 1b2c\ntitle: |\n  {it.title}\nauthor: |\n  {authors}\nsite_name: |\n  {it.site}\ntags:{listed(it.tags, single)}\n"
        f"date_saved: 2026-05-05 10:11:12\ndate_published: {it.day} 00:00:00\noriginal_url: {it.url}\nlang: {it.language}\n---\n\nText"
    )


def readwise(it: Facts) -> str:
    tags = " ".join(f"[[{tag}]]" for tag in it.tags)
    names = ", ".join(f"[[{name}]]" for name in it.authors)
    return (
        f"# {it.title}\n\n## Metadata\n- Author: {names}\n- Full Title: {it.title}\n- Category: #articles\n- Document Tags: {tags}\n"
        f"- URL: {it.url}\n\n## Highlights\n- Words. ([View Highlight](https://read.readwise.io/read/1))\n"
    )


def hugo(it: Facts) -> str:
    return (
        f"+++\ntitle = {quoted(it.title)}\ndate = {it.day}T10:00:00+01:00\nauthors = {flow(it.authors)}\ntags = {flow(it.tags)}\n"
        f"canonical = {quoted(it.url)}\nlanguage = {quoted(it.language)}\nsite = {quoted(it.site)}\ndraft = false\n+++\n\nText"
    )


def jekyll(it: Facts) -> str:
    return (
        f"---\nlayout: post\ntitle:  {quoted(it.title)}\ndate:   {it.day} 09:10:11 -0500\nauthor: {flow(it.authors)}\n"
        f"categories: {flow(it.tags)}\nlang: {it.language}\ncanonical_url: {single(it.url)}\nsite_name: {quoted(it.site)}\n---\nText"
    )


def zola(it: Facts) -> str:
    return (
        f"+++\ntitle = {quoted(it.title)}\ndate = {it.day}\n[taxonomies]\ntags = {flow(it.tags)}\nauthors = {flow(it.authors)}\n"
        f"[extra]\nsource = {quoted(it.url)}\nlang = {quoted(it.language)}\nsite = {quoted(it.site)}\n+++\nText"
    )


def pelican(it: Facts) -> str:
    return (
        f"Title: {it.title}\nDate: {it.day} 10:20\nAuthors: {'; '.join(it.authors)}\nTags: {', '.join(it.tags)}\nLang: {it.language}\n"
        f"Source: {it.url}\nSite: {it.site}\n\nText"
    )


def notion(it: Facts) -> str:
    return (
        f"# {it.title}\n\nURL: {it.url}\nAuthor: {'; '.join(it.authors)}\nPublished: {it.day}\nTags: {', '.join(it.tags)}\n"
        f"Language: {it.language}\nPublisher: {it.site}\n\nText"
    )


def logseq(it: Facts) -> str:
    names = ", ".join(f"[[{name}]]" for name in it.authors)
    return (
        f"title:: {it.title}\nauthor:: {names}\nurl:: {it.url}\ndate:: [[{it.day}]]\ntags:: {', '.join(f'[[{tag}]]' for tag in it.tags)}\n"
        f"lang:: {it.language}\nsite:: {it.site}\n\n- Text"
    )


def json_bare(it: Facts) -> str:
    import json

    return json.dumps(
        {"title": it.title, "url": it.url, "authors": [{"name": name} for name in it.authors], "datePublished": it.day,
         "keywords": list(it.tags), "inLanguage": it.language, "publisher": {"name": it.site}}, indent=2
    ) + "\n\nText"  # fmt: skip


def json_fenced(it: Facts) -> str:
    return f"---\n{json_bare(it).removesuffix('Text').strip()}\n---\nText"


def zotero(it: Facts) -> str:
    people = "".join(f"\n- creatorType: author\n  name: {quoted(name)}" for name in it.authors)
    return (
        f"---\nitemType: webpage\ntitle: {single(it.title)}\ncreators:{people}\ndate: {quoted(it.day)}\nurl: {single(it.url)}\n"
        f"websiteTitle: x\nsite name: {single(it.site)}\ntags: {flow(it.tags)}\nlanguage: {it.language}\n---\nText"
    )


def video(it: Facts) -> str:
    return (
        f"---\ntitle: {quoted(it.title)}\nuploader: {quoted('; '.join(it.authors))}\nupload_date: {it.day.replace('-', '')}\n"
        f"date: 2026-06-06\nlink: {it.url}\nkeywords: {flow(it.tags)}\nlanguage: {it.language}\nsite: {quoted(it.site)}\n\n---\nText"
    )


def joplin(it: Facts) -> str:
    return (
        f"---\ntitle: {quoted(it.title)}\nupdated: 2026-05-05 10:11:12Z\ncreated: 2026-05-04 10:11:12Z\nsource: {it.url}\n"
        f"author: {quoted(', '.join(it.authors))}\ntags:{listed(it.tags)}\npublished: {it.day}\nlang: {it.language}\nwebsite: {single(it.site)}\n---\n\nText"
    )


def docusaurus(it: Facts) -> str:
    people = "".join(f"\n  - name: {quoted(name)}\n    url: https://a.example/people" for name in it.authors)
    return (
        f"---\nslug: x\ntitle: {single(it.title)}\nauthors:{people}\ntags: {flow(it.tags)}\ndate: {it.day}\noriginal url: {it.url}\n"
        f"og:locale:x: y\nlanguage: {it.language}\nsite: {single(it.site)}\n\n---\nText"
    )


def comment(it: Facts) -> str:
    return (
        f"<!--\ntitle: {quoted(it.title)}\nauthor: {quoted('; '.join(it.authors))}\nsource: {it.url}\ndate: {it.day}\n"
        f"tags: {flow(it.tags)}\nlang: {it.language}\nsite: {quoted(it.site)}\n-->\n\nText"
    )


def indieweb(it: Facts) -> str:
    return (
        f"---\nname: x\nheadline: {quoted(it.title)}\nbookmark-of: {it.url}\npublished: {quoted(it.day + 'T12:00:00-08:00')}\n"
        f"byline: {quoted('By ' + ' and '.join(it.authors))}\ncategory:{listed(it.tags)}\nlang: {it.language}\npublication: {quoted(it.site)}\n---\nText"
    )


def linkrefs(it: Facts) -> str:
    return (
        f"[#]: subject: ({it.title})\n[#]: via: ({it.url})\n[#]: author: ({'; '.join(it.authors)})\n[#]: date: ({it.day})\n"
        f"[#]: tags: ({', '.join(it.tags)})\n[#]: lang: ({it.language})\n[#]: site: ({it.site})\n\nText"
    )


def windows(it: Facts) -> str:
    return "\ufeff" + web_clipper(it).replace("---", "----").replace("\n", "\r\n")


STYLES = [web_clipper, markdownload, omnivore, readwise, hugo, jekyll, zola, pelican, notion, logseq, json_bare,
          json_fenced, zotero, video, joplin, docusaurus, comment, indieweb, linkrefs, windows]  # fmt: skip
NOT_WRITTEN = {readwise: {"published", "language", "site"}}


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.__name__)
@pytest.mark.parametrize("it", FACTS, ids=[str(number) for number in range(len(FACTS))])
def test_every_field_is_read(style, it):
    front = parse(style(it))
    fields = front.fields
    published = fields.get("published")
    read = {
        "title": fields.get("title") or title_from_body(front.body),
        "source_url": fields.get("source_url"),
        "authors": tuple(fields.get("authors", ())),
        "published": published.date.isoformat() if published else None,
        "tags": tuple(tag for tag in fields.get("tags", ()) if tag != "articles"),
        "language": fields.get("language"),
        "site": fields.get("site"),
    }
    meant = dict(zip(read, (it.title, it.url, it.authors, it.day, it.tags, it.language, it.site), strict=True))
    left_out = NOT_WRITTEN.get(style, set())
    assert {k: v for k, v in read.items() if k not in left_out} == {k: v for k, v in meant.items() if k not in left_out}
