"""Every address of the archive."""

from django.contrib import admin
from django.urls import path

from archive.accounts.admin import no_shortcut
from archive.api.articles import articles
from archive.web.account import (
    account,
    change_details,
    change_password,
    change_time_zone,
    end_session,
    make_link,
    make_token,
    revoke_token,
)
from archive.web.annotating import annotate, edit, reply
from archive.web.annotating import restore as restore_annotation
from archive.web.annotating import trash as trash_annotation
from archive.web.arrivals import arrivals
from archive.web.attachments import attachment
from archive.web.bulk_changes import bulk_change, change_articles, changes, continue_change, undo_change
from archive.web.change_notes import change_notes
from archive.web.citing import citation_file, cite
from archive.web.collecting import add_to_collection, collect
from archive.web.collection_export import export_collection
from archive.web.collection_feed import collection_feed
from archive.web.collections import (
    collection,
    collections,
    create_collection,
    delete_collection,
    edit_collection,
    move_in_collection,
    put_back_into_collection,
    remove_from_collection,
    renew_collection_feed,
    restore_collection,
)
from archive.web.colours import colours
from archive.web.completions import completions
from archive.web.details import details
from archive.web.doubles import decided_doubles, doubles, join_doubles, keep_apart, undo_double
from archive.web.edit_details import edit_details, undo_edit
from archive.web.editing import move_to_trash, restore, tags
from archive.web.exports import article_file, articles_file, export_articles
from archive.web.facets import facet, filters
from archive.web.feeds import feed, saved_feed
from archive.web.fetching import fetch_images
from archive.web.health import healthz, readyz
from archive.web.history import history
from archive.web.imports import import_run, imports, upload
from archive.web.labels import label, labels
from archive.web.library import library
from archive.web.lost import attach, keep, lost
from archive.web.marks import mark
from archive.web.notebook import notebook
from archive.web.notebook_export import export
from archive.web.opds import (
    opds,
    opds_articles,
    opds_book,
    opds_collection,
    opds_collections,
    opds_opensearch,
    opds_searches,
)
from archive.web.originals import original
from archive.web.permalinks import annotation
from archive.web.preferences import preferences
from archive.web.reading import reading
from archive.web.resizing import recolour, resize
from archive.web.revisions import revisions
from archive.web.saved_searches import delete_search, keep_search, news, rename_search, renew_feed, saved_searches
from archive.web.saving import save
from archive.web.search_tips import search_tips
from archive.web.sign_in import (
    forgotten_password,
    forgotten_password_sent,
    new_password,
    sign_in,
    sign_in_by_link,
    sign_out,
)
from archive.web.signing_in_again import session_state, sign_in_again
from archive.web.styleguide import styleguide
from archive.web.tag_completions import tag_completions
from archive.web.trash import trash
from archive.web.undoing import redo, undo
from archive.web.zotero import unapi

urlpatterns = [
    path("", library, name="library"),
    path("arrivals", arrivals, name="arrivals"),
    path("filters/", filters, name="filters"),
    path("filters/<slug:name>/", facet, name="facet"),
    path("search-tips/", search_tips, name="search-tips"),
    path("completions", completions, name="completions"),
    path("completions/tags", tag_completions, name="tag-completions"),
    path("searches/", saved_searches, name="saved-searches"),
    path("searches/keep", keep_search, name="keep-search"),
    path("searches/news", news, name="news"),
    path("searches/<int:pk>/rename", rename_search, name="rename-search"),
    path("searches/<int:pk>/renew-feed", renew_feed, name="renew-feed"),
    path("searches/<int:pk>/delete", delete_search, name="delete-search"),
    path("changes/", changes, name="changes"),
    path("changes/new", change_articles, name="change-articles"),
    path("changes/<int:pk>/", bulk_change, name="bulk-change"),
    path("changes/<int:pk>/continue", continue_change, name="continue-change"),
    path("changes/<int:pk>/undo", undo_change, name="undo-change"),
    path("export", export_articles, name="export-articles"),
    path("unapi", unapi, name="unapi"),
    path("opds/", opds, name="opds"),
    path("opds/articles", opds_articles, name="opds-articles"),
    path("opds/articles/<int:pk>.epub", opds_book, name="opds-book"),
    path("opds/collections", opds_collections, name="opds-collections"),
    path("opds/collections/<int:pk>", opds_collection, name="opds-collection"),
    path("opds/searches", opds_searches, name="opds-searches"),
    path("opds/search.xml", opds_opensearch, name="opds-opensearch"),
    path("export/articles.<str:format>", articles_file, name="articles-file"),
    path("tags/", labels, {"kind": "tags"}, name="all-tags"),
    path("tags/edit", label, {"kind": "tags"}, name="tags-edit"),
    path("authors/", labels, {"kind": "authors"}, name="all-authors"),
    path("authors/edit", label, {"kind": "authors"}, name="authors-edit"),
    path("publications/", labels, {"kind": "publications"}, name="all-publications"),
    path("publications/edit", label, {"kind": "publications"}, name="publications-edit"),
    path("doubles/", doubles, name="doubles"),
    path("doubles/decided", decided_doubles, name="decided-doubles"),
    path("doubles/<int:pk>/join", join_doubles, name="join-doubles"),
    path("doubles/<int:pk>/not-the-same", keep_apart, name="keep-apart"),
    path("doubles/<int:pk>/undo", undo_double, name="undo-double"),
    path("collections/", collections, name="collections"),
    path("collections/new", create_collection, name="create-collection"),
    path("collections/add", add_to_collection, name="add-to-collection"),
    path("collections/<int:pk>/", collection, name="collection"),
    path("collections/<int:pk>/edit", edit_collection, name="edit-collection"),
    path("collections/<int:pk>/move", move_in_collection, name="move-in-collection"),
    path("collections/<int:pk>/remove", remove_from_collection, name="remove-from-collection"),
    path("collections/<int:pk>/put-back", put_back_into_collection, name="put-back-into-collection"),
    path("collections/<int:pk>/delete", delete_collection, name="delete-collection"),
    path("collections/<int:pk>/restore", restore_collection, name="restore-collection"),
    path("collections/<int:pk>/renew-feed", renew_collection_feed, name="renew-collection-feed"),
    path("collections/<int:pk>/export.<str:format>", export_collection, name="export-collection"),
    path("feeds/collections/<slug:secret>", collection_feed, name="collection-feed"),
    path("feed", feed, name="feed"),
    path("feeds/<slug:secret>", saved_feed, name="saved-feed"),
    path("articles/<int:pk>/", reading, name="article"),
    # What belongs to an article has no slash at its end, so no title's slug can be taken for it.
    path("articles/<int:pk>/original", original, name="original"),
    path("articles/<int:pk>/original/<int:revision_pk>", original, name="original"),
    path("articles/<int:pk>/details", details, name="details"),
    path("articles/<int:pk>/collect", collect, name="collect"),
    path("articles/<int:pk>/edit", edit_details, name="edit-details"),
    path("articles/<int:pk>/edits/<int:edit_pk>/undo", undo_edit, name="undo-edit"),
    path("articles/<int:pk>/cite", cite, name="cite"),
    path("articles/<int:pk>/cite.<str:format>", citation_file, name="citation-file"),
    path("articles/<int:pk>/book.epub", article_file, {"format": "epub"}, name="article-book"),
    path("articles/<int:pk>/article.zip", article_file, {"format": "zip"}, name="article-zip"),
    path("articles/<int:pk>/revisions/<int:old_pk>..<int:new_pk>", revisions, name="revisions"),
    path("articles/<int:pk>/tags", tags, name="tags"),
    path("articles/<int:pk>/trash", move_to_trash, name="move-to-trash"),
    path("articles/<int:pk>/restore", restore, name="restore"),
    path("articles/<int:pk>/annotate", annotate, name="annotate"),
    path("articles/<int:pk>/mark", mark, name="mark"),
    path("articles/<int:pk>/<str:slug>/", reading, name="reading"),
    path("annotations/undo", undo, name="undo-annotation"),
    path("annotations/redo", redo, name="redo-annotation"),
    path("annotations/<uuid:uuid>/", annotation, name="annotation"),
    path("annotations/<uuid:uuid>/history", history, name="annotation-history"),
    path("annotations/<uuid:uuid>/edit", edit, name="edit-annotation"),
    path("annotations/<uuid:uuid>/resize", resize, name="resize-annotation"),
    path("annotations/<uuid:uuid>/colour", recolour, name="recolour-annotation"),
    path("annotations/<uuid:uuid>/reply", reply, name="reply-to-annotation"),
    path("annotations/<uuid:uuid>/trash", trash_annotation, name="trash-annotation"),
    path("annotations/<uuid:uuid>/restore", restore_annotation, name="restore-annotation"),
    path("annotations/<uuid:uuid>/attach", attach, name="attach-annotation"),
    path("annotations/<uuid:uuid>/keep", keep, name="keep-annotation"),
    path("notebook/", notebook, name="notebook"),
    path("notebook/lost/", lost, name="lost-passages"),
    path("notebook/change", change_notes, name="change-annotations"),
    path("notebook/export.<str:format>", export, name="export-notebook"),
    path("notebook/colours", colours, name="colours"),
    path("attachments/<str:sha256>", attachment, name="attachment"),
    path("trash/", trash, name="trash"),
    path("imports/", imports, name="imports"),
    path("imports/upload", upload, name="upload"),
    path("imports/images", fetch_images, name="fetch-images"),
    path("imports/<int:pk>/", import_run, name="import-run"),
    path("save", save, name="save"),
    path("preferences/", preferences, name="preferences"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/again", sign_in_again, name="sign-in-again"),
    path("sign-in/state", session_state, name="session-state"),
    path("sign-in/link/", sign_in_by_link, name="sign-in-by-link"),
    path("sign-in/forgotten/", forgotten_password, name="forgotten-password"),
    path("sign-in/forgotten/sent/", forgotten_password_sent, name="forgotten-password-sent"),
    path("sign-in/new-password/<uidb64>/<token>/", new_password, name="new-password"),
    path("account/", account, name="account"),
    path("account/details", change_details, name="change-details"),
    path("account/password", change_password, name="change-password"),
    path("account/time-zone", change_time_zone, name="change-time-zone"),
    path("account/sessions/<uuid:uuid>/end", end_session, name="end-session"),
    path("account/link", make_link, name="make-link"),
    path("account/tokens/make", make_token, name="make-token"),
    path("account/tokens/<uuid:uuid>/revoke", revoke_token, name="revoke-token"),
    path("sign-out/", sign_out, name="sign-out"),
    path("styleguide/", styleguide, name="styleguide"),
    path("api/articles", articles, name="api-articles"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/r/<path:shortcut>", no_shortcut),
    path("admin/", admin.site.urls),
]
