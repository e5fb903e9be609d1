"""Processes that share the work of one."""

import multiprocessing
from multiprocessing.context import ForkServerContext

# Strings, as this is below both. The server is one for the whole process, and loads what is named when it starts.
_LOADED = ["archive.importing.workers", "archive.curating.doubles.sketch"]


def fork_server() -> ForkServerContext:
    """The context of worker processes: forked from a server that has loaded what they need, they start quickly, and are
    free of this process's database connections, locks and threads, which a plain fork would copy.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context
