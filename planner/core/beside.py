"""What is worked out in a thread of its own, beside what else is done."""

from __future__ import annotations

from _thread import start_new_thread
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import TypeVar

from planner.core.memory import give_back

Value = TypeVar("Value")

# Nobody waits longer for what was begun: a thread may have ended without a word.
_LONGEST_S = 30.0


def begun_beside(work: Callable[[], Value]) -> Callable[[], Value]:
    """Begin to work something out; return how to wait for it.

    Whoever waits works it out anew where the system has no thread to give, and where it went wrong:
    so what goes wrong is told there.
    """
    done = Event()
    found: list[Value] = []

    def begin() -> None:
        with suppress(Exception):
            found.append(work())
        give_back()
        done.set()

    # `Thread.start` waits for ever for a thread that the system has no memory for.
    try:
        start_new_thread(begin, ())
    except RuntimeError:
        done.set()

    def wait() -> Value:
        done.wait(_LONGEST_S)
        return found[0] if found else work()

    return wait
