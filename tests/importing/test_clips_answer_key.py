"""Real clippings compared with an answer key written by reading each file, not by running the code.

The files are not part of the repository: ARCHIVE_CLIPS names their folder; by default, it is looked for beside the
repository.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.formats.decoding import decode
from archive.formats.frontmatter import parse, title_and_publication, title_from_body, title_from_filename

CLIPS = Path(os.environ.get("ARCHIVE_CLIPS") or Path(__file__).parents[2].parent / "shared" / "clips")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a librarian would catalogue."""

    title: str
    url: str | None = None
    publication: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    clipped: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None


KEY = {
    "000_a07edb13af251c64.txt": Facts(
        "Ukraine, Russia end second round of peace talks with agreement on prisoner swap, new meeting",
        "https://www.reuters.com/world/ukraine-russia-start-second-day-peace-talks-abu-dhabi-2026-02-05/",
        "Reuters",
        published="2026-02-05",
    ),
    "01-author_wikilink_list.md": Facts(
        "Codex 逆袭开始！国内畅玩 OpenAI Codex，对接自建 API 中转站完整教程",
        "https://www.youtube.com/watch?v=t83I-yEgTU8&t=476s",
        "youtube.com",
        ("科技lion",),
        "2026-05-10",
        "2026-06-23",
        ("clippings",),
    ),
    "03-author_wikilink_list.md": Facts(
        "Obsidian Skills Ai自动化笔记新方法 使用配置教程",
        "https://www.youtube.com/watch?v=rXhQB8TI4J0",
        "youtube.com",
        ("Shiki",),
        "2026-01-28",
        "2026-05-28",
        ("clippings",),
    ),
    "05-date_null.md": Facts(
        "llm-wiki",
        "https://gist.github.com/karpathy/442a6bf555914893e9891c11519de94f",
        "gist.github.com",
        clipped="2026-06-07",
        tags=("clippings",),
    ),
    "07-title_nonstr.md": Facts(
        "07-title_nonstr",
        "https://venhance.github.io/napkin/Napkin.pdf",
        "venhance.github.io",
        clipped="2026-07-14",
        tags=("clippings", "Maths"),
    ),
    "09-case_dup_keys.md": Facts(
        "AI Coding最佳实践 - 提高开发效率的10个技巧",
        "https://dev.to/ai-coding-best-practices",
        "DEV.to",
        ("Web Clips",),
        clipped="2026-06-26",
        tags=("AI", "Coding", "最佳实践", "效率提升"),
    ),
    "11-tags_nested.md": Facts("與色寶的週末日常", published="2025-06-09", tags=("personal/life", "色寶", "約會")),
    "13-tags_nonstr.md": Facts(
        "802.11ac", tags=("wireless", "wifi", "protocols", "rf-security", "networking", "802.11")
    ),
    "15-tags_string.md": Facts("Coders at Work", authors=("Peter Seibel",), tags=("readwise-books",)),
    "17-author_multi_string.md": Facts("The Tar Pit", authors=("Frederick P. Brooks, Jr.",), tags=("notes",)),
    "21-data_uri_image.md": Facts(
        "第 2 章 复杂性的本质 | 《软件设计的哲学》中文版",
        "https://cactus-proj.github.io/A-Philosophy-of-Software-Design-zh/ch02.html",
        "cactus-proj.github.io",
        ("John Ousterhout",),
        "2026-04-04",
        "2026-04-05",
        ("software-design",),
    ),
    "23-yaml_invalid-mapping-values-are-not-allo.md": Facts(
        "Statecharts: a visual formalism for complex systems",
        "https://readwise.io/reader/document_raw_content/40190664",
        "readwise.io",
        ("David Harel",),
        "2002-07-26",
        tags=("readwise-articles",),
    ),
    "25-yaml_invalid-while-parsing-a-block-mappi.md": Facts(
        "Dangerous Protocols",
        "https://summerofprotocols.com/dangerous-protocols-web?utm_source=tldrnewsletter",
        "summerofprotocols.com",
        ("Nadia Asparouhova",),
        "2023-08-02",
        tags=("readwise-articles",),
    ),
    "27-tab_in_fm.md": Facts(
        "面试反问，不求有功，但求不翻车😂",
        "https://www.xiaohongshu.com/explore/67fa2104000000001d003bca"
        "?xsec_token=AB6UjesXTBKGF1NYB4HLMgnWLZdFC_qsrP7FVejcHRM18=&xsec_source=pc_collect",
        "xiaohongshu.com",
        clipped="2026-06-30",
        tags=(
            *("面试问题", "面试技巧", "面试求职", "面试", "面试日常", "春招分享", "面试有秘招", "校招"),
            "斩获offer的秘诀",
        ),
    ),
    "29-dup_keys.md": Facts(
        "How to integrate the Draft U.S. Web Design Standards into existing projects",
        authors=("carolyn", "melody", "maya"),
        published="2016-03-23",
        tags=("web design system", "design"),
    ),
    "31-crlf.md": Facts("USWDS Monthly Call - May 2023", published="2023-05-18", tags=("accessibility",)),
    "33-toml.md": Facts("Announcing Rust 1.88.0", authors=("The Rust Release Team",)),
    "35-json_in_yaml_fence.md": Facts("35-json_in_yaml_fence"),
    "37-empty.md": Facts("37-empty"),
    "39-date_tz.md": Facts(
        "Mitigating Denial-of-Service Vulnerability from Unrecoverable Stack Space Exhaustion"
        " for React, Next.js, and APM Users",
        authors=("Matteo Collina", "Joyee Cheung"),
        published="2026-01-13",
        tags=("vulnerability",),
    ),
    "41-aliases.md": Facts("🚀 Meeting ->", tags=("Meeting",)),
    "43-lctt_linkref_metadata_no_yaml.md": Facts(
        "对构建系统进行容器化的指南",
        "https://linux.cn/article-12232-1.html",
        "linux.cn",
        ("Ravi Chandran",),
    ),
    "45-do_tutorial_author_date_language_license.md": Facts(
        "Ersteinrichtung des Servers mit Ubuntu 18.04",
        "https://www.digitalocean.com/community/tutorials/ersteinrichtung-des-servers-mit-ubuntu-18-04-de",
        "digitalocean.com",
        ("Justin Ellingwood",),
        "2018-11-07",
        language="de",
    ),
    "E01-markdownload-date-utc.md": Facts(
        "C library function - fscanf()",
        "https://www.tutorialspoint.com/c_standard_library/c_function_fscanf.htm",
        "tutorialspoint.com",
        clipped="2023-01-12",
    ),
    "E03-omnivore-block-scalar.md": Facts(
        "react+Nodejs+Mysql 存取富文本文档问题",
        "https://www.v2ex.com/t/999450",
        "V2EX",
        published="2023-12-11",
        clipped="2023-12-11",
    ),
    "E05-omnivore-five-dates.md": Facts(
        "E05-omnivore-five-dates",
        "https://sive.rs/backup",
        "sive.rs",
        published="2024-02-27",
        clipped="2024-03-07",
    ),
    "E07-readwise-no-fm-metadata-list.md": Facts(
        "Rust语言圣经(Rust Course)", authors=("course.rs",), tags=("articles",)
    ),
    "E09-linter-english-dates.md": Facts(
        "Alternative Blanket Implementations for a Single Rust Trait",
        "https://www.greyblake.com/blog/alternative-blanket-implementations-for-single-rust-trait/",
        "greyblake.com",
        ("Serhii Potapov",),
        clipped="2025-07-06",
        tags=("clippings",),
    ),
    "E11-author-semicolon-list.md": Facts(
        "Journal of Computational Social Science, “A systematic review of echo chamber research” (2025)",
        publication="link.springer.com",
        authors=("Hartmann, David", "Wang, Sonja Mei", "Pohlmann, Lena", "Berendt, Bettina"),
        published="2025-04-07",
        clipped="2026-04-07",
        tags=("clippings",),
    ),
    "E13-mdn-page-type.md": Facts("ContactAddress: dependentLocality property"),
    "E15-pipeline-clip-word_count.md": Facts(
        "MySQL my.cnf核心配置参数详解与性能调优实践-开发者社区-阿里云",
        "https://developer.aliyun.com/article/791251",
        "developer.aliyun.com",
        clipped="2026-04-23",
        tags=("数据库", "DevOps"),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def clips() -> None:
    if not CLIPS.is_dir():
        pytest.skip("the folder of real clippings is not here; ARCHIVE_CLIPS may name it")


def facts_of(path: Path) -> Facts:
    parsed = parse(decode(path.read_bytes()).text)
    fields = parsed.fields
    title = fields.get("title") or title_from_body(parsed.body) or title_from_filename(path.name)
    title, publication = title_and_publication(title, fields.get("site"), fields.get("source_url"))
    dates = {name: fields[name].date.isoformat() if name in fields else None for name in ("published", "clipped")}
    return Facts(
        title,
        fields.get("source_url"),
        publication,
        tuple(fields.get("authors", ())),
        dates["published"],
        dates["clipped"],
        tuple(fields.get("tags", ())),
        fields.get("language"),
    )


@pytest.mark.parametrize("name", KEY)
def test_the_facts_are_those_of_the_key(name):
    assert facts_of(CLIPS / name) == KEY[name]


def test_the_key_covers_every_clipping():
    assert {path.name for path in CLIPS.iterdir()} == set(KEY)
