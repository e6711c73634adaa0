"""What the size of DOL hangs on, and how many places are enough in how many futures."""

from __future__ import annotations

from _thread import start_new_thread
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event

from planner.core.memory import give_back
from planner.core.over_months import as_read
from planner.core.texts import Message, message, month_words
from planner.forecast.cohorts.dol_size import dol_sizing
from planner.forecast.cohorts.people_present import compute
from planner.forecast.cohorts.uncertainty import ENOUGH, dol_enough
from planner.input.case import Case
from planner.model.asked import Remembered
from planner.model.demand import is_computed

# Nobody waits longer for futures that were begun: a thread may have ended without a word.
_LONGEST_S = 30.0


def dol_size_notes(case: Case) -> Iterator[Message]:
    """Yield what is assumed of who comes into DOL and stays, what follows, and its band.

    Nothing where people do not follow from arrivals, or where nobody is in DOL in any future. One
    case after another is asked, most with the same people in them, and each has many futures.
    """
    yield from _REMEMBERED.of(case)


def sampled_beside(case: Case) -> Callable[[], None]:
    """Begin to work out what is said of a case, beside what else is done; return how to wait.

    The futures take as long as all that else follows from a solution, and hang on the case alone.
    What goes wrong with them is told by whoever asks for them, who works them out where the system
    has no thread to give.
    """
    done = Event()

    def sample() -> None:
        with suppress(Exception):
            _REMEMBERED.of(case)
        give_back()
        done.set()

    # `Thread.start` waits for ever for a thread that the system has no memory for.
    try:
        start_new_thread(sample, ())
    except RuntimeError:
        done.set()
    return lambda: _wait(done)


def _wait(done: Event) -> None:
    done.wait(_LONGEST_S)


def _notes(case: Case) -> tuple[Message, ...]:
    return tuple(_noted(case))


def _noted(case: Case) -> Iterator[Message]:
    if not is_computed(case):
        return
    computed = compute(case)
    enough = dol_enough(computed)
    if not enough[ENOUGH[-1]]:
        return
    sizing = dol_sizing(computed)
    yield message(
        "plan.dol_size",
        accepted=as_read(sizing.today.accepted),
        stay=round(sizing.today.stay, 1),
        people=round(sizing.today.people),
        peak=round(sizing.peak),
        month=month_words(sizing.peak_month),
    )
    yield message("plan.dol_enough", **{f"in_{part}": places for part, places in enough.items()})


_REMEMBERED = Remembered(_notes)
