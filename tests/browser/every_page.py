"""The address of every page that people see, in an archive with hostile lengths of names."""

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode
from sesame.utils import get_query_string

from archive.accounts import tokens
from archive.annotations import writing
from archive.annotations.models import Annotation, Status
from archive.articles import details, editing
from archive.articles.models import Article, Revision
from archive.curating import bulk_changes, collections, saved_searches
from archive.curating.models import DoublePair, Verb
from archive.importing.models import ImportProblem, ImportRun
from archive.query import Tag
from archive.reading import marking
from archive.search import index
from tests.browser.passages import mark
from tests.browser.shelves import fill
from tests.factories import rendered

WORD = "w" * 200
PAGES = {
    "library": "/",
    "search": "/?q=words+before:never&tag=sea",
    "search for a word": f"/?q={WORD}&tag={'t' * 90}",
    "no match": "/?q=nothing+fits&tag=sea",
    "what is mine": "/?q=words+OR+emphasis&is=unread",
    "search tips": "/search-tips/",
    "facet": "/filters/tag/",
    "authors": "/filters/author/",
    "saved searches": "/searches/",
    "all tags": "/tags/",
    "all authors": "/authors/?q=a&once=1",
    "all publications": "/publications/",
    "edit tag": f"/tags/edit?name={'t' * 90}",
    "edit author": f"/authors/edit?name={'N' * 200}",
    "edit publication": f"/publications/edit?name={'P' * 200}",
    "doubles": "/doubles/",
    "decided doubles": "/doubles/decided",
    "collections": "/collections/",
    "collection": "/collections/{collection}/?removed={word}&at=1",
    "edit collection": "/collections/{collection}/edit",
    "add to collection": "/articles/{word}/collect",
    "change articles": "/changes/new?q=-nothing",
    "changes": "/changes/",
    "change that was broken off": "/changes/{broken_off}/",
    "change that is done": "/changes/{done}/",
    "reading": "/articles/{article}/",
    "hits": "/articles/{article}/?q=opening+OR+link#hit-2",
    "arabic": "/articles/{arabic}/",
    "long": "/articles/{long}/",
    "one word": "/articles/{word}/",
    "in the trash": "/articles/{trashed}/",
    "details": "/articles/{article}/details",
    "details of a word": "/articles/{word}/details",
    "edit details": "/articles/{article}/edit",
    "edit details of a word": "/articles/{word}/edit",
    "cite": "/articles/{article}/cite",
    "cite a word": "/articles/{word}/cite",
    "export articles": f"/export?q={WORD}+OR+words",
    "revisions": "/articles/{word}/revisions/{old}..{new}",
    "annotate": "/articles/{long}/annotate",
    "annotate a passage": "/articles/{article}/annotate?start=0&end=9",
    "note in the trash": "/annotations/{trashed_note}/",
    "history": "/annotations/{annotation}/history",
    "edit": "/annotations/{annotation}/edit",
    "edit a word": "/annotations/{wordy}/edit",
    "resize": "/annotations/{annotation}/resize",
    "resize a word": "/annotations/{wordy}/resize",
    "reply": "/annotations/{annotation}/reply",
    "reply to a word": "/annotations/{wordy}/reply",
    "attach": "/annotations/{lost}/attach",
    "attach to a place": "/annotations/{lost}/attach?start=0&end=9",
    "notebook": "/notebook/",
    "stream": "/notebook/?view=stream",
    "notebook search": "/notebook/?q=opening&colour=blue",
    "lost": "/notebook/lost/",
    "lost word": "/notebook/lost/?at={lost_word}",
    "change notes": f"/notebook/change?q={WORD}",
    "colours": "/notebook/colours",
    "imports": "/imports/",
    "import": "/imports/{run}/",
    "running": "/imports/{running}/",
    "save": f"/save?url=https://example.org/{WORD}&title={WORD}&quote={WORD}",
    "trash": "/trash/",
    "preferences": "/preferences/",
    "account": "/account/",
    "sign in by link": "/sign-in/link/{secret}",
    "forgotten password": "/sign-in/forgotten/",
    "mail sent": "/sign-in/forgotten/sent/",
    "new password": "/sign-in/new-password/{reset}/",
    "styles": "/styleguide/",
}
# The same pages with different messages, checked in the narrowest layout.
VARIANTS = {
    *("search for a word", "what is mine", "authors", "arabic", "long", "one word", "details of a word", "edit a word"),
    *("edit details of a word", "cite a word"),
    *("resize a word", "reply to a word", "attach to a place", "stream", "notebook search", "lost word"),
}
NO_PAGES = {
    "parts of pages": {"filters", "completions", "tag-completions", "news", "arrivals"},
    "files and feeds": {
        "original",
        "attachment",
        "export-notebook",
        "feed",
        "saved-feed",
        "export-collection",
        "collection-feed",
        *("citation-file", "articles-file", "article-book", "article-zip"),
    },
    "what only takes forms": {
        *(
            "keep-search",
            "rename-search",
            "continue-change",
            "undo-change",
            "renew-feed",
            "delete-search",
            "tags",
            "move-to-trash",
            "restore",
            "mark",
        ),
        *("create-collection", "add-to-collection", "move-in-collection", "remove-from-collection"),
        *("put-back-into-collection", "delete-collection", "restore-collection", "renew-collection-feed"),
        *("join-doubles", "keep-apart", "undo-double"),
        *("undo-edit", "change-details", "change-password", "end-session", "make-link"),
        *("make-token", "revoke-token", "fetch-images", "change-time-zone"),
        *("undo-annotation", "trash-annotation", "restore-annotation", "keep-annotation", "upload", "sign-out"),
        *("redo-annotation", "recolour-annotation", "sign-in-again"),
    },
    "what leads on to the address with the title": {"article"},
    "what is shown to strangers alone": {"sign-in"},
    "for programs": {
        "healthz",
        "readyz",
        "session-state",
        "api-articles",
        "unapi",
        "opds",
        "opds-articles",
        "opds-book",
        "opds-collections",
        "opds-collection",
        "opds-searches",
        "opds-opensearch",
    },
}


def addresses() -> dict[str, str]:
    """Fill the archive for the keeper, and tell where its pages are."""
    keeper = get_user_model().objects.get(username="keeper")
    articles = fill()
    article, arabic, _, long, word = articles
    made = [mark(article, "Opening words", note="A note with *emphasis*", tags=["sea/boats"], colour="blue")]
    made += [mark(article, words) for words in ("a link", "quotation", "here")]
    made += [mark(long, "W" * 290, note=WORD, tags=["t" * 90]), mark(arabic, "جدي يعرف", note="نجوم")]
    made.append(mark(word, WORD, note=WORD))
    Annotation.objects.filter(pk__in=[made[1].pk, made[6].pk]).update(status=Status.ORPHAN)
    for note, tags in ((WORD * 20, ["t" * 90]), ("<b>Not bold</b>", ["sea/boats"]), ("A note with *emphasis*", [])):
        made[0] = writing.edit(keeper, made[0], version=made[0].version, note=note, tags=tags)
    trashed_note = writing.trash(keeper, mark(word, "w" * 90, note="Out"))
    marking.star(keeper, [article.pk])
    marking.keep_place(keeper, article.pk, 20)
    broken_off = bulk_changes.begin(keeper, Verb.TAG, None, tags=["t" * 90, "sea"])
    done = bulk_changes.begin(keeper, Verb.UNSTAR, Tag("nature"), "tag=nature")
    bulk_changes.work(keeper, done.pk)
    marking.mark_read(keeper, [arabic.pk])
    saved_searches.keep(keeper, "N" * 95, f"q={WORD}&tag=sea/boats")
    collection = collections.create(keeper, "C" * 95)
    collections.edit(keeper, collection.pk, version=1, name="C" * 95, note=f"# {WORD}\n\n*Read*", visibility="shared")
    collections.add(keeper, collection.pk, [each.pk for each in articles])
    collections.delete(keeper, collections.create(keeper, "D" * 95).pk)
    in_trash = rendered("Out of it.", title="W" * 200, publication="P" * 200)
    Article.objects.filter(pk=in_trash.pk).trash()
    seen = details.values(word)
    editing.edit(keeper, word.pk, {"title": "T" * 200, "tags": ["t" * 90], "language": "de"}, seen=seen)
    word.refresh_from_db()
    old, new = word.revision, Revision.objects.get(pk=word.revision.pk)
    new.pk, new.original, new.content_hash = None, b"v" * 300, "0" * 64
    new.save()
    Article.objects.filter(pk=word.pk).update(revision=new)
    DoublePair.objects.create(first=article, second=word, likeness=0.5)
    DoublePair.objects.create(first=arabic, second=long, likeness=0.4, state="different", decided_at=timezone.now())
    tokens.make(keeper, "T" * 95, ["read", "save"])
    index.refresh()
    run = ImportRun.objects.create(state="finished", total=2, done=2, created=1, failed=1, started_by=keeper)
    path = f"{'p' * 200}/a.md"
    ImportProblem.objects.create(run=run, path=path, line=3, severity="error", code="x", message=f"Left out: {WORD}")
    places = {
        "article": article.pk,
        "arabic": arabic.pk,
        "long": long.pk,
        "word": word.pk,
        "trashed": in_trash.pk,
        "old": old.pk,
        "new": new.pk,
        "annotation": made[0].uuid,
        "wordy": made[4].uuid,
        "lost": made[1].uuid,
        "lost_word": made[6].pk,
        "trashed_note": trashed_note.uuid,
        "run": run.pk,
        "broken_off": broken_off.pk,
        "done": done.pk,
        "collection": collection.pk,
        "running": ImportRun.objects.create(total=9, done=4, last_path=path).pk,
        "secret": get_query_string(keeper),
        "reset": f"{urlsafe_base64_encode(str(keeper.pk).encode())}/{default_token_generator.make_token(keeper)}",
    }
    return {name: address.format(**places) for name, address in PAGES.items()}
