"""Prepares files on all cores, in order, in processes that can be killed."""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeAlias

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from archive.importing.preparing import SECONDS_PER_FILE, Job, OfProgram, Prepared, Refused, prepare
from archive.importing.problems import ERROR, Problem
from archive.processes import fork_server

Outcome: TypeAlias = "Prepared | Refused | OfProgram"
PrepareChunk: TypeAlias = "Callable[[list[Job], bool], list[Outcome]]"
Sized: TypeAlias = "tuple[Job, int]"  # a job and its file's size in bytes

CHUNK_FILES = 32
CHUNK_BYTES = 256 * 1024
CHUNK_SECONDS = SECONDS_PER_FILE  # after which a worker returns what it has
# Time limit before a worker is killed: its own limits, and as much again for waiting, or for being stuck where no alarm
# rings. In wall-clock seconds.
KILL_AFTER = 4 * SECONDS_PER_FILE
CHUNKS_AHEAD = 3  # per worker: enough to keep it busy, few enough to limit memory
# If a worker dies before the pool knows its task, pebble gives up the whole pool.
STOPPED = (TookTooLong, ProcessExpired, BrokenProcessPool)


def default_jobs() -> int:
    """The default number of workers: one for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """A pool of processes that prepare files. Use it as a context manager."""

    def __init__(self, count: int, function: PrepareChunk | None = None) -> None:
        self._context = fork_server()
        self._count = count
        self._function = function or prepare_chunk
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        # Libraries' messages about single files would disturb the progress bar; what matters is reported as a problem.
        return ProcessPool(max_workers=self._count, initializer=logging.disable, context=self._context)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def prepare(self, files: Iterable[Sized]) -> Iterator[Outcome]:
        """Yield the outcome of each file, in the given order, while the next ones are being prepared.

        A file that stops its worker is tried again alone, then without the renderer, and then refused.
        """
        ahead: deque[tuple[list[Job], ProcessFuture[list[Outcome]]]] = deque()
        chunks = _chunks(files)
        for chunk in islice(chunks, self._count * CHUNKS_AHEAD):
            ahead.append((chunk, self._schedule(chunk)))
        while ahead:
            chunk, future = ahead.popleft()
            yield from self._outcomes(chunk, future)
            for following in islice(chunks, 1):
                ahead.append((following, self._schedule(following)))

    def _schedule(self, chunk: list[Job], *, plainly: bool = False) -> ProcessFuture[list[Outcome]]:
        if not self._pool.active:
            self._pool = self._new_pool()
        return self._pool.schedule(self._function, args=(chunk, plainly), timeout=KILL_AFTER)

    def _outcomes(self, chunk: list[Job], future: ProcessFuture[list[Outcome]]) -> Iterator[Outcome]:
        while chunk:
            try:
                outcomes = future.result()
            except STOPPED:
                for job in chunk:
                    yield self._alone(job)
                return
            yield from outcomes
            chunk = chunk[len(outcomes) :]
            if chunk:
                future = self._schedule(chunk)

    def _alone(self, job: Job) -> Outcome:
        for plainly in (False, True):
            try:
                return self._schedule([job], plainly=plainly).result()[0]
            except STOPPED:
                continue
        message = "It crashed the renderer. It was skipped."
        return Refused(Problem(job.path, None, ERROR, "stops-worker", message))


def prepare_chunk(chunk: list[Job], plainly: bool) -> list[Outcome]:
    """Prepare files in a worker; if the chunk takes long, return the first ones early."""
    outcomes: list[Outcome] = []
    started = time.monotonic()
    for job in chunk:
        outcomes.append(_prepare_somehow(job, plainly))
        if time.monotonic() - started > CHUNK_SECONDS:
            break
    return outcomes


def _prepare_somehow(job: Job, plainly: bool) -> Outcome:
    try:
        return prepare(job, plainly=plainly)
    except Exception as error:
        if not plainly:
            return _prepare_somehow(job, plainly=True)
        return Refused(Problem(job.path, None, ERROR, "unreadable", f"It cannot be read: {error!r}"))


def _chunks(files: Iterable[Sized]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    size = 0
    for job, bytes_ in files:
        if chunk and (len(chunk) >= CHUNK_FILES or size + bytes_ > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(job)
        size += bytes_
    if chunk:
        yield chunk
