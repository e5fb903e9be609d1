"""Imports: uploading files, the running import, and the results of earlier ones."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from archive.accounts.permissions import staff_required
from archive.importing.leftovers import settle_lost_runs
from archive.importing.models import ImportRun
from archive.importing.uploads import import_uploads
from archive.web.doubles import waiting_of_run
from archive.web.import_problems import alike, of_kind, unread
from archive.web.parameters import number
from archive.web.people import reader
from archive.web.saving import bookmarklet

MOST_BYTES = 512 * 1024 * 1024  # of one upload
RUNS_SHOWN = 50


@never_cache
@require_safe
@staff_required
def imports(request: HttpRequest) -> HttpResponse:
    """The upload form for staff, and the import history, newest first."""
    settle_lost_runs()
    return _page(request)


@never_cache
@require_safe
@staff_required
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """A run, with the problems of each file and what was done about them.

    While it runs, htmx polls for the part that changes.
    """
    settle_lost_runs()
    run = get_object_or_404(ImportRun.objects.select_related("started_by"), pk=pk)
    if (first := number(request.GET.get("alike"))) is not None:
        problems, more_after = of_kind(run, first, number(request.GET.get("after")))
        context = {"section": "imports", "run": run, "problems": problems, "more_after": more_after, "first": first}
        return render(request, "import_problems.html", context)
    context = {"section": "imports", "run": run, "kinds": alike(run), "unread": list(unread(run))}
    context["doubles"] = 0 if run.is_running or run.is_waiting else waiting_of_run(run.pk).count()
    is_poll = bool(request.htmx)  # type: ignore[attr-defined]
    return render(request, "partials/import_run.html" if is_poll else "import_run.html", context)


def size_limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuse a request that is too large before reading its body. This must run before the CSRF check, which reads
    it."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return _too_much(request, f"An upload can have at most {MOST_BYTES // 1024**2} MB.")
        try:
            return view(request, *args, **kwargs)
        except TooManyFilesSent:
            most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
            return _too_much(request, f"An upload can have at most {most} files; a zip can hold any number.")

    return limited


@csrf_exempt  # the inner view is protected; the body must not be read before its size is known
@require_POST
@staff_required
@size_limited
@csrf_protect
def upload(request: HttpRequest) -> HttpResponse:
    """Import the uploaded files with the same code as the command."""
    files = [file for file in request.FILES.getlist("files") if file is not None]
    if not files:
        return _page(request, "Choose at least one file.")
    try:
        run = import_uploads(files, reader(request))
    except OSError as error:
        return _page(request, f"The upload could not be stored: {error.strerror}. Nothing was imported.")
    return redirect("import-run", run.pk)


def _page(request: HttpRequest, reason: str = "") -> HttpResponse:
    runs = ImportRun.objects.select_related("started_by")[:RUNS_SHOWN]
    context = {"section": "imports", "reason": reason, "runs": runs, "bookmarklet": bookmarklet(request)}
    return render(request, "imports.html", context, status=400 if reason else 200)


def _too_much(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "413.html", {"reason": reason}, status=413)
