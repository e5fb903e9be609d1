"""The worker pool: order, and what happens to files that stop it."""

import os
import signal
import time
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path

import pytest

from archive import processes
from archive.importing import workers
from archive.importing.preparing import Job, Prepared, Refused
from archive.importing.workers import Workers


def jobs(folder: Path, *contents: str) -> list[tuple[Job, int]]:
    made = []
    for number, content in enumerate(contents):
        path = folder / f"{number:03}.md"
        path.write_text(content)
        made.append((Job(path.name, full_path=str(path)), len(content)))
    return made


def misbehaving_chunk(chunk: list[Job], plainly: bool) -> list[object]:
    """Simulates a renderer that dies or hangs in C, where no alarm is delivered."""
    for job in chunk:
        content = Path(job.full_path or "").read_text()
        if content.startswith("die") and not (plainly and "plain" in content):
            time.sleep(0.2)  # until the pool knows its task
            os.kill(os.getpid(), signal.SIGKILL)
        if content.startswith("hang") and not plainly:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
            time.sleep(60)
    return workers.prepare_chunk(chunk, plainly)


def test_outcomes_come_in_the_order_of_the_files(tmp_path):
    files = jobs(tmp_path, *(f"# Title {number}\n\n" + "words " * (number % 7 * 200) for number in range(150)))
    with Workers(2) as pool:
        outcomes = list(pool.prepare(files))
    assert [outcome.title for outcome in outcomes if isinstance(outcome, Prepared)] == [
        f"Title {n}" for n in range(150)
    ]


def test_no_more_is_read_ahead_than_the_workers_need(tmp_path):
    taken = 0

    def counted():
        nonlocal taken
        for job in jobs(tmp_path, *["words"] * 1000):
            taken += 1
            yield job

    with Workers(1) as pool:
        outcomes = pool.prepare(counted())
        next(outcomes)
        assert taken <= workers.CHUNK_FILES * (workers.CHUNKS_AHEAD + 2)
        outcomes.close()


def test_a_file_that_stops_its_worker_is_tried_alone_then_plainly_then_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "KILL_AFTER", 1.0)
    files = jobs(tmp_path, "good one", "die", "die but plain is fine", "hang", "good two")
    with Workers(2, misbehaving_chunk) as pool:
        outcomes = list(pool.prepare(files))
    assert [type(outcome) for outcome in outcomes] == [Prepared, Refused, Prepared, Prepared, Prepared]
    assert [it.problem.code for it in outcomes if isinstance(it, Refused)] == ["stops-worker"]
    assert [bool(it.problems) for it in outcomes if isinstance(it, Prepared)] == [False, True, True, False]


def test_a_pool_that_broke_is_replaced(tmp_path, monkeypatch):
    with Workers(2) as pool:
        lost = pool._pool
        real, futures = lost.schedule, []

        def breaking(*args, **kwargs):
            futures.append(real(*args, **kwargs))
            futures[-1].set_exception(BrokenProcessPool("All workers expired"))
            lost.stop()
            return futures[-1]

        monkeypatch.setattr(lost, "schedule", breaking)
        outcomes = list(pool.prepare(jobs(tmp_path, "one", "two")))
        lost.join()
    assert [type(outcome) for outcome in outcomes] == [Prepared, Prepared]


def test_a_slow_chunk_is_handed_in_early(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "CHUNK_SECONDS", 0.0)
    chunk = [job for job, _ in jobs(tmp_path, "one", "two", "three")]
    assert len(workers.prepare_chunk(chunk, False)) == 1


@pytest.mark.parametrize("broken", [ValueError("x"), RecursionError()])
def test_an_error_of_our_own_is_that_files_alone(tmp_path, monkeypatch, broken):
    def failing(job: Job, *, plainly: bool = False) -> Refused:
        raise broken

    monkeypatch.setattr(workers, "prepare", failing)
    (outcome,) = workers.prepare_chunk([Job("a.md", original=b"words")], False)
    assert isinstance(outcome, Refused)
    assert outcome.is_failure


def test_what_the_fork_server_loads_is_there():
    """It passes over a module that cannot be imported, and every worker would load the renderer for itself."""
    assert all(find_spec(name) for name in processes._LOADED)
