"""Health checks for monitoring."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from archive.search import documents, notes


class NotReady(Exception):
    """Why a part is not ready yet."""


PLAIN = "text/plain; charset=utf-8"
logger = logging.getLogger(__name__)


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up."""
    return HttpResponse("ok", content_type=PLAIN)


@never_cache
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """The database and the index answer; otherwise 503, naming the one that does not."""
    for part, answers in (("database", _database_answers), ("index", _index_answers)):
        try:
            answers()
        except (DatabaseError, NotReady):
            logger.exception("The %s does not answer", part)
            return HttpResponse(f"the {part} does not answer", content_type=PLAIN, status=503)
    return HttpResponse("ok", content_type=PLAIN)


def _database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _index_answers() -> None:
    for store in (documents.store, notes.store):
        if store.snapshot().behind is None:
            raise NotReady(f"the index of {store.kind.name} is being made")
