"""What imports leave where their process died: runs that never end, temporary files and folders."""

from django.conf import settings

from archive.importing.locking import import_is_running
from archive.importing.models import ImportRun
from archive.importing.temporary import clear_leftovers


def settle_lost_runs() -> None:
    """If no import runs anywhere, mark the runs that did not end as interrupted, and remove what they left.

    A run that has just stopped waiting saves its own state again.
    """
    unfinished = ImportRun.objects.filter(state__in=[ImportRun.State.RUNNING, ImportRun.State.WAITING])
    if unfinished.exists() and not import_is_running():
        unfinished.update(state=ImportRun.State.INTERRUPTED)
        clear_leftovers(settings.DATA_DIR)
