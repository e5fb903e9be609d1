"""Cleans up after imports whose process died: unfinished runs, temporary files and folders."""

from django.conf import settings

from archive.importing.locking import import_is_running
from archive.importing.models import ImportRun
from archive.importing.remote_pictures import is_fetching
from archive.importing.temporary import clear_leftovers


def settle_lost_runs() -> None:
    """If no import is running anywhere, mark unfinished runs as interrupted and remove what they left.

    A run that has just stopped waiting saves its own state again.
    """
    unfinished = ImportRun.objects.filter(state__in=[ImportRun.State.RUNNING, ImportRun.State.WAITING])
    imports = unfinished.filter(kind=ImportRun.Kind.FILES)
    if imports.exists() and not import_is_running():
        imports.update(state=ImportRun.State.INTERRUPTED)
        clear_leftovers(settings.DATA_DIR)
    fetching = unfinished.filter(kind=ImportRun.Kind.PICTURES)
    if fetching.exists() and not is_fetching():
        fetching.update(state=ImportRun.State.INTERRUPTED)
