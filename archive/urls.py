"""Every address of the archive."""

from django.contrib import admin
from django.urls import path

from archive.web.attachments import attachment
from archive.web.details import details
from archive.web.editing import move_to_trash, restore, tags
from archive.web.facets import facet
from archive.web.health import healthz, readyz
from archive.web.imports import import_run, imports, upload
from archive.web.library import library
from archive.web.originals import original
from archive.web.preferences import preferences
from archive.web.reading import reading
from archive.web.revisions import revisions
from archive.web.sign_in import sign_in, sign_in_by_link, sign_out
from archive.web.trash import trash

urlpatterns = [
    path("", library, name="library"),
    path("filters/<slug:name>/", facet, name="facet"),
    path("articles/<int:pk>/", reading, name="article"),
    # What belongs to an article has no slash at its end, so no title's slug can be taken for it.
    path("articles/<int:pk>/original", original, name="original"),
    path("articles/<int:pk>/original/<int:revision_pk>", original, name="original"),
    path("articles/<int:pk>/details", details, name="details"),
    path("articles/<int:pk>/revisions/<int:old_pk>..<int:new_pk>", revisions, name="revisions"),
    path("articles/<int:pk>/tags", tags, name="tags"),
    path("articles/<int:pk>/trash", move_to_trash, name="move-to-trash"),
    path("articles/<int:pk>/restore", restore, name="restore"),
    path("articles/<int:pk>/<str:slug>/", reading, name="reading"),
    path("attachments/<str:sha256>", attachment, name="attachment"),
    path("trash/", trash, name="trash"),
    path("imports/", imports, name="imports"),
    path("imports/upload", upload, name="upload"),
    path("imports/<int:pk>/", import_run, name="import-run"),
    path("preferences/", preferences, name="preferences"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/link/", sign_in_by_link, name="sign-in-by-link"),
    path("sign-out/", sign_out, name="sign-out"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
