"""Which key gives which field: clippers, blogs and note-taking apps all use their own names."""

from __future__ import annotations

import re
from functools import lru_cache

# By field, better keys first: the first one with a usable value is used (tags are collected from all).
KEYS: dict[str, tuple[str, ...]] = {
    "title": ("full title", "title", "headline", "link text", "page title", "article title", "og:title",
              "meta title", "seo title", "title tag", "title en", "title zh"),
    "source_url": ("source", "url", "original url", "source url", "link", "canonical", "canonical url",
                   "web clip url", "page url", "article url", "web url", "external url", "original link", "source link",
                   "origin url", "omnivore url", "bookmark of", "wordpress url", "doi", "arxiv id",
                   "arxiv"),
    "site": ("site", "site name", "publisher", "publication", "website", "source name", "website name", "newspaper",
             "magazine", "journal", "venue", "公众号", "publication title", "container title", "domain", "domain name",
             "source domain", "hostname", "host", "origin", "blog title", "blog name"),
    "authors": ("author", "authors", "byline", "creator", "creators", "by", "author name", "writer", "published by",
                "original author", "post author", "article author", "uploader", "channel"),
    "published": ("published", "date published", "pub date", "published date", "publish date", "publication date",
                  "published at", "published on", "published time", "article:published_time", "date posted",
                  "posted", "posted on", "posted at", "post date", "pub datetime", "issued", "upload date", "date",
                  "ms.date", "year"),
    "clipped": ("clipped", "created", "date saved", "saved", "added", "date clipped", "date added", "date created",
                "created at", "saved at", "fetched", "retrieved", "accessed", "clipped at", "clipped on",
                "clipped date", "added at", "created date", "creation date", "created time", "created on", "captured",
                "captured at", "captured date", "date captured", "slurped", "scraped", "scraped at", "fetched at",
                "date fetched", "retrieved at", "accessed at", "access date", "date accessed", "downloaded",
                "imported", "imported at", "copied at", "time added", "bookmarked", "saved date", "create date",
                "clip date", "date collected"),
    "modified": ("modified", "updated", "lastmod", "date modified", "last modified", "updated at", "last updated",
                 "date updated", "modified date", "updated date", "modified at", "updated on", "updated time",
                 "last modified at", "last edited", "last edited time", "mod datetime", "article:modified_time"),
    "description": ("description", "excerpt", "summary", "abstract", "abstract note", "meta description",
                    "og:description", "synopsis", "subtitle"),
    "tags": ("tags", "tag", "topics", "topic", "categories", "category", "keywords", "keyword", "document tags",
             "labels", "tag names", "hashtags"),
    "language": ("lang", "language", "locale", "in language"),
    "image": ("image", "cover", "cover image", "featured image", "feature image", "header image", "hero image",
              "og:image", "preview picture", "thumbnail", "banner", "image url", "cover url",
              "lead image url"),
    "word_count": ("word count", "words"),
}  # fmt: skip

# The most common keys in other languages; they come after the English ones.
KEYS_ELSEWHERE: dict[str, str] = {
    "title": "titel titre título titolo titulo заголовок название 标题 標題 タイトル 제목",
    "source_url": "quelle fuente fonte источник джерело 链接 連結 原文链接 原文地址 网址"
                  " 来源 來源 出典 リンク 출처 링크",
    "authors": "autor autoren autorin auteur auteurs autores autore автор авторы автори 作者 原文作者 著者 저자 작성자",
    "published": "datum veröffentlicht erschienen publié fecha publicado pubblicato дата опубликовано"
                 " 发布日期 发布时间 發布日期 日期 公開日 日付 날짜 발행일",
    "clipped": "erstellt gespeichert créé enregistré creado guardado criado creato создано сохранено"
               " 创建日期 创建时间 收藏时间 剪藏时间 建立日期 作成日 保存日 생성일",
    "modified": "geändert aktualisiert modifié actualizado modificado atualizado обновлено изменено"
                " 更新日期 更新时间 修改时间 修改日期 更新日 수정일",
    "description": "beschreibung zusammenfassung résumé descripción resumen resumo descrizione описание"
                   " 摘要 描述 简介 概要 説明 요약 설명",
    "tags": "schlagwörter schlagworte stichworte stichwörter kategorie kategorien étiquettes etiquetas categorías"
            " categorias теги тег метки 标签 標籤 分类 分類 タグ カテゴリ 태그 카테고리",
    "language": "sprache langue idioma lingua язык мова 语言 語言 言語 언어",
}  # fmt: skip


@lru_cache(maxsize=1024)
def same_key(key: str) -> str:
    """The key without spelling variations: case, spaces (also invisible ones), underscores, hyphens, a second colon."""
    return re.sub(r"[\s_:\u200b-\u200f\u2060\ufeff-]", "", key).casefold()


RANKS: dict[str, tuple[str, int]] = {
    same_key(key): (field, rank)
    for field, keys in KEYS.items()
    for rank, key in enumerate((*keys, *KEYS_ELSEWHERE.get(field, "").split()))
}


def field_of(key: str) -> str | None:
    """The field that a key gives, if any."""
    return RANKS.get(same_key(key), (None, 0))[0]


def is_known(key: str) -> bool:
    """Whether the key gives a field."""
    return same_key(key) in RANKS


# Keys that name the publication of a single article; the others name that of the whole site.
OF_ONE_ARTICLE = frozenset(
    map(
        same_key,
        ("newspaper", "magazine", "journal", "venue", "公众号", "publication title", "container title", "origin"),
    )
)
