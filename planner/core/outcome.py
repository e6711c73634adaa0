"""How work ends and how far it is: endings, why it stopped, cancelling, progress."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import Enum


class Ending(Enum):
    """Did it work."""

    OPTIMAL = "optimal"
    BEST_FOUND = "best_found"
    NOTHING_FOUND = "nothing_found"
    INFEASIBLE = "infeasible"
    FAILED = "failed"


class Stop(Enum):
    """Why it stopped."""

    FINISHED = "finished"
    TIME_LIMIT = "time_limit"
    CANCELLED = "cancelled"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    SOLVER_ERROR = "solver_error"


class CancelToken:
    """Asks a running solve to stop; any thread may."""

    def __init__(self) -> None:
        """Start as not cancelled."""
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._event.is_set()


@dataclass(frozen=True)
class Progress:
    """How far it is: the step, the level at work, its value once settled, seconds so far."""

    step: str
    level: str | None
    value: float | None
    elapsed_s: float


@dataclass(frozen=True)
class CountedProgress(Progress):
    """Which part of the step is being done, counted from 1, and of how many."""

    number: int
    count: int
