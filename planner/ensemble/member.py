"""One member of an ensemble, in whatever process it is worked out.

The decisions are tried once in what was expected, and what came of it is handed to every process;
each member is begun from there, never from the member before it. So what a member comes to does not
hang on who did it, or on what was done before.
"""

from __future__ import annotations

import copyreg
import pickle
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken
from planner.ensemble.prepared import Kept
from planner.ensemble.trial import FutureResult, Trial
from planner.input.case import Case
from planner.margin.stress import People


def _read_only(held: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(held)


# A case holds views that nobody writes through; Python sends none of those to another process.
copyreg.pickle(MappingProxyType, lambda view: (_read_only, (dict(view),)))


@dataclass(frozen=True)
class Task:
    """What an ensemble tries: a case, what is decided, and a mark of both that tells it apart.

    `begun` is what a process came to in what was expected, for others to go on from; without it
    each works that out itself.
    """

    mark: str
    case: Case
    kept: Kept
    begun: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Member:
    """What a future came to; `fault` says in English why it came to nothing."""

    number: int
    levels: Mapping[str, float]
    measures: Mapping[str, float]
    fault: str = ""

    @property
    def failed(self) -> bool:
        """Whether nothing was found."""
        return bool(self.fault)


_trials: dict[str, Trial] = {}
# A worker of a cluster may have several threads; a trial is for one at a time.
_busy = threading.RLock()


def begin(task: Task, cancel: CancelToken | None = None) -> FutureResult:
    """Try the decisions in what was expected, unless that was done; return what they come to.

    From then on the members of the task that this process works out heed `cancel`.
    """
    with _busy:
        trial = _trial_of(task, cancel)
        trial.heed(cancel)
        return trial.expected


def _trial_of(task: Task, cancel: CancelToken | None = None) -> Trial:
    if task.mark not in _trials:
        _trials.clear()  # a process works for one ensemble at a time; each holds a whole model
        _trials[task.mark] = (
            pickle.loads(task.begun)  # noqa: S301 - made by `handed`, in a process of ours
            if task.begun
            else Trial(task.case, task.kept, cancel)
        )
    return _trials[task.mark]


def handed(task: Task) -> Task:
    """Return a task with what this process came to in what was expected, for other processes."""
    with _busy:
        trial = _trial_of(task)
        return replace(task, begun=pickle.dumps(trial, pickle.HIGHEST_PROTOCOL))


def member_of(task: Task, number: int, people: People) -> Member:
    """Return what a future comes to; one that has no proven placement has failed.

    `CancelledError` when cancelled midway: nothing is known of that future then.
    """
    with _busy:
        trial = _trial_of(task)
        try:
            found = trial.of(people)
        except CancelledError:
            raise
        except OpvangplanError as fault:
            return Member(number, {}, {}, str(fault) or type(fault).__name__)
    return Member(number, found.levels, found.measures)


_held: list[Task] = []


def hold(task: Task) -> None:
    """Keep in a process what its members are of, which then need not be sent with each.

    Ctrl-C in a terminal goes to every process; the one that handed the members out ends this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _held[:] = [task]


def of_held(number: int, people: People) -> Member:
    """Return what a future comes to for what the process holds."""
    return member_of(_held[0], number, people)
