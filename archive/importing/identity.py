"""Decides which article a file belongs to, by the rules in docs/decisions/importing-which-article.md."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from unicodedata import normalize

from django.db.models import Exists, OuterRef

from archive.articles.agreement import texts_agree, texts_match, titles_agree
from archive.articles.models import Article, Revision
from archive.formats.frontmatter import canonical_url
from archive.importing.discovery import FoundFile, Root, file_hash, is_there
from archive.importing.models import SourceFile
from archive.importing.preparing import RECORD, Prepared
from archive.importing.titles import Titles

MOST_CANDIDATES = 20  # per content: an archive may contain the same empty form a thousand times
UPLOAD = "upload:"  # prefix of the location of a file that was uploaded


@dataclass(frozen=True, slots=True)
class Incoming:
    """A prepared file and its location."""

    found: FoundFile
    prepared: Prepared

    @property
    def location(self) -> str:
        return self.found.location

    @property
    def is_upload(self) -> bool:
        return self.location.startswith(UPLOAD)

    @property
    def keys(self) -> set[str]:
        """Keys that another file may share, which then affects this one."""
        return {self.identity, self.location}

    @property
    def identity(self) -> str:
        """The canonical address, else the path below the import root. Highlights of a text are not that text."""
        url = self.prepared.canonical_url
        if url:
            return _digest(f"highlights:{url}") if self.prepared.is_highlights else identity_of_url(url)
        return _digest(f"path:{normalize('NFC', self.prepared.path)}")

    @property
    def own_identity(self) -> str:
        """For a file that shares its address or path with another, but is a different article."""
        return _digest(f"{self.prepared.canonical_url or self.prepared.path}\n{self.location}")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a file belongs: to an article, or to a new one with this identity.

    `source` is the existing row of the file itself, to be updated. `displaced` is the row of another article's file
    that was at this location before. `twin` is an article with this file's address and a different text. `renamed_from`
    is the former path, if the file was only recognised by its text. `returns`: the article is in the trash because its
    file was missing.
    """

    identity: str
    article: Article | None = None
    source: SourceFile | None = None
    displaced: SourceFile | None = None
    twin: Article | None = None
    renamed_from: str = ""
    returns: bool = False


@dataclass
class Known:
    """What the archive knows that may concern some incoming files."""

    roots: Sequence[Root]
    articles: dict[int, Article] = field(default_factory=dict)
    by_identity: dict[str, Article] = field(default_factory=dict)
    by_content: dict[str, list[Article]] = field(default_factory=dict)
    by_location: dict[str, SourceFile] = field(default_factory=dict)
    sources: dict[int, list[SourceFile]] = field(default_factory=dict)  # by article
    waiting: Titles = field(default_factory=lambda: Titles(waiting=True))
    joined: dict[str, int] = field(default_factory=dict)  # from the identity of an article that became part of another
    followed: Mapping[str, int] = field(default_factory=dict)  # from a location to the article it was renamed from

    @classmethod
    def about(
        cls, files: Sequence[Incoming], roots: Sequence[Root], followed: Mapping[str, int], waiting: Titles
    ) -> Known:
        known = cls(roots, followed=followed, waiting=waiting)
        identities = {key for file in files for key in (file.identity, file.own_identity)}
        hashes = {file.prepared.content_hash for file in files}
        here = list(SourceFile.objects.filter(location__in={file.location for file in files}))
        contents = _articles_of_content(hashes)
        named = Article.objects.filter(identity__in=identities).values_list("pk", "identity", "joined_into")
        known.joined = {identity: into for _, identity, into in named if into is not None}
        known._load_articles(
            {into or pk for pk, _, into in named}
            | {source.article_id for source in here}
            | {article for _, article in contents}
            | {followed[file.location] for file in files if file.location in followed}
        )
        for content_hash, article in contents:
            known.by_content.setdefault(content_hash, []).append(known.articles[article])
        return known

    def _load_articles(self, ids: set[int]) -> None:
        # Large columns are deferred: most matches do not need them.
        articles = Article.objects.filter(pk__in=ids).select_related("revision", "publication").order_by("pk")
        for article in articles.defer(
            "metadata", "revision__original", "revision__html", "revision__text", "revision__headings"
        ):
            self.articles[article.pk] = self.by_identity[article.identity] = article
        for identity, into in self.joined.items():
            self.by_identity[identity] = self.articles[into]
        for source in SourceFile.objects.filter(article__in=ids).order_by("pk"):
            self.sources.setdefault(source.article_id, []).append(source)
            if source.missing_since is None or source.location not in self.by_location:
                self.by_location[source.location] = source

    def match(self, file: Incoming) -> Match:
        """Find the article a file belongs to."""
        match = self._match(file)
        followed = self.articles.get(self.followed.get(file.location, 0))
        if match.article is not None or followed is None:
            return match
        former = self.sources.get(followed.pk, [])
        if not all(self._is_gone(source) for source in former):
            return match
        renamed = self._at(file, match.displaced, followed, former)
        return replace(renamed, renamed_from=former[-1].path if former else "")

    def _match(self, file: Incoming) -> Match:
        here = self.by_location.get(file.location)
        if here is not None and here.location != file.location:
            here = None  # the file formerly here has just been found elsewhere
        if here is not None and here.content_hash == file.prepared.content_hash:
            return self._at(file, here, self.articles[here.article_id])
        if moved := self._moved_here(file):
            left = [source for source in self.sources.get(moved.pk, ()) if not self._holds_its_content(source)]
            return self._at(file, here, moved, left)
        if file.is_upload and (same := self.by_content.get(file.prepared.content_hash)):
            return self._at(file, here, same[-1])  # it has no path of its own to tell it apart
        if here is not None and self._is_still(file, self.articles[here.article_id]):
            return self._at(file, here, self.articles[here.article_id])
        if own := self._of_identity(file.own_identity):
            return self._at(file, here, own)
        namesake = self._of_identity(file.identity)
        if namesake is None:
            return self._at(file, here, None if here else self._waiting_for(file))
        if self._belongs_to(file, namesake):
            gone = [source for source in self.sources.get(namesake.pk, ()) if self._is_gone(source)]
            return self._at(file, here, namesake, gone)
        if copied := self._copied_from(file):
            return self._at(file, here, copied)
        return Match(file.own_identity, displaced=_living(here), twin=namesake if file.prepared.canonical_url else None)

    def _at(
        self, file: Incoming, here: SourceFile | None, article: Article | None, former: Sequence[SourceFile] = ()
    ) -> Match:
        """The match with an article, if any, whose file was one of the `former` ones, unless it was this one before."""
        taken = self._of_identity(file.identity)
        identity = file.identity if taken is None or taken is article else file.own_identity
        if article is None:
            return Match(identity, displaced=_living(here))
        if file.identity in self.joined:
            identity = article.identity
        if here is not None and here.article_id == article.pk:
            return Match(identity, article, here, returns=self._returns(article))
        source = former[-1] if former else None
        return Match(identity, article, source, displaced=_living(here), returns=self._returns(article))

    def _of_identity(self, identity: str) -> Article | None:
        article = self.by_identity.get(identity)
        if article is None or identity in self.joined:
            return article
        return article if article.identity == identity else None  # it may have moved just now

    def _moved_here(self, file: Incoming) -> Article | None:
        """The article with exactly this content whose file is gone, preferably with the same file name."""
        name = PurePath(file.prepared.path).name
        return min(
            (
                article
                for article in self.by_content.get(file.prepared.content_hash, ())
                if not any(
                    source.location != file.location and self._holds_its_content(source)
                    for source in self.sources.get(article.pk, ())
                )
            ),
            key=lambda article: (
                article.identity != file.identity,
                all(PurePath(source.path).name != name for source in self.sources.get(article.pk, ())),
                article.pk,
            ),
            default=None,
        )

    def _copied_from(self, file: Incoming) -> Article | None:
        """The article with exactly this content and this file's address, even if another article had that address
        first."""
        url = file.prepared.canonical_url
        same = self.by_content.get(file.prepared.content_hash, ()) if url else ()
        return next((article for article in same if canonical_url(article.source_url) == url), None)

    def _is_still(self, file: Incoming, article: Article) -> bool:
        """Whether the file that an article came from, with other content now, is that article still."""
        if article.identity in (file.identity, file.own_identity) or self.joined.get(file.identity) == article.pk:
            return True
        if not file.prepared.canonical_url and not article.source_url:
            return True
        return self._of_identity(file.identity) is None and (
            _titles_agree(file, article) or _texts_agree(file, article)
        )

    def _belongs_to(self, file: Incoming, namesake: Article) -> bool:
        """Whether a file is a new version of the article that has its address, or its path in another folder."""
        if namesake.revision is not None and namesake.revision.kind == RECORD:
            return True  # known from another program, without a text
        if file.prepared.canonical_url:
            # A note about a clipping has its address and title too; it must not replace it.
            return not self._lives_elsewhere(namesake, file.location) or _texts_match(file, namesake)
        return _texts_agree(file, namesake)  # a title means nothing there: many folders have a "README"

    def _waiting_for(self, file: Incoming) -> Article | None:
        """An article that a program knew only by its title, if this file is its text."""
        if not file.prepared.canonical_url or not file.prepared.text.strip():
            return None
        found = self.waiting.find(file.prepared.title, file.prepared.fields.get("authors", []))
        return self.articles.setdefault(found.pk, found) if found is not None else None

    def _lives_elsewhere(self, article: Article, location: str) -> bool:
        """Whether an article came from another file that still exists, or from an upload."""
        return any(
            source.location != location and (source.location.startswith(UPLOAD) or not self._is_gone(source))
            for source in self.sources.get(article.pk, ())
        )

    def _returns(self, article: Article) -> bool:
        """Whether an article is in the trash because its file is missing. One that a person trashed stays there."""
        trashed = article.trashed_at
        return trashed is not None and all(
            source.location.startswith(UPLOAD) or (source.missing_since and source.missing_since <= trashed)
            for source in self.sources.get(article.pk, ())
        )

    def _is_gone(self, source: SourceFile) -> bool:
        """Whether a file is no longer where it was read."""
        path = self._path(source)
        return source.missing_since is not None or path is None or not is_there(path)

    def _holds_its_content(self, source: SourceFile) -> bool:
        """Whether a file still has the content that was read from it: when files swap places, all of them still
        exist."""
        path = self._path(source)
        if source.missing_since is not None or path is None:
            return False
        try:
            return file_hash(path) == source.content_hash
        except OSError:  # currently unreadable, or in an archive that is not worth opening for this
            return is_there(path)

    def _path(self, source: SourceFile) -> str | None:
        """The current path of a file; None if it has none, being an upload."""
        for root in self.roots:
            if root.holds(source.location):
                return root.path(source.location)
        return None if source.location.startswith(UPLOAD) else source.location


def _articles_of_content(hashes: set[str]) -> list[tuple[str, int]]:
    """Pairs of a content hash and an article that has it now: a few per hash, those without a file first."""
    living = SourceFile.objects.filter(missing_since=None).exclude(location__startswith=UPLOAD)
    pairs = (
        Revision.objects.filter(content_hash__in=hashes)
        .exclude(current_of=None)
        .annotate(lives=Exists(living.filter(article=OuterRef("article"))))
        .order_by("lives", "pk")
        .values_list("content_hash", "article_id")
    )
    few = []
    count: Counter[str] = Counter()
    for content_hash, article in pairs:
        count[content_hash] += 1
        if count[content_hash] <= MOST_CANDIDATES:
            few.append((content_hash, article))
    return few


def identity_of_url(url: str) -> str:
    """The identity of the article at a canonical address."""
    return _digest(f"url:{url}")


def article_of_identity(identity: str) -> Article | None:
    """The article that has this identity, or the one that it was joined into."""
    found = Article.objects.filter(identity=identity).select_related("revision", "joined_into__revision").first()
    return found and (found.joined_into or found)


def identity_of_title(title: str, authors: Sequence[str]) -> str:
    """The identity of an article for which a program knows no address."""
    return _digest("title:" + "\n".join(" ".join(part.casefold().split()) for part in (title, *authors)))


def _living(source: SourceFile | None) -> SourceFile | None:
    return source if source is not None and source.missing_since is None else None


def _titles_agree(file: Incoming, article: Article) -> bool:
    return titles_agree(file.prepared.title, article.title)


def _texts_agree(file: Incoming, article: Article) -> bool:
    return article.revision is not None and texts_agree(file.prepared.text, article.revision.text)


def _texts_match(file: Incoming, article: Article) -> bool:
    return article.revision is not None and texts_match(file.prepared.text, article.revision.text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
