"""Whoever asked a question: whether the answer is still wanted, and who is told how it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken, Progress


@dataclass
class TaskControl:
    """Stops an answer that nobody waits for, and tells how far it is.

    `tried` counts the times that was solved again for this answer.
    """

    cancel: CancelToken | None = None
    progress: Callable[[Progress], None] | None = None
    tried: int = 0
    _begun: float = field(default_factory=time.perf_counter)

    @property
    def cancelled(self) -> bool:
        """Whether the answer is not wanted any more."""
        return self.cancel is not None and self.cancel.cancelled

    def check(self) -> None:
        """Go on, or raise `CancelledError` where the answer is not wanted any more."""
        if self.cancelled:
            raise CancelledError

    def begin(self, step: str) -> None:
        """Check, and tell which step begins."""
        self.check()
        self.tell(Progress(step, None, None, 0.0))

    def begin_trial(self) -> None:
        """Check, and tell that it is solved once more."""
        self.tried += 1
        self.begin("trial")

    def tell(self, told: Progress) -> None:
        """Pass on how a solve goes, with the number of times solved and the seconds since."""
        if self.progress is not None:
            elapsed = time.perf_counter() - self._begun
            value = float(self.tried) if self.tried else None
            self.progress(replace(told, value=value, elapsed_s=elapsed))
