"""Do half of a long piece of work in a second process, where the system has one to spare."""

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

Result = TypeVar("Result")


@contextmanager
def working_aside(work: Callable[[], Result], *, worth_it: bool) -> Iterator[Callable[[], Result]]:
    """Begin work in a copy of this process, and yield what waits for its result.

    The work must open whatever it reads itself, and its result must be plain data. Where no second process can be
    had, or the one there was has failed, the work is done here when its result is asked for.
    """
    if not (worth_it and _can_fork()):
        yield work
        return
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work_and_vanish(work, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as answer:
            yield lambda: _result(answer.read(), work)
    finally:
        # Where this process was stopped meanwhile, nobody waits for the other any more.
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _can_fork() -> bool:
    """Whether a copy of this process can work on, and has a processor of its own."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) > 1


def _work_and_vanish(work: Callable[[], object], writing: int) -> None:
    """Work, hand over what came of it, and end without touching anything that the first process has open."""
    try:
        with os.fdopen(writing, "wb") as answer:
            pickle.dump(work(), answer)
    finally:
        os._exit(0)


def _result(answer: bytes, work: Callable[[], Result]) -> Result:
    """What the other process has found out; a process that failed has handed over nothing, or half of it."""
    try:
        found: Result = pickle.loads(answer)
    except (EOFError, pickle.UnpicklingError):
        return work()
    return found
