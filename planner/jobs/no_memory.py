"""An engine that has no memory left ends where its task cannot say so, and its program tells it.

A thread that has no memory to begin with is waited for for ever by who starts it, and one that ends
so hears no more; what the engine is asked by others it would still answer.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_UNSAID = "without exception set"
STATUS = errno.ENOMEM  # with which an engine ends that has no memory left


@contextmanager
def ends_without_memory() -> Iterator[None]:
    """Have this process end with `STATUS` where memory runs out in no task, in any thread."""
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_thread
    try:
        yield
    except MemoryError:
        os._exit(STATUS)
    except SystemError as fault:
        # What Python says of a failure that it had no memory to make an exception of.
        if _UNSAID in str(fault):
            os._exit(STATUS)
        raise


def _unraisable(fault: sys.UnraisableHookArgs) -> None:
    _end_if_out_of(fault.exc_type)
    sys.__unraisablehook__(fault)


def _in_thread(fault: threading.ExceptHookArgs) -> None:
    _end_if_out_of(fault.exc_type)
    threading.__excepthook__(fault)


def _end_if_out_of(kind: type[BaseException] | None) -> None:
    if kind is not None and issubclass(kind, MemoryError):
        os._exit(STATUS)
